/** The codes' page and the server: asks how the sitting stands, fetches QR codes ahead, opens the sitting. */

const BATCH = 40; // as many as the server draws for one request
const PERIOD = 15000;
const PACE_MS = 60000; // a batch of ten minutes each minute

/** @returns {Promise<object>} what the server says; rejected with {status: 0} without a connection, 401 logged out */
async function ask(address) {
  let response;
  try {
    response = await fetch(address, { cache: "no-store", redirect: "manual", headers: { Accept: "application/json" } });
  } catch (error) {
    throw { status: 0 };
  }
  if (response.type === "opaqueredirect") throw { status: 401 };
  if (!response.ok) throw { status: response.status };
  return response.json();
}

/** @param {string} name of the sitting @returns {Promise<import("./screen-kept.js").Standing>} */
export async function askStanding(name) {
  const said = await ask(`/buoi/${name}/ma`);
  return { now_ms: said.now_ms, opened: said.opened, closed: said.closed, present: said.present, headcount: said.headcount };
}

/**
 * Draws ahead until nothing is missing: at once what the next twenty minutes need, then slowly while codes are being read,
 * since hundreds of screens do so at the same time, and quickly before that.
 * @param {string} name @param {{drawing: Function, missing: Function, add: Function}} kept
 * @param {{from: number, to: number, now: () => number}} hours
 */
export async function fetchAhead(name, kept, hours) {
  for (let asked = 0; ; asked++) {
    const now = hours.now();
    const wanted = kept.missing(Math.floor(Math.max(now, hours.from) / PERIOD));
    if (wanted > Math.floor(hours.to / PERIOD)) return;
    try {
      const said = await ask(`/buoi/${name}/ma?tu=${wanted}&den=${wanted + BATCH - 1}`);
      if (!said.drawings.length) return;
      kept.add(said.first, said.drawings);
    } catch (error) {
      asked = 2; // later, and not at once
    }
    await new Promise((done) => setTimeout(done, asked < 2 || hours.now() < hours.from ? 500 : PACE_MS));
  }
}

/** @param {string} name @returns {Promise<void>} rejected likewise, or with what the server says against it */
export async function openSitting(name) {
  const known = await ask("/diem-danh/gui");
  const body = new URLSearchParams({ csrf_token: known.token });
  let response;
  try {
    response = await fetch(`/buoi/${name}/mo`, { method: "POST", redirect: "manual", body, headers: { Accept: "application/json" } });
  } catch (error) {
    throw { status: 0 };
  }
  if (response.type === "opaqueredirect") return; // to the kit: it is open
  const said = await response.json().catch(() => ({}));
  throw { status: response.status, message: said.error };
}
