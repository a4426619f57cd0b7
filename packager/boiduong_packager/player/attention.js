/** Wires the clock to a page: what the learner does, what plays, whether the page is seen. */

// "wheel": in a frame as high as its page, as a unit of Open edX stands in, it is the page around that scrolls
const INPUT = ["scroll", "wheel", "focusin", "selectionchange", "keydown", "pointerdown", "touchstart"];
const SECOND = 1000;

/** Milliseconds that never run backwards, whatever is done to the computer's date. */
export const now = () => Math.round(performance.now());

/**
 * @param {ReturnType<import("./clock.js").createClock>} clock
 * @param {() => void} changed called after every sign and every second
 * @returns {{plays: (medium: object) => void, rests: (medium: object) => void, stop: () => void}} what plays where no
 *     event of the document tells of it; `stop` hides the clock, for good
 */
export function attend(clock, changed) {
  const turns = takeTurns(() => {
    clock.hide(now());
    changed();
  });
  const ear = createEar(clock, { changed, turn: turns.take });
  ear.hear(document);
  const timer = setInterval(() => {
    clock.tick(now());
    changed();
  }, SECOND);
  return {
    plays: ear.plays,
    rests: ear.rests,
    stop() {
      clearInterval(timer);
      turns.stop();
      ear.forget(document);
    },
  };
}

/**
 * Hears the learner in one document or in several: input, and media, which do not bubble but are captured.
 *
 * @param {ReturnType<import("./clock.js").createClock>} clock
 * @param {{changed: () => void, turn: () => void}} host `turn` is called before the clock begins to run
 */
export function createEar(clock, host) {
  /** @type {Map<Document, (() => void)[]>} what undoes the listening */
  const heard = new Map();
  const playing = new Set();
  const seen = () => [...heard.keys()].some((each) => !each.hidden);
  const show = (time) => {
    host.turn();
    clock.show(time);
  };
  const look = (time) => (seen() ? show(time) : clock.hide(time));
  const fall = (gone) => {
    gone.forEach((medium) => playing.delete(medium));
    if (gone.length && !playing.size) clock.pause(now());
  };

  return {
    /** Listen in this document too, once. */
    hear(document) {
      if (heard.has(document)) return;
      const undo = [];
      heard.set(document, undo);
      const on = (name, act) => {
        const heed = (event) => {
          act(now(), event);
          host.changed();
        };
        document.addEventListener(name, heed, { capture: true, passive: true });
        undo.push(() => document.removeEventListener(name, heed, { capture: true }));
      };
      INPUT.forEach((name) =>
        on(name, (time, event) => {
          if (event.repeat || document.hidden) return; // something heavy lying on a key is nobody
          show(time);
          clock.input(time);
        }),
      );
      on("play", (time, event) => {
        playing.add(event.target);
        clock.play(time);
      });
      on("pause", (time, event) => fall([event.target]));
      on("visibilitychange", look);
      if (!document.hidden) show(now());
    },
    /** Something plays that no event tells of, as in a frame of another host. Once it does, saying it again is no sign
     * of the learner. */
    plays(medium) {
      if (playing.has(medium)) return;
      playing.add(medium);
      clock.play(now());
      host.changed();
    },
    rests(medium) {
      if (!playing.has(medium)) return;
      fall([medium]);
      host.changed();
    },
    /** The document is gone, or no longer ours: nothing plays there, nobody sees it. */
    forget(document) {
      if (!heard.has(document)) return;
      heard.get(document).forEach((undo) => undo());
      heard.delete(document);
      fall([...playing].filter((medium) => medium.ownerDocument === document));
      if (!seen()) clock.hide(now());
    },
    /** @returns {Document[]} */
    heard: () => [...heard.keys()],
  };
}

/**
 * One learner reads in one place: of windows side by side only the one touched last counts.
 * @param {() => void} yielded called when another window is touched
 * @returns {{take: () => void, stop: () => void}} `take` the turn for this window
 */
function takeTurns(yielded) {
  let mine = false;
  const others = openChannel();
  if (!others) return { take() {}, stop() {} };
  others.onmessage = () => {
    mine = false;
    yielded();
  };
  return {
    take() {
      if (!mine) others.postMessage("");
      mine = true;
    },
    stop: () => others.close(),
  };
}

function openChannel() {
  try {
    return new BroadcastChannel("boiduong-dong-ho");
  } catch (error) {
    return null; // an old browser, or a frame that is denied it
  }
}
