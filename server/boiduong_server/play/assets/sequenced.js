/**
 * The way through a SCORM 2004 package with sequencing: scorm-again decides what is delivered, we show it.
 *
 * Its account lives in an API object, and each SCO gets an object of its own: what the former one came to is handed on
 * as text (`serializeSequencingState`), which is also what the server keeps. Leaving the page is "suspend all" (SN book,
 * NB.2.1), coming back "resume all".
 */

import { createApi } from "./runtime.js";

const AGAIN = ["retry", "retryAll"];

/**
 * @param {object} config @param {object[]} all every item in order
 * @param {{stage: object, transport: object, changed: () => void, stand: () => void, refused: () => void}} wishes
 */
export function createSequenced(config, all, wishes) {
  const stage = wishes.stage;
  const transport = wishes.transport;
  const find = (id) => all.find((item) => item.identifier === id) || null;
  let state = "";
  let whole = "";
  let delivered = null;
  let again = false; // by a rule: what is delivered begins anew
  let over = false;
  let api = idle("");

  function settings() {
    const eventListeners = {
      onActivityDelivery: (activity) => (delivered = activity.id),
      onPostConditionEvaluated: (found) => (again = again || AGAIN.includes(found.result)),
      onSequencingSessionEnd: () => (over = true),
    };
    return { ...config.sequencing, eventListeners };
  }

  /** An object that no SCO speaks to: it decides what comes first. */
  function idle(from) {
    const http = { processHttpRequest: () => ({ result: true, errorCode: 0 }), updateSettings() {} };
    return createApi("scorm2004", { item: {}, cmi: {}, learner: config.learner, http, sequencing: settings(), state: from }).api;
  }

  /** The root's status, in one word of SCORM 1.2. */
  function rolledUp() {
    const root = api.getActivityTrackingData(config.sequencing.activityTree.id);
    if (!root) return "";
    if (root.successStatus === "failed") return "failed";
    if (root.completionStatus !== "completed") return root.completionStatus === "incomplete" ? "incomplete" : "";
    return root.successStatus === "passed" ? "passed" : "completed";
  }

  function note() {
    state = api.serializeSequencingState();
    whole = rolledUp();
    wishes.stand();
  }

  /** Show what was delivered, if anything. @returns {boolean} */
  function deliver() {
    const next = delivered && find(delivered);
    delivered = null;
    if (!next || !next.href) {
      note();
      wishes.changed();
      return false;
    }
    const from = api.serializeSequencingState();
    over = false;
    const made = stage.open(next, { sequencing: settings(), state: from, fresh: again, before: beforeEnd });
    again = false;
    api = made || idle(from);
    note();
    wishes.changed();
    return true;
  }

  function beforeEnd(ending) {
    const nothing = !ending.adl.nav.request || ending.adl.nav.request === "_none_";
    if (transport.isLeaving() && nothing) ending.adl.nav.request = "suspendAll";
  }

  /** Ask for something: the SCO on show ends first, and may itself have asked for what comes next. */
  function ask(request, target) {
    const before = stage.item();
    const former = state;
    delivered = null;
    stage.close();
    if (!delivered && !api.processNavigationRequest(request, target) && !over) {
      wishes.refused();
      if (before) reopen(before, former);
      return;
    }
    deliver();
  }

  /** What was asked for may not be opened: go on where the learner was. */
  function reopen(item, former) {
    api = idle(former);
    delivered = item.identifier;
    deliver();
  }

  /** Without flow nothing is delivered by "start" (SN book, SB.2.5): the first item that may be chosen is. */
  function begin() {
    api.processNavigationRequest("start");
    const first = !delivered && !over && all.find((item) => item.href && mayOpen(item));
    if (first) api.processNavigationRequest("choice", first.identifier);
  }

  function mayOpen(item) {
    const choice = api.adl.nav.request_valid.choice || {};
    return String(choice[item.identifier]) !== "false";
  }

  const may = (name) => String(api.adl.nav.request_valid[name]) !== "false";

  return {
    mayOpen,
    choose: (item) => ask("choice", item.identifier),
    forward: () => ask("continue"),
    back: () => ask("previous"),
    canForward: () => !over && may("continue"),
    canBack: () => !over && may("previous"),
    start() {
      const kept = config.walk.sequencing;
      if (kept) api = idle(kept);
      const activity = kept && api.getSequencingState().currentActivity;
      if (activity && activity.isActive) delivered = activity.id;
      else if (!kept || !api.processNavigationRequest("resumeAll")) begin();
      deliver();
    },
    /** The SCO has finished while it is on show: where to? */
    ended() {
      if (transport.isLeaving()) note();
      else setTimeout(() => (delivered || over ? deliver() : (note(), wishes.changed())), 0);
    },
    whole: () => whole,
    state: () => state,
    isOver: () => over || stage.item() === null,
    sentence: () => "",
  };
}
