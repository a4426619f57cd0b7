/**
 * The API of one SCO: a new object of scorm-again for each (its `reset()` was measured to keep the status), begun with
 * what the server has of it.
 */

const LARGE = 20000;
const SECONDS = 10;

/**
 * @typedef {object} Learner @property {string} id @property {string} name
 * @typedef {object} Wishes
 * @property {object} item @property {Learner} learner @property {object} cmi as committed last
 * @property {object} http @property {object} [sequencing] settings of scorm-again, with `state` as it wrote it: SCORM 2004 alone
 * @property {string} [state]
 */

/** @param {"scorm12" | "scorm2004"} standard @param {Wishes} wishes */
export function createApi(standard, wishes) {
  const settings = {
    lmsCommitUrl: "ghi", // never fetched: `httpService` sends
    dataCommitFormat: "json",
    includeCommitSequence: true,
    alwaysSendTotalTime: true,
    autocommit: true,
    autocommitSeconds: SECONDS,
    logLevel: 5,
    httpService: wishes.http,
  };
  return standard === "scorm12" ? create12(settings, wishes) : create2004(settings, wishes);
}

function create12(settings, wishes) {
  const item = wishes.item;
  const cmi = wishes.cmi;
  const judged = item.mastery_score !== undefined;
  const api = new window.Scorm12API({ ...settings, mastery_override: judged });
  const core = {
    ...without(cmi.core, "session_time", "exit", "_children"),
    student_id: wishes.learner.id,
    student_name: wishes.learner.name,
    credit: "credit",
    lesson_mode: "normal",
    entry: entry(cmi.core),
  };
  const data = {
    mastery_score: text(item.mastery_score),
    max_time_allowed: item.max_time_allowed || "",
    time_limit_action: item.time_limit_action || "",
  };
  api.loadFromJSON({ ...cmi, core, student_data: data, launch_data: item.launch_data || "" }, "cmi");
  return dress(api, { name: "API", end: "LMSFinish", commit: "LMSCommit", set: "LMSSetValue" });
}

function create2004(settings, wishes) {
  const item = wishes.item;
  const cmi = wishes.cmi;
  const sequencing = wishes.sequencing;
  const api = new window.Scorm2004API(sequencing ? { ...settings, sequencing } : settings);
  if (wishes.state) api.deserializeSequencingState(wishes.state);
  const objectives = (item.objectives || []).map((id) => ({ id }));
  const begun = {
    ...without(cmi, "session_time", "exit"),
    learner_id: wishes.learner.id,
    learner_name: wishes.learner.name,
    credit: "credit",
    mode: "normal",
    entry: entry(cmi),
    launch_data: item.launch_data || "",
    completion_threshold: text(item.completion_threshold),
    scaled_passing_score: text(item.passing_score),
    max_time_allowed: item.max_time_allowed || "",
    time_limit_action: item.time_limit_action || "",
  };
  if (!begun.objectives && objectives.length && !sequencing) begun.objectives = { ...objectives };
  api.loadFromJSON(keyed(begun), "cmi");
  return dress(api, { name: "API_1484_11", end: "Terminate", commit: "Commit", set: "SetValue" });
}

/** What the stage needs of either standard. */
function dress(api, words) {
  const open = () => api.isInitialized();
  // A large state is sent soon: what is left to say when the page closes must fit into a beacon.
  api.on(`${words.set}.cmi.suspend_data`, (element, value) => {
    if (String(value).length > LARGE) setTimeout(() => open() && api[words.commit](""), 0);
  });
  return {
    api,
    name: words.name,
    isOpen: open,
    commit: () => open() && api[words.commit](""),
    /** What Finish would send, though the session stays open: the SCO may yet say its own last word. */
    last: () => open() && api.storeData(true, "terminate"),
    end: words.end,
  };
}

/** SCORM 1.2 RTE 3.4.4.1, SCORM 2004 RTE 4.2.8: "resume" only after a suspension. */
function entry(said) {
  if (!said || !Object.keys(said).length) return "ab-initio";
  return said.exit === "suspend" ? "resume" : "";
}

function without(said, ...names) {
  const rest = { ...said };
  names.forEach((name) => delete rest[name]);
  return rest;
}

/** Empty values of 2004 are refused by their patterns: what says nothing is left out. */
function keyed(said) {
  Object.keys(said).forEach((name) => said[name] === "" && delete said[name]);
  return said;
}

const text = (value) => (value === undefined || value === null ? "" : String(value));
