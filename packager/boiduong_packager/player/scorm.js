/** One interface to what keeps the results: an LMS of either standard, or this computer where there is none. */

import { SCORM12, SCORM2004 } from "./dialects.js";
import { store } from "./store.js";

const DEEPEST = 50;
/** Milliseconds between two looks for an LMS, how long we look on once the page around us is complete, and at most. */
const LOOK_EVERY = 50;
const LOOK_ON = 3000;
const LOOK_AT_MOST = 30000;
/** Bytes of interactions in a session: with the state they must fit into one beacon of 64 KiB. */
const JOURNAL = 20000;

/**
 * @typedef {object} Keeper
 * @property {"scorm12" | "scorm2004" | "local" | "none"} kind where results go; "none": nowhere, storage is refused
 * @property {string} learner the LMS's id of the learner, "" where unknown
 * @property {boolean} final the LMS has it as completed: never to be lowered @property {number} score what it has, in percent
 * @property {string} data the state saved before @property {string} place the section shown last
 * @property {() => void} begin the first words to an LMS, before anything else
 * @property {number} limit characters of the state
 * @property {(report: import("./dialects.js").Report) => boolean} save whether it was kept
 * @property {(report: import("./dialects.js").Report) => void} close the last word on leaving, in ONE call
 * @property {(tell: () => void) => void} overtaken calls `tell` when another window has taken over the keeping
 * @property {(interaction: import("./dialects.js").Interaction) => void} record an answer, for the LMS's reports
 */

/**
 * Calls `ready` when the LMS's object is there, or is not to be expected. openedx-scorm-xblock makes its object when the
 * page around us is ready, and our frame may be the faster (its #78): who looks once plays on and keeps nothing there.
 */
export function whenFound(ready) {
  let rest = LOOK_AT_MOST;
  const look = () => {
    const around = window.parent === window ? null : peek(window.parent, "document");
    if (!around || rest <= 0 || [SCORM12, SCORM2004].some((dialect) => findApi(window, dialect.api))) {
      ready();
      return;
    }
    if (around.readyState === "complete") rest = Math.min(rest, LOOK_ON);
    rest -= LOOK_EVERY;
    setTimeout(look, LOOK_EVERY);
  };
  look();
}

/** @returns {Keeper} */
export function connect(standard, topic) {
  const dialects = standard === "scorm12" ? [SCORM12, SCORM2004] : [SCORM2004, SCORM12];
  for (const dialect of dialects) {
    const api = findApi(window, dialect.api);
    const session = api && openSession(api, dialect);
    if (session) return session;
  }
  return localKeeper(`boiduong:${topic}`);
}

/** The LMS's object, up the parents, then up those of the opener; a foreign window on the way is passed by. */
export function findApi(start, name) {
  const above = search(start, name);
  if (above) return above;
  try {
    return start.top.opener ? search(start.top.opener, name) : null;
  } catch (error) {
    return start.opener ? search(start.opener, name) : null;
  }
}

function search(start, name) {
  let place = start;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const api = peek(place, name);
    if (api || place.parent === place) return api;
    place = place.parent;
  }
  return null;
}

function peek(place, name) {
  try {
    return place[name] || null;
  } catch (error) {
    return null; // a window of another origin
  }
}

function openSession(api, dialect) {
  const ask = (name, ...values) => {
    try {
      return api[dialect.call[name]](...values);
    } catch (error) {
      return "false";
    }
  };
  const get = (element) => {
    const value = ask("get", element);
    return value && worked(value) ? String(value) : "";
  };
  const set = (element, value) => worked(ask("set", element, value));
  // An LMS may have opened the session itself: then it knows a learner or a status.
  if (!worked(ask("open", "")) && !get(dialect.learner) && !get(dialect.status)) return null;
  const record = journal(get, set, dialect);
  const final = dialect.isFinal(get(dialect.status));
  let closed = false;
  const put = (report) => {
    const kept = set(dialect.data, report.data);
    set(dialect.place, report.place);
    dialect.report(report).forEach((pair) => set(...pair));
    return kept;
  };
  return {
    kind: dialect === SCORM12 ? "scorm12" : "scorm2004",
    learner: get(dialect.learner),
    final,
    begin: () => !final && dialect.begin.forEach((pair) => set(...pair)),
    score: Number(get(dialect.score)) || 0,
    data: get(dialect.data),
    place: get(dialect.place),
    limit: dialect.limit,
    overtaken: () => {}, // which of two windows counts is the LMS's affair
    record: (interaction) => !closed && record(interaction),
    save: (report) => !closed && put(report) && worked(ask("commit", "")),
    close(report) {
      if (closed) return;
      put(report);
      closed = true;
      ask("close", "");
    },
  };
}

/** openedx-scorm-xblock answers nothing where others answer "true": only a plain no is a no. */
function worked(answer) {
  return answer !== false && answer !== "false";
}

function journal(get, set, dialect) {
  let count = Number(get("cmi.interactions._count")) || 0;
  let room = JOURNAL - count * 200;
  return (interaction) => {
    const fields = dialect.interaction(interaction);
    room -= fields.reduce((sum, field) => sum + field[0].length + 2 * field[1].length + 8, 0);
    if (room < 0) return;
    fields.forEach((field) => set(`cmi.interactions.${count}.${field[0]}`, field[1]));
    count += 1;
  };
}

function localKeeper(key) {
  let elsewhere = false; // another window wrote: to write over it would lose what was answered there
  const save = (report) => elsewhere || (store.set(key, report.data) && store.set(`${key}/muc`, report.place));
  const works = store.set(`${key}/muc`, store.get(`${key}/muc`) || "");
  return {
    kind: works ? "local" : "none",
    learner: "",
    final: false,
    begin: () => {},
    score: 0,
    data: store.get(key) || "",
    place: store.get(`${key}/muc`) || "",
    limit: 64000,
    record: () => {},
    overtaken: (tell) =>
      window.addEventListener("storage", (event) => {
        if (event.key !== key || event.newValue === null) return;
        elsewhere = true;
        tell();
      }),
    save,
    close: save,
  };
}
