/** Signs of the study clock on their way to the server: each is sent until it is answered. */

const SPAN = 30000; // a longer stretch is told in several signs: the server takes no more than 35 s for one
const PROMPT = 5000; // what arrives sooner did not wait for a connection
const SOONEST = 5000;
const LATEST = 120000;
const PART = 500;

/**
 * @typedef {{sequence: number, elapsed: number, until: number, underway: boolean}} Sign `until` on the page's scale
 *
 * @param {object} post
 * @param {string} post.address @param {number} post.first the first sign's number: grows with every load of the frame
 * @param {() => number} post.now @param {(standing: object) => void} post.tell what the parent shows and keeps
 */
export function createBeats(post) {
  const now = post.now;
  /** @type {Sign[]} */
  let waiting = [];
  let next = post.first;
  let told = 0; // up to here the clock's spans are in signs
  let counted = 0;
  let stale = false;
  let failing = false;
  let pause = SOONEST;
  let timer = 0;

  function report() {
    const wall = Date.now() - now();
    const kept = waiting.map((sign) => ({ sequence: sign.sequence, elapsed_ms: sign.elapsed, wall_ms: wall + sign.until }));
    post.tell({ waiting: kept, counted, stale, offline: failing });
  }

  /** Spans the clock has vouched for since the last call. */
  function note(spans) {
    for (const span of spans) {
      for (let from = Math.max(span.start, told); from < span.end; from = told) {
        told = Math.min(from + SPAN, span.end);
        if (!stale) waiting.push({ sequence: next, elapsed: told - from, until: told, underway: false });
        next += 1;
      }
    }
  }

  function age(sign) {
    const waited = now() - sign.until;
    return waited < PROMPT ? 0 : waited;
  }

  function later() {
    failing = true;
    clearTimeout(timer);
    timer = setTimeout(send, pause);
    pause = Math.min(pause * 2, LATEST);
    report();
  }

  function arrived(signs, answer) {
    failing = false;
    pause = SOONEST;
    waiting = waiting.filter((sign) => !signs.includes(sign));
    if (answer.stale) end();
    else counted += signs.reduce((sum, sign) => sum + sign.elapsed, 0);
    report();
    send();
  }

  function end() {
    stale = true;
    waiting = [];
  }

  function send() {
    const signs = waiting.filter((sign) => !sign.underway).slice(0, PART);
    if (!signs.length) return;
    signs.forEach((sign) => (sign.underway = true));
    const body = { signs: signs.map((sign) => ({ sequence: sign.sequence, elapsed_ms: sign.elapsed, age_ms: age(sign) })) };
    fetch(post.address, { method: "POST", body: JSON.stringify(body), keepalive: true, credentials: "omit" })
      .then((response) => {
        if (response.status === 404) return { stale: true }; // the launch is forgotten
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      })
      .then(
        (answer) => arrived(signs, answer),
        () => {
          signs.forEach((sign) => (sign.underway = false));
          later();
        },
      );
  }

  return { note, send, report, end };
}
