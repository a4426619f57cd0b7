/** How far a learner is and what completion still wants. Pure: configuration and state in, a plain value out. */

import { short } from "./state.js";

/**
 * @param {object} config as page/page.py wrote it
 * @param {import("./state.js").State} state
 * @param {number} seconds studied in all
 */
export function progress(config, state, seconds) {
  const unseen = config.sections.filter((section) => !state.seen.has(short(section.id)));
  const scored = config.questions.filter((question) => question.points > 0);
  const result = (question) => state.results.get(short(question.id)) || { right: false, used: 0 };
  const total = sum(scored);
  const earned = sum(scored.filter((question) => result(question).right));
  const passed = earned * 100 >= config.passMark * total;
  const enough = seconds >= config.minimumSeconds;
  const done = state.done || (!unseen.length && passed && enough);
  const answered = scored.some((question) => result(question).used > 0);
  const percent = total ? Math.floor((earned * 10000) / total) / 100 : 0;
  return {
    unseen,
    open: scored.filter((question) => !result(question).right && result(question).used < question.attempts),
    failed: scored.filter((question) => !result(question).right && result(question).used >= question.attempts),
    sections: config.sections.length,
    total,
    earned,
    percent,
    /** What an LMS is told: null before the first answer, and never less than what made the topic complete. */
    score: answered || state.best ? Math.max(percent, state.done ? state.best : 0) : null,
    passed,
    seconds,
    enough,
    done,
    measure: measure(done, [
      share(config.sections.length - unseen.length, config.sections.length),
      passed ? 1 : share(earned * 100, config.passMark * total),
      share(seconds, config.minimumSeconds),
    ]),
  };
}

const sum = (questions) => questions.reduce((points, question) => points + question.points, 0);

const share = (part, whole) => (whole ? Math.min(1, part / whole) : 1);

/** 0 to 1 in hundredths; 1 is for completion alone, because some LMSs complete by it. */
function measure(done, shares) {
  if (done) return 1;
  const mean = shares.reduce((left, right) => left + right, 0) / shares.length;
  return Math.min(99, Math.floor(mean * 100)) / 100;
}
