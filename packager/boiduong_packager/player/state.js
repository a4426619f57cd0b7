/**
 * What is kept of a learner's study, as one short text. It is keyed by the ids of sections and questions, so that an
 * edited topic loses nobody's place; what is no longer in the topic is kept while there is room.
 *
 * Ids shrink to five characters: sixty questions with long ids must fit into the 4,096 that SCORM 1.2 grants.
 */

import { fnv1a } from "./digest.js";

const FORMAT = 1;
const SHORT = 5;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
const MOST_USED = 15;

/**
 * @typedef {object} State
 * @property {number} seconds studied in all, in earlier sessions
 * @property {Set<string>} seen short ids of sections
 * @property {Map<string, {right: boolean, used: number}>} results by short id, in the order of the first answers
 * @property {Map<string, string | string[]>} answers packed, by short id
 * @property {Map<string, string>} notes reflections, by short id
 * @property {Map<string, number>} claimed seconds vouched for by "Đã đọc", by short id of the section
 * @property {boolean} done once complete, always complete
 * @property {number} best the best score so far, in percent
 * @property {number} saves counts up with every save, to tell an older copy from a newer one
 */

/** @returns {State} */
export function emptyState() {
  return {
    seconds: 0, seen: new Set(), results: new Map(), answers: new Map(), notes: new Map(), claimed: new Map(), done: false,
    best: 0, saves: 0,
  };
}

/** Five characters for an id: 30 bits of its digest. */
export function short(id) {
  let rest = fnv1a(id);
  let text = "";
  for (let place = 0; place < SHORT; place += 1, rest = Math.floor(rest / 64)) text += DIGITS[rest % 64];
  return text;
}

/**
 * The state as text of at most `limit` characters. When it grows too long reflections go first, then old answers, then
 * what the topic no longer knows; results never go.
 * @param {State} state
 * @param {number} limit
 * @param {Set<string>} known short ids of the topic's questions and sections
 */
export function encode(state, limit, known) {
  const kept = { ...state, answers: new Map(state.answers), notes: new Map(state.notes) };
  let text = write(kept);
  while (text.length > limit && dropOne(kept, known)) text = write(kept);
  return text;
}

function dropOne(state, known) {
  const crowd = [state.notes, state.answers].find((map) => map.size);
  if (crowd) return crowd.delete(crowd.keys().next().value);
  const strangers = [...state.results.keys()].filter((id) => !known.has(id));
  const unseen = [...state.seen].filter((id) => !known.has(id));
  if (!strangers.length && !unseen.length) return false;
  state.results = new Map([...state.results].filter((entry) => known.has(entry[0])));
  state.seen = new Set([...state.seen].filter((id) => known.has(id)));
  return true;
}

function write(state) {
  const results = [...state.results].map((entry) => entry[0] + resultDigit(entry[1])).join("");
  return JSON.stringify({
    v: FORMAT, n: state.saves, t: state.seconds, d: state.done ? 1 : 0, b: state.best,
    s: [...state.seen].join(""), c: claims(state.claimed) || undefined, q: results, a: asObject(state.answers), r: asObject(state.notes),
  });
}

/** The state in `text`; a text that is none, or of another format, gives an empty one. @returns {State} */
export function decode(text) {
  const state = emptyState();
  const saved = parse(text);
  if (!saved || saved.v !== FORMAT) return state;
  state.saves = saved.n || 0;
  state.seconds = saved.t || 0;
  state.done = saved.d === 1;
  state.best = saved.b || 0;
  state.seen = new Set(pieces(saved.s, SHORT));
  state.claimed = new Map(pieces(saved.c, SHORT + 2).map((piece) => [piece.slice(0, SHORT), readNumber(piece.slice(SHORT))]));
  state.results = new Map(pieces(saved.q, SHORT + 1).map((piece) => [piece.slice(0, SHORT), readResult(piece[SHORT])]));
  state.answers = new Map(Object.entries(saved.a || {}));
  state.notes = new Map(Object.entries(saved.r || {}));
  return state;
}

/** Seconds in two digits: an hour and more of one section is told as 4,095. */
function claims(claimed) {
  const digits = (seconds) => DIGITS[Math.floor(seconds / 64)] + DIGITS[seconds % 64];
  return [...claimed].map((entry) => entry[0] + digits(Math.min(entry[1], 4095))).join("");
}

const readNumber = (digits) => DIGITS.indexOf(digits[0]) * 64 + DIGITS.indexOf(digits[1]);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return null; // an LMS that cut the text, or another player's data
  }
}

function resultDigit(result) {
  return DIGITS[Math.min(result.used, MOST_USED) * 2 + (result.right ? 1 : 0)];
}

function readResult(digit) {
  const number = DIGITS.indexOf(digit);
  return { right: number % 2 === 1, used: Math.floor(number / 2) };
}

function pieces(text, length) {
  return (text || "").match(new RegExp(`.{${length}}`, "g")) || [];
}

function asObject(map) {
  const object = {};
  map.forEach((value, name) => {
    object[name] = value;
  });
  return object;
}

/** An answer in few characters. @param {import("./grading.js").Answer} answer */
export function pack(kind, answer) {
  if (kind === "number" || kind === "blanks") return answer;
  if (kind === "matching") return Object.entries(answer).map((pair) => pair.map(short).join("")).join("");
  return answer.map(short).join("");
}

/** The answer again; null when it names something that `ids` no longer holds. */
export function unpack(kind, packed, ids) {
  if (packed === undefined || kind === "number" || kind === "blanks") return packed || null;
  const names = new Map(ids.map((id) => [short(id), id]));
  const found = pieces(packed, SHORT).map((piece) => names.get(piece));
  if (!found.length || found.some((id) => id === undefined)) return null;
  if (kind !== "matching") return found;
  return found.reduce((pairs, id, place) => (place % 2 ? pairs : { ...pairs, [id]: found[place + 1] }), {});
}
