/**
 * What waits for a connection, in this origin's storage: signs of the study clock and last words of SCOs, by launch. It
 * is sent through the learner's own session; launch tokens are never kept. On a device that several people use each
 * one's is kept apart, until they come back.
 */

const PREFIX = "boiduong-cho-gui-";
const PART = 500;
const OLDEST = 7 * 86400000; // the server takes nothing older

/**
 * @typedef {{sequence: number, elapsed_ms: number, wall_ms: number}} Sign
 * @typedef {{signs: Sign[], commits: {[item: string]: object}, since: number}} Left of one launch
 */

/**
 * @param {{csrf: string, account: string, launch: string, changed: () => void}} page `launch`: its own, whose frame sends
 *     for itself
 */
export function createKept(page) {
  const own = PREFIX + page.account;
  let underway = null;

  /** @returns {{[launch: string]: Left}} */
  function read(key = own) {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch (error) {
      return {};
    }
  }

  function write(all, key = own) {
    Object.keys(all).forEach((launch) => {
      const left = all[launch];
      const empty = !left.signs.length && !Object.keys(left.commits).length;
      if (empty || Date.now() - left.since > OLDEST) delete all[launch];
    });
    try {
      if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
      else localStorage.removeItem(key);
    } catch (error) {
      // storage is full or refused: what waits lives as long as the page
    }
  }

  function change(launch, act) {
    const all = read();
    all[launch] = all[launch] || { signs: [], commits: {}, since: Date.now() };
    act(all[launch]);
    write(all);
  }

  function post(launch, path, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": page.csrf };
    return fetch(`/hoc/${launch}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  /** Whoever does not come back leaves nothing for longer than it could be taken. */
  function sweep() {
    try {
      Object.keys(localStorage).forEach((key) => key.startsWith(PREFIX) && write(read(key), key));
    } catch (error) {
      // storage is refused: nothing lies there
    }
  }

  /** Refused for good: a newer one is there, or it is too much. Whatever else went wrong (a session that ended meanwhile,
   * and with it the token of the page) may be right the next time. */
  const settled = (response) => response.ok || [409, 413].includes(response.status);

  async function sendSigns(launch, left) {
    for (let from = 0; from < left.signs.length; from += PART) {
      const part = left.signs.slice(from, from + PART);
      const signs = part.map((sign) => ({
        sequence: sign.sequence,
        elapsed_ms: sign.elapsed_ms,
        age_ms: Math.max(1, Date.now() - sign.wall_ms), // it waited: never as if it were fresh
      }));
      if (!settled(await post(launch, "nhip", { signs }))) return;
      const sent = part.map((sign) => sign.sequence);
      change(launch, (now) => (now.signs = now.signs.filter((sign) => !sent.includes(sign.sequence))));
    }
  }

  async function sendCommits(launch, left) {
    for (const item of Object.keys(left.commits)) {
      const commit = left.commits[item];
      if (settled(await post(launch, "ghi", commit))) forget(launch, item, commit.sequence);
    }
  }

  async function sendAll() {
    const all = read();
    for (const launch of Object.keys(all).filter((name) => name !== page.launch)) {
      try {
        await sendCommits(launch, all[launch]);
        await sendSigns(launch, all[launch]);
      } catch (error) {
        return; // still without a connection
      }
    }
  }

  function forget(launch, item, sequence) {
    change(launch, (left) => {
      if (left.commits[item] && left.commits[item].sequence <= sequence) delete left.commits[item];
    });
  }

  sweep();
  return {
    /** Keep these signs of the launch, and no others of it. @param {Sign[]} signs */
    signs: (launch, signs) => change(launch, (left) => (left.signs = signs)),
    commit: (launch, commit) => change(launch, (left) => (left.commits[commit.item] = commit)),
    forget,
    count: () => Object.values(read()).reduce((sum, left) => sum + left.signs.length + Object.keys(left.commits).length, 0),
    commits: () => Object.values(read()).reduce((sum, left) => sum + Object.keys(left.commits).length, 0),
    /** Send all of it; one round at a time. */
    send() {
      underway = underway || sendAll().then(() => {
        underway = null;
        page.changed();
      });
      return underway;
    },
  };
}
