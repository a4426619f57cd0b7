/** One sitting with a topic: the state, the clock, and when both are told to whoever keeps them. */

import { now } from "./attention.js";
import { createClock } from "./clock.js";
import { createCopy } from "./copy.js";
import { progress } from "./progress.js";
import { decode, encode, short } from "./state.js";

/**
 * @param {object} config as page/page.py wrote it
 * @param {import("./scorm.js").Keeper} keeper
 * @param {{place: () => string, notice: (name: string) => void}} page
 */
export function createSession(config, keeper, page) {
  const copy = createCopy(config.topic, keeper.learner);
  const clock = createClock();
  const state = decode(copy.newer(keeper.data));
  const before = state.seconds;
  const known = new Set([...config.sections, ...config.questions].map((item) => short(item.id)));
  let told = 0; // seconds of this sitting at the last save: time alone is worth another
  let changed = false;
  let failing = false;
  let left = false;

  // What was complete stays so: for an LMS that lost the state, and for one that lost the status
  // (openedx-scorm-xblock gives back neither status nor score).
  if (keeper.final) {
    state.done = true;
    state.best = Math.max(state.best, keeper.score);
  }
  if (!state.done) keeper.begin();

  const studied = () => Math.floor(clock.total() / 1000);
  const standing = () => progress(config, state, before + studied());

  function report() {
    const study = standing();
    state.seconds = study.seconds;
    state.done = study.done;
    state.best = Math.max(state.best, study.score || 0);
    state.saves += 1;
    return { ...study, data: encode(state, keeper.limit, known), place: page.place(), seconds: studied() };
  }

  function save() {
    const words = report();
    told = words.seconds;
    changed = false;
    if (keeper.save(words)) {
      if (failing) page.notice("saved");
      failing = false;
      copy.drop();
    } else if (keeper.kind !== "none") {
      failing = true;
      page.notice(copy.keep(words.data) ? "copied" : "unsaved");
    }
  }

  return {
    state,
    clock,
    standing,
    save,
    /** Save if there is anything new: every 30 s. */
    beat: () => !left && (changed || failing || told !== studied()) && save(),
    /** The last word. An LMS says yes to it even when nothing arrives, so what failed before, or cannot arrive, is copied. */
    leave() {
      left = true;
      clock.hide(now());
      const words = report();
      if (failing || navigator.onLine === false) copy.keep(words.data);
      keeper.close(words);
    },
    /** @returns {boolean} whether that is news */
    sawSection(id) {
      const name = short(id);
      const news = known.has(name) && !state.seen.has(name);
      if (news) state.seen.add(name);
      changed = changed || news;
      return news;
    },
    /** There is something new to save at the next beat. */
    touch() {
      changed = true;
    },
    /** "Đã đọc": at most the section's reading time, once, however often the page is opened. */
    readSection(section) {
      const name = short(section.id);
      const had = state.claimed.get(name) || 0;
      const got = clock.read(now(), Math.max(0, section.seconds - had) * 1000);
      if (got) state.claimed.set(name, had + Math.ceil(got / 1000));
    },
  };
}
