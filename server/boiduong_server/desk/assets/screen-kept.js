/**
 * What the codes' page keeps in this browser for a reload without a connection: the QR codes that were drawn so far, how
 * the sitting stood, and that it is to be opened. Where storage is refused it lives as long as the page.
 */

const PREFIX = "boiduong-man-hinh-";
const DAY_MS = 86400000;

/**
 * @typedef {{now_ms: number, opened: boolean, closed: boolean, present: number, headcount: number | null}} Standing
 * @param {string} name of the sitting
 * @param {number} to when its hours end, ms since 1970: a day later it is thrown away
 */
export function createKept(name, to) {
  const key = PREFIX + name;
  /** @type {{to: number, first: number, drawings: string[], standing: Standing | null, wanted: boolean}} */
  let kept = { to, first: 0, drawings: [], standing: null, wanted: false };
  try {
    sweep();
    kept = Object.assign(kept, JSON.parse(localStorage.getItem(key) || "{}"), { to });
  } catch (error) {
    // storage is refused, or holds something else
  }

  function save() {
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch (error) {
      // refused or full: it is kept as long as the page
    }
  }

  return {
    /** @param {number} period @returns {string} empty where it is not there yet */
    drawing: (period) => kept.drawings[period - kept.first] || "",
    /** The first period from this one on that has no drawing. @param {number} period @returns {number} */
    missing(period) {
      let wanted = Math.max(period, kept.first);
      while (kept.drawings[wanted - kept.first]) wanted++;
      return wanted;
    },
    /** @param {number} first the period of the first of them @param {string[]} drawings */
    add(first, drawings) {
      const end = kept.first + kept.drawings.length;
      if (first !== end) Object.assign(kept, { first, drawings: [] });
      kept.drawings = kept.drawings.concat(drawings);
      save();
    },
    /** @returns {Standing | null} */
    standing: () => kept.standing,
    isWanted: () => kept.wanted,
    /** @param {Partial<typeof kept>} said */
    note(said) {
      if (Object.keys(said).every((each) => JSON.stringify(kept[each]) === JSON.stringify(said[each]))) return;
      Object.assign(kept, said);
      save();
    },
  };
}

/** Whoever reads the QR codes of a session could make them: nobody needs those of days that are over. */
function sweep() {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const found = JSON.parse(localStorage.getItem(key) || "{}");
    if (!(found.to > Date.now() - DAY_MS)) localStorage.removeItem(key);
  }
}
