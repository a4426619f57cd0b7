/**
 * Signs that wait for a connection, in this device's storage: they outlive the page, for as long as the server would take
 * them. Each account's are kept apart, under a digest of its name, and only that account's pages send them; any clock of
 * the platform does, of whatever unit they are.
 */

const PREFIX = "boiduong-dong-ho-";
const OLDEST = 7 * 86400000;
const PART = 200;
const WAITED = 5000; // what was kept is never told as if it were fresh
const FOR_GOOD = [400, 404, 409, 413];

/**
 * @param {{account: string, address: string, own: string, now: () => number,
 *     post: (address: string, body: object) => Promise<object>}} page `address` of the handler that takes signs, `own`
 *     the launch that sends for itself
 */
export function createStored(page) {
  const prefix = `${PREFIX}${page.account}-`;
  let underway = false;

  /** @param {import("./beats.js").Launch} launch @param {import("./beats.js").Sign[]} signs */
  function keep(launch, signs) {
    const wall = Date.now() - page.now();
    const kept = signs.map((sign) => ({ ...sign, wall: wall + sign.until }));
    write(prefix + launch.launch, { address: page.address, launch, signs: kept, since: Date.now() });
  }

  /** Send what earlier pages left, a message after the other. */
  function send() {
    if (underway) return;
    const name = names().find((each) => each.startsWith(prefix) && each !== prefix + page.own);
    const left = name && read(name);
    if (!left) return;
    underway = true;
    const part = left.signs.slice(0, PART);
    const settled = () => {
      underway = false;
      write(name, { ...left, signs: left.signs.slice(PART) });
      send();
    };
    page.post(left.address, { ...left.launch, leaving: true, signs: part.map(said) }).then(settled, (error) => {
      if (FOR_GOOD.includes(error.status)) return settled();
      underway = false; // anything else may be right the next time
    });
  }

  sweep();
  return { keep, send };
}

function said(sign) {
  const age = Math.max(WAITED, Math.round(Date.now() - sign.wall));
  return { sequence: sign.sequence, elapsed_ms: sign.elapsed, age_ms: age, told: sign.told };
}

/** Whoever does not come back leaves nothing for longer than it could be taken. */
function sweep() {
  names().forEach((name) => {
    const kept = read(name);
    if (!kept || Date.now() - kept.since > OLDEST) write(name, { signs: [] });
  });
}

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch (error) {
    return []; // storage is refused: nothing lies there
  }
}

/** What lies there, or null for what is not of our making: it must neither stop the clock nor name another host. */
function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    const isHere = new URL(kept.address, location.href).origin === location.origin;
    return isHere && kept.launch && kept.signs.every(Boolean) ? kept : null;
  } catch (error) {
    return null;
  }
}

function write(name, kept) {
  try {
    if (kept.signs.length) localStorage.setItem(name, JSON.stringify(kept));
    else localStorage.removeItem(name);
  } catch (error) {
    // storage is full or refused: what waits lives as long as the page
  }
}
