/**
 * Signs of the study clock on their way to the server. Each is told until the server has published it, and sent along
 * until it has saved it (see beats.py): what was told and is not saved yet makes up the learner's own figure.
 */

const SPAN = 30000; // a longer stretch is told in several signs: the server takes no more than 35 s for one
const SOONEST = 5000;
const LATEST = 120000;
const PART = 200; // signs in a message, about 15 KB: four fit into what may be under way when the page is left
const PARTS = 4;
const UNHEARD = { 0: "offline", 401: "expired", 403: "expired" };
const REFUSED = [400, 413];
const UNKNOWN_LAUNCH = 409;

/**
 * @typedef {{sequence: number, elapsed: number, until: number, told: boolean, last: boolean}} Sign `until` on the page's
 *     scale; `last`: under way as the page's last word
 * @typedef {{launch: string, opened_ms: number, signature: string}} Launch
 *
 * @param {object} host
 * @param {(handler: string, body: object) => Promise<object>} host.post
 * @param {() => number} host.now
 * @param {Launch} host.launch @param {number} host.studied milliseconds of the topic so far
 * @param {(launch: Launch, signs: Sign[]) => void} host.keep what waits for a connection; [] when nothing does
 * @param {() => void} host.changed
 */
export function createBeats(host) {
  let launch = host.launch;
  let studied = host.studied;
  /** @type {Sign[]} */
  let signs = [];
  let next = 1;
  let noted = 0; // up to here the clock's spans are in signs
  let trouble = "";
  let underway = false;
  let pause = SOONEST;
  let timer = 0;

  const untold = () => signs.filter((sign) => !sign.told);

  /** Spans that the clock has vouched for; all of them, those noted before too. @returns {boolean} whether any is new */
  function note(spans) {
    const before = next;
    for (const span of spans) {
      for (let from = Math.max(span.start, noted); from < span.end; from = noted) {
        noted = Math.min(from + SPAN, span.end);
        signs.push({ sequence: next, elapsed: noted - from, until: noted, told: false, last: false });
        next += 1;
      }
    }
    return next > before;
  }

  /** There are new signs; while none arrives they wait for the next attempt. */
  function tell() {
    if (trouble) store();
    else send();
  }

  function store() {
    if (launch) host.keep(launch, trouble ? signs : []);
  }

  function message(part, leaving) {
    const time = host.now();
    const said = part.map((sign) => {
      return { sequence: sign.sequence, elapsed_ms: sign.elapsed, age_ms: time - sign.until, told: sign.told };
    });
    return host.post("beat", { ...launch, leaving, signs: said });
  }

  /** One request at a time. What does not fit into a message is not to wait two minutes for its turn. */
  function send() {
    if (underway || (launch && !untold().length)) return;
    clearTimeout(timer);
    underway = true;
    const part = signs.slice(0, PART);
    const sent = launch ? message(part, signs.length > PART).then((answer) => took(part, answer)) : open();
    sent.then(
      () => {
        underway = false;
        send();
      },
      (error) => {
        underway = false;
        lost(part, error);
      },
    );
  }

  function open() {
    return host.post("open", {}).then((answer) => {
      launch = answer;
      arrived();
    });
  }

  /** The page is hidden or left: whatever the server has not saved, at once, as there may be no later. */
  function leave() {
    store();
    const rest = launch ? signs.filter((sign) => !sign.last).slice(0, PART * PARTS) : [];
    for (let from = 0; from < rest.length; from += PART) {
      const part = rest.slice(from, from + PART);
      part.forEach((sign) => (sign.last = true));
      message(part, true).then(
        (answer) => took(part, answer),
        (error) => lost(part, error),
      );
    }
  }

  /** How the topic stands by now: the page before this one may have told its last seconds meanwhile. */
  function ask() {
    if (launch) message([], false).then((answer) => took([], answer), (error) => lost([], error));
  }

  function took(part, answer) {
    studied = answer.studied_ms;
    part.forEach((sign) => (sign.told = true));
    if (answer.saved) signs = signs.filter((sign) => !part.includes(sign));
    arrived();
  }

  function arrived() {
    trouble = "";
    pause = SOONEST;
    store();
    host.changed();
  }

  function lost(part, error) {
    part.forEach((sign) => (sign.last = false));
    if (error.status === UNKNOWN_LAUNCH) return begin();
    if (REFUSED.includes(error.status)) signs = signs.filter((sign) => !part.includes(sign));
    else trouble = UNHEARD[error.status] || "busy";
    clearTimeout(timer);
    timer = setTimeout(send, pause);
    pause = Math.min(pause * 2, LATEST);
    store();
    host.changed();
  }

  /** The launch is not known to whoever is logged in now: a new one. What waits is kept, for the one it belongs to. */
  function begin() {
    if (!launch) return;
    host.keep(launch, untold());
    launch = null;
    signs = [];
    send();
  }

  return {
    note,
    tell,
    send,
    ask,
    leave,
    /** Milliseconds of the topic, with what the server has not heard of yet. */
    studied: () => studied + untold().reduce((sum, sign) => sum + sign.elapsed, 0),
    /** Why what was studied has not arrived. @returns {"" | "offline" | "busy" | "expired"} */
    trouble: () => trouble,
  };
}
