/**
 * What SCORM 1.2 and SCORM 2004 call the same things. Pure: values in, pairs [element, text] out. What our choices rest
 * on was measured in Moodle 4.5, openedx-scorm-xblock 19 and scorm-again 3.4.
 */

/**
 * @typedef {object} Report what an LMS is told of the study so far
 * @property {string} data the state (state.js)
 * @property {string} place id of the section on show
 * @property {number} seconds studied in this session; the LMS adds up
 * @property {number | null} score in percent; null before the first answer: a placeholder of 0 would be recorded
 * @property {boolean} passed @property {boolean} done @property {number} measure 0 to 1, 1 only when done
 *
 * @typedef {object} Interaction @property {string} id @property {string} kind @property {boolean} right
 * @property {number} points @property {import("./grading.js").Answer} answer @property {Date} at
 */

const LONGEST_12 = 255;
const LONGEST_2004 = 1000;

export const SCORM12 = {
  api: "API",
  call: { open: "LMSInitialize", close: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit" },
  /** Some players cut suspend_data at 4,096 characters. */
  limit: 4096,
  data: "cmi.suspend_data",
  place: "cmi.core.lesson_location",
  learner: "cmi.core.student_id",
  status: "cmi.core.lesson_status",
  score: "cmi.core.score.raw",
  /** Moodle turns "not attempted" into "completed" at Finish, so incomplete is written first of all. */
  begin: [["cmi.core.lesson_status", "incomplete"], ["cmi.core.exit", "suspend"]],
  isFinal: (status) => status === "passed" || status === "completed",
  report(study) {
    const pairs = [["cmi.core.session_time", clockTime(study.seconds)], ["cmi.core.exit", "suspend"]];
    if (study.score !== null) {
      pairs.push(["cmi.core.score.min", "0"], ["cmi.core.score.max", "100"]);
      pairs.push(["cmi.core.score.raw", String(study.score)]);
    }
    if (study.done) pairs.push(["cmi.core.lesson_status", study.score === null ? "completed" : "passed"]);
    return pairs;
  },
  interaction(given) {
    return [
      ["id", ascii(given.id)],
      ["time", timeOfDay(given.at)],
      ["type", TYPES[given.kind]],
      ["weighting", String(given.points)],
      ["student_response", responses12(given.kind, given.answer).slice(0, LONGEST_12)],
      ["result", given.right ? "correct" : "wrong"],
    ];
  },
};

export const SCORM2004 = {
  api: "API_1484_11",
  call: { open: "Initialize", close: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit" },
  /** The standard grants 64,000; but a Terminate by beacon carries at most 64 KiB in all, journal and marks included. */
  limit: 16000,
  data: "cmi.suspend_data",
  place: "cmi.location",
  learner: "cmi.learner_id",
  status: "cmi.completion_status",
  score: "cmi.score.raw",
  begin: [["cmi.completion_status", "incomplete"], ["cmi.exit", "suspend"]],
  isFinal: (status) => status === "completed",
  report(study) {
    const pairs = [["cmi.session_time", duration(study.seconds)], ["cmi.exit", "suspend"]];
    if (study.score !== null) {
      pairs.push(["cmi.score.min", "0"], ["cmi.score.max", "100"], ["cmi.score.raw", String(study.score)]);
      pairs.push(["cmi.score.scaled", String(Math.floor(study.score * 100) / 10000)]);
    }
    pairs.push(["cmi.progress_measure", String(study.measure)]);
    if (study.passed && study.score !== null) pairs.push(["cmi.success_status", "passed"]);
    if (study.done) pairs.push(["cmi.completion_status", "completed"]);
    return pairs;
  },
  interaction(given) {
    return [
      ["id", ascii(given.id)],
      ["type", TYPES[given.kind]],
      ["timestamp", timestamp(given.at)],
      ["weighting", String(given.points)],
      ["learner_response", responses2004(given.kind, given.answer).slice(0, LONGEST_2004)],
      ["result", given.right ? "correct" : "incorrect"],
    ];
  },
};

const TYPES = {
  choice: "choice", several: "choice", truefalse: "true-false", blanks: "fill-in", number: "numeric",
  matching: "matching", ordering: "sequencing",
};

function responses12(kind, answer) {
  if (kind === "truefalse") return answer[0][0];
  if (kind === "number") return numeric(answer);
  if (kind === "matching") return Object.entries(answer).map((pair) => pair.join(".")).join(",");
  return answer.join(",");
}

function responses2004(kind, answer) {
  if (kind === "truefalse") return answer[0];
  if (kind === "number") return numeric(answer);
  if (kind === "matching") return Object.entries(answer).map((pair) => pair.map(token).join("[.]")).join("[,]");
  if (kind === "blanks") return answer.map((text) => text.replace(/\s+/g, " ")).join("[,]");
  return answer.map(token).join("[,]");
}

/** A number as both standards want it; the learner may have written a comma and a unit. */
function numeric(text) {
  return text.replace(/\s/g, "").replace(",", ".").replace(/[^\d.+-]+$/, "");
}

/** 2004 refuses (406) an identifier with a hyphen. */
const token = (id) => id.replace(/[^A-Za-z0-9_.]/g, "_");

/** 1.2 refuses (405) what is not ASCII. */
const ascii = (id) => id.replace(/[^\x21-\x7e]/g, "_").slice(0, 250);

const two = (number) => String(number).padStart(2, "0");

function parts(seconds) {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
}

/** 1.2: HHHH:MM:SS.SS, hundredths in two digits. */
export function clockTime(seconds) {
  return parts(seconds).map(two).join(":") + ".00";
}

/** 2004: PT1H2M3S. */
export function duration(seconds) {
  const split = parts(seconds);
  return `PT${split[0]}H${split[1]}M${split[2]}S`;
}

/** 2004 refuses (406) a Z and milliseconds. */
export function timestamp(at) {
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${date}T${timeOfDay(at)}`;
}

function timeOfDay(at) {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
}
