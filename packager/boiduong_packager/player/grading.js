/** Whether an answer is right. Pure: an answer and the unveiled key come in, a mark goes out. */

import { sameNumber, sameText } from "./compare.js";

/**
 * @typedef {string[] | string | Object<string, string>} Answer ids, written texts, a written number, or left -> right
 * @typedef {{right: boolean, lines: boolean[]}} Mark `lines` says which blanks, pairs or steps are right
 */

/** @returns {Mark} */
export function grade(kind, key, answer) {
  const lines = LINES[kind](key, answer);
  return { right: lines.every(Boolean), lines };
}

const LINES = {
  choice: (key, answer) => [sameIds(key, answer)],
  several: (key, answer) => [sameIds(key, answer)],
  truefalse: (key, answer) => [sameIds(key, answer)],
  blanks: (key, answer) => key.map((accepted, place) => accepted.some((text) => sameText(answer[place] || "", text))),
  number: (key, answer) => [sameNumber(answer, Number(key[0]), Number(key[1]))],
  matching: (key, answer) => Object.keys(key).map((left) => answer[left] === key[left]),
  ordering: (key, answer) => answer.map((id, place) => id === key[place]),
};

function sameIds(key, answer) {
  return key.length === answer.length && key.every((id) => answer.includes(id));
}
