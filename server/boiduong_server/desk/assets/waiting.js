/**
 * What waits on this telephone for a connection: a list in this origin's storage, by name. It is read anew each time, so
 * that several windows agree. Where storage is refused (a private window, a browser inside another app) it lives as long
 * as the page, and `isKept` says so.
 */

const PREFIX = "boiduong-cho-";

/** @returns {string} 32 random hexadecimal digits: what is sent twice under one is taken once */
export function newNonce() {
  const digits = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(digits, (each) => each.toString(16).padStart(2, "0")).join("");
}

/**
 * @template {{nonce: string}} Item plain data
 * @param {string} name of the list; one for each kind of thing that waits
 */
export function createWaiting(name) {
  const key = PREFIX + name;
  /** @type {Item[]} */
  let memory = [];
  let kept = true;

  /** @returns {Item[]} */
  function stored() {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found : [];
    } catch (error) {
      kept = false;
      return [];
    }
  }

  /** What is stored, and what could not be: each once. @returns {Item[]} */
  function all() {
    const found = stored();
    const there = new Set(found.map((each) => each.nonce));
    return found.concat(memory.filter((each) => !there.has(each.nonce)));
  }

  /** @param {Item[]} items */
  function write(items) {
    memory = items;
    try {
      if (items.length) localStorage.setItem(key, JSON.stringify(items));
      else localStorage.removeItem(key);
      memory = [];
      kept = true;
    } catch (error) {
      kept = false;
    }
  }

  return {
    all,
    /** One more; one that has the same nonce is replaced. @param {Item} item */
    add: (item) => write(all().filter((each) => each.nonce !== item.nonce).concat(item)),
    /** @param {string[]} nonces */
    remove: (nonces) => write(all().filter((each) => !nonces.includes(each.nonce))),
    /** Whether what waits outlives this page, as far as is known by now. */
    isKept: () => kept,
  };
}
