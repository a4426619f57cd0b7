/**
 * The server's clock, as this page knows it: the telephone's own, set right by an offset that is measured when there is a
 * connection and remembered for when there is none.
 */

const KEY = "boiduong-lech-gio";
const GOOD_MS = 400; // a round trip that is measured well enough: half of it is the error at most
const TRIES = 3;

let offset = remembered();

/** @returns {number | null} */
function remembered() {
  try {
    const said = localStorage.getItem(KEY);
    return said === null ? null : Number(said) || 0;
  } catch (error) {
    return null; // storage is refused
  }
}

/** Whether the offset was ever measured here: what `serverNow` says without that is the telephone's word alone. */
export const isMeasured = () => offset !== null;

/** A moment of this telephone's clock by the server's. @param {number} ms of Date.now() @returns {number} ms since 1970 */
export const toServer = (ms) => Math.round(ms + (offset || 0));

/** @returns {number} ms since 1970, UTC */
export const serverNow = () => toServer(Date.now());

/** Measure the offset, by the quickest of a few round trips. @returns {Promise<void>} rejected without a connection */
export async function measureClock() {
  let best = Infinity;
  for (let tried = 0; tried < TRIES && best > GOOD_MS; tried++) {
    const begun = Date.now();
    const response = await fetch("/diem-danh/gio", { cache: "no-store" });
    if (!response.ok) throw new Error(`${response.status}`);
    const said = await response.json();
    const ended = Date.now();
    if (ended - begun < best) {
      best = ended - begun;
      offset = said.now_ms - (begun + ended) / 2;
    }
  }
  try {
    localStorage.setItem(KEY, String(Math.round(offset)));
  } catch (error) {
    // storage is refused: it is measured again next time
  }
}
