/**
 * Readings that this telephone keeps until there is a connection: whose they are, how they are sent, what became of them.
 * A reading that the server refused stays until its reader has seen that.
 *
 * @typedef {{account: number, name: string}} Who
 * @typedef {{nonce: string, sitting: string, code: string, then: number, who: Who | null, stamp?: string, refused?: string}} Kept
 *     `then`: Date.now() when it was read; `stamp`: the server's word for it, good for ten minutes
 */

import { measureClock, toServer } from "./clock.js";
import { createWaiting } from "./waiting.js";

const PERSON = "boiduong-nguoi";
const PART = 50;
const waiting = createWaiting("diem-danh");

export const kept = waiting.all;
export const isKept = waiting.isKept;
export const drop = (nonce) => waiting.remove([nonce]);

/** Who has entered here last, as far as this browser remembers. @returns {Who | null} */
export function lastHere() {
  try {
    return JSON.parse(localStorage.getItem(PERSON) || "null");
  } catch (error) {
    return null; // storage is refused
  }
}

/** @param {Who} who */
export function remember(who) {
  try {
    localStorage.setItem(PERSON, JSON.stringify(who));
  } catch (error) {
    // storage is refused: whose a reading is will be asked
  }
}

/** @param {{sitting: string, code: string, then: number, nonce: string, stamp?: string}} reading */
export const keep = (reading) => waiting.add(Object.assign({ who: lastHere() }, reading));

/** The reading is to be sent by this account. @param {string} nonce @param {Who | null} who */
export function giveTo(nonce, who) {
  const found = kept().find((each) => each.nonce === nonce);
  if (found) waiting.add(Object.assign({}, found, { who }));
}

/** As whom a page would send now. @returns {Promise<{account: number | null, name: string, token: string}>} */
export async function sender() {
  return answer(await fetch("/diem-danh/gui", { cache: "no-store" }));
}

/**
 * Send what the account may send.
 * @returns {Promise<{sender: {account: number | null, name: string}, said: string[]}>} rejected without a connection
 */
export async function sendKept() {
  const here = await sender();
  const own = kept().filter((each) => !each.refused && each.who && each.who.account === here.account);
  const said = [];
  if (own.length) await measureClock();
  for (let from = 0; from < own.length; from += PART) said.push(...(await send(own.slice(from, from + PART), here.token)));
  return { sender: here, said };
}

/** @param {Kept[]} part @returns {Promise<string[]>} what was said of those that were taken */
async function send(part, token) {
  const claims = part.map((each) => ({
    sitting: each.sitting,
    code: each.code,
    at_ms: toServer(each.then),
    nonce: each.nonce,
    stamp: each.stamp || "",
  }));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const body = JSON.stringify({ claims });
  const found = await answer(await fetch("/diem-danh/gui", { method: "POST", headers, body }));
  const taken = found.answers.filter((each) => each.taken);
  waiting.remove(taken.map((each) => each.nonce));
  found.answers.filter((each) => !each.taken).forEach((each) => {
    const one = part.find((item) => item.nonce === each.nonce);
    waiting.add(Object.assign({}, one, { refused: `${each.said}. ${each.hint}` }));
  });
  return taken.map((each) => `${each.said}. ${each.hint}`);
}

async function answer(response) {
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}
