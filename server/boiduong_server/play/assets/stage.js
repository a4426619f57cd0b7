/**
 * Where one item is shown at a time. Leaving, as it was measured: `pagehide` is the only event on every way out; the
 * wrapper's comes before the SCO's own as often as not, so nothing is ended there. What a SCO did not finish itself is
 * finished after it has gone, or, when the whole page goes, sent in its last moment.
 */

import { createApi } from "./runtime.js";

/**
 * @param {object} config
 * @param {{place: HTMLElement, transport: object, heard: () => void, ended: () => void}} room `ended`: the SCO finished
 *     while it is still shown
 */
export function createStage(config, room) {
  const transport = room.transport;
  let item = null;
  let frame = null;
  let session = null;
  let closing = false;

  /**
   * Show an item.
   * @param {{sequencing?: object, state?: string, fresh?: boolean, before?: (api: object) => void}} way of SCORM 2004;
   *     `fresh`: without what was kept; `before` is called ahead of the SCO's Terminate
   */
  function open(next, way = {}) {
    close();
    item = next;
    if (item.kind === "sco") prepare(way);
    frame = document.createElement("iframe");
    frame.title = item.title;
    frame.setAttribute("allow", "fullscreen; autoplay");
    frame.addEventListener("load", loaded);
    frame.src = config.root + item.href;
    room.place.appendChild(frame);
    return session && session.api;
  }

  function prepare(way) {
    const cmi = way.fresh ? {} : config.states[item.identifier] || {};
    const http = keeping(transport.open(item.identifier), item.identifier);
    const made = createApi(config.standard, { ...way, item, learner: config.learner, cmi, http });
    const inner = made.api[made.end];
    made.api[made.end] = (...values) => {
      if (way.before) way.before(made.api);
      const wasOpen = made.isOpen();
      const answer = inner.apply(made.api, values);
      if (wasOpen && !made.isOpen() && !closing) room.ended(made.api);
      return answer;
    };
    window[made.name] = made.api;
    session = made;
  }

  /** What was committed is what the next opening begins with. */
  function keeping(http, name) {
    return {
      ...http,
      processHttpRequest(url, said, ...rest) {
        config.states[name] = JSON.parse(JSON.stringify(said.cmi));
        return http.processHttpRequest(url, said, ...rest);
      },
    };
  }

  function loaded() {
    room.heard();
    let view = null;
    try {
      view = frame.contentWindow;
      view.addEventListener("pagehide", hidden);
    } catch (error) {
      return; // a page of another host
    }
    view.postMessage({ boiduong: "clock-kept" }, location.origin);
  }

  /** The SCO's page goes: perhaps to another page of the same SCO, so that its session stays open. */
  function hidden() {
    if (!session || closing) return;
    if (transport.isLeaving()) session.last();
    else session.commit();
  }

  /** The item goes; its SCO is finished if it did not do so itself. */
  function close() {
    if (!frame) return;
    closing = true;
    frame.remove(); // `pagehide` and `unload` of the SCO happen in here
    if (session) {
      if (session.isOpen()) session.api[session.end]("");
      delete window[session.name];
    }
    frame = session = item = null;
    closing = false;
  }

  return { open, close, item: () => item };
}
