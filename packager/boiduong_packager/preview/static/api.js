/** The API object that a package finds: scorm-again behind a wall that lets only the standard's functions through. */

const FUNCTIONS = {
  scorm12: [
    "LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit",
    "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic",
  ],
  scorm2004: [
    "Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic",
  ],
};
const NAMES = { scorm12: "API", scorm2004: "API_1484_11" };
/** scorm-again lets 64,000 characters through in 1.2; the standard 4,096, and some players cut there. */
const TOO_LONG_12 = "405";
/** 2004's answer to a value that nobody has set yet: no fault of the package. */
const NOT_SET_YET = "403";
const QUESTIONS = /Get(LastError|ErrorString|Diagnostic)$/;

/**
 * @typedef {object} Call @property {string} name @property {unknown[]} values @property {string} result
 * @property {string} code "0" when all was well @property {string} message of that code
 * @property {"fine" | "note" | "error"} level
 */

/**
 * Puts a fresh API object on this window, filled with what the LMS knows. `tell` hears of every call, `send` of every
 * commit that goes out. @returns the runtime behind it, to look into
 */
export function install(standard, opened, address, tell, send) {
  const runtime = makeRuntime(standard, opened, address, send);
  const surface = {};
  const own = { code: "0" }; // the wall's own refusal, until the next call
  for (const name of FUNCTIONS[standard]) {
    surface[name] = (...values) => pass(runtime, standard, name, values, own, tell);
  }
  window[NAMES[standard]] = surface;
  return runtime;
}

export function uninstall(standard) {
  delete window[NAMES[standard]];
}

function makeRuntime(standard, opened, address, send) {
  const Runtime = standard === "scorm12" ? window.Scorm12API : window.Scorm2004API;
  const runtime = new Runtime({
    lmsCommitUrl: address,
    dataCommitFormat: "json",
    includeCommitSequence: true,
    terminateCommitPayloadField: "terminated",
    alwaysSendTotalTime: true,
    mastery_override: Boolean(opened.marks.mastery),
    autocommit: false,
    logLevel: 5,
    requestHandler: (commit, about) => {
      send(about.sequence);
      return commit;
    },
  });
  runtime.loadFromJSON(opened.cmi, "cmi");
  return runtime;
}

function pass(runtime, standard, name, values, own, tell) {
  const asks = QUESTIONS.test(name);
  if (asks && name.endsWith("LastError") && own.code !== "0") return note(name, values, own.code);
  if (!asks) own.code = refusal(standard, name, values);
  const result = own.code === "0" || asks ? runtime[name](...values) : "false";
  const code = asks ? "0" : own.code === "0" ? String(runtime.lastErrorCode) : own.code;
  tell({ name, values, result: String(result), code, message: explain(runtime, standard, code), level: level(name, code) });
  return result;

  function note(asked, given, answer) {
    tell({ name: asked, values: given, result: answer, code: "0", message: "", level: "fine" });
    return answer;
  }
}

function refusal(standard, name, [element, value]) {
  const long = standard === "scorm12" && name === "LMSSetValue" && element === "cmi.suspend_data";
  return long && String(value).length > 4096 ? TOO_LONG_12 : "0";
}

function explain(runtime, standard, code) {
  if (code === "0") return "";
  return runtime[standard === "scorm12" ? "LMSGetErrorString" : "GetErrorString"](code);
}

function level(name, code) {
  if (code === "0") return "fine";
  return name === "GetValue" && code === NOT_SET_YET ? "note" : "error";
}
