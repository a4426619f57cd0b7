/** Lifts the veil that page/veil.py lays over answers; a veil and no lock, as it says there. */

import { fnv1a } from "./digest.js";

/**
 * @param {string} veiled base64
 * @param {...string} names topic, question and piece, as in page/key.py
 */
export function unveil(veiled, ...names) {
  const data = Uint8Array.from(atob(veiled), (character) => character.charCodeAt(0));
  let state = fnv1a(names.join("/")) || 1;
  for (let place = 0; place < data.length; place += 1) {
    if (place % 4 === 0) state = xorshift32(state);
    data[place] ^= state >>> (8 * (place % 4));
  }
  return new TextDecoder().decode(data);
}

function xorshift32(state) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state;
}
