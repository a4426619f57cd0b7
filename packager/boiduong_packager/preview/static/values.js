/** What an LMS would hold, read out of the runtime's data model; and how people say it. */

/**
 * @typedef {object} Held everything as the package wrote it, "" where it wrote nothing
 * @property {string[]} statuses @property {string} score @property {string} of @property {string} session
 * @property {string} total @property {string} place @property {string} progress @property {string} data
 * @property {{id: string, answer: string, result: string}[]} answers
 */

/** @returns {Held} */
export function read(standard, runtime) {
  const { cmi } = runtime.renderCMIToJSONObject();
  return standard === "scorm12" ? read12(cmi, runtime) : read2004(cmi, runtime);
}

function read12(cmi, runtime) {
  const core = cmi.core;
  return {
    statuses: [core.lesson_status],
    ...score(core.score),
    session: core.session_time,
    total: runtime.cmi.getCurrentTotalTime(),
    place: core.lesson_location,
    progress: "",
    data: cmi.suspend_data,
    answers: list(cmi.interactions).map(({ id, student_response, result }) => ({ id, answer: student_response, result })),
  };
}

function read2004(cmi, runtime) {
  return {
    statuses: [cmi.completion_status, cmi.success_status],
    ...score(cmi.score),
    session: cmi.session_time,
    total: runtime.cmi.getCurrentTotalTime(),
    place: cmi.location,
    progress: cmi.progress_measure,
    data: cmi.suspend_data,
    answers: list(cmi.interactions).map(({ id, learner_response, result }) => ({ id, answer: learner_response, result })),
  };
}

const score = ({ raw, max }) => ({ score: String(raw), of: String(max) });

/** scorm-again writes arrays as {"0": …}. */
const list = (things) => Object.keys(things).filter((key) => /^\d+$/.test(key)).map((key) => things[key]);

/** Seconds of `00:03:12.00` or `PT3M12S`. */
export function seconds(text) {
  const clock = /^(\d+):(\d+):(\d+)/.exec(text || "");
  const duration = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)[\d.]*S)?$/.exec(text || "");
  const [days, hours, minutes, rest] = clock ? [0, ...clock.slice(1)] : duration ? duration.slice(1) : [0, 0, 0, 0];
  return ((Number(days || 0) * 24 + Number(hours || 0)) * 60 + Number(minutes || 0)) * 60 + Number(rest || 0);
}

export function spoken(length) {
  const parts = [[Math.floor(length / 3600), "giờ"], [Math.floor(length / 60) % 60, "phút"], [length % 60, "giây"]];
  return parts.filter(([number]) => number).map((part) => part.join(" ")).join(" ") || "0 giây";
}

export const number = (value) => Number(value).toLocaleString("vi-VN");
