/**
 * Ticks that wait for a connection: kept, shown, sent, each answered by its own number.
 *
 * @typedef {{nonce: string, list: string, account: number, key: string, name: string, mark: string, came: number | null,
 *   left: number | null, reason: string, at_ms: number, refused?: string}} Tick
 */

import { serverNow } from "./clock.js";
import { createWaiting, newNonce } from "./waiting.js";

const MOST = 200;
const SAID = { present: "có mặt", absent: "vắng", excused: "vắng có phép", undone: "bỏ ghi" };

/** @param {HTMLFormElement} list */
export function createMarks(list) {
  const waiting = createWaiting("danh-sach");
  const box = document.getElementById("cho-gui");
  const account = Number(list.dataset.account);
  const own = () => waiting.all().filter((each) => each.list === list.action && each.account === account);

  /** @param {string[]} keys @param {string} mark @returns {string} why nothing was kept; empty where it was */
  function keep(keys, mark) {
    const reason = valueOf("ly-do").trim();
    if (!keys.length) return "Chưa chọn ai trong danh sách.";
    if (list.elements["ly-do"] && mark !== "undone" && !reason) {
      list.elements["ly-do"].focus();
      return "Ghi tay thì cần lý do, ví dụ «quên điện thoại».";
    }
    const times = mark === "present" ? [minuteOf(valueOf("vao")), minuteOf(valueOf("ra"))] : [null, null];
    keys.forEach((key) => {
      const name = rowOf(key).querySelector("b").textContent;
      const tick = { nonce: newNonce(), list: list.action, account, key, name, mark, came: times[0], left: times[1] };
      waiting.add(Object.assign(tick, { reason, at_ms: serverNow() }));
    });
    ["vao", "ra"].filter((each) => list.elements[each]).forEach((each) => {
      list.elements[each].value = "";
    });
    return "";
  }

  const valueOf = (name) => (list.elements[name] ? list.elements[name].value : "");
  const rowOf = (key) => list.querySelector(`[data-key="${key}"]`) || list;

  /** @param {string} token */
  async function send(token) {
    const ready = own().filter((each) => !each.refused);
    for (let from = 0; from < ready.length; from += MOST) await sendPart(ready.slice(from, from + MOST), token);
  }

  async function sendPart(part, token) {
    const lines = part.map((each) => ({
      key: each.key,
      mark: each.mark,
      came: each.came,
      left: each.left,
      reason: each.reason,
      at_ms: each.at_ms,
      nonce: each.nonce,
    }));
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
    const response = await fetch(list.action, { method: "POST", headers, body: JSON.stringify({ lines }) });
    if (!response.ok) throw new Error(`${response.status}`);
    const found = await response.json();
    waiting.remove(found.answers.filter((each) => each.taken).map((each) => each.nonce));
    found.answers.filter((each) => !each.taken).forEach((each) => {
      waiting.add(Object.assign({}, part.find((one) => one.nonce === each.nonce), { refused: each.said }));
    });
  }

  /** In the rows and in the box on top. */
  function show() {
    const kept = own();
    list.querySelectorAll(".queued").forEach((each) => each.remove());
    list.querySelectorAll("[data-queued]").forEach((each) => delete each.dataset.queued);
    kept.filter((each) => !each.refused).forEach((each) => {
      const row = rowOf(each.key);
      if (row === list) return;
      if (row.querySelector(".queued")) row.querySelector(".queued").remove();
      row.dataset.queued = each.mark;
      row.querySelector(".now").append(element("span", `Chờ gửi: ${SAID[each.mark]}${each.reason ? ` (${each.reason})` : ""}`, "queued"));
    });
    box.hidden = !kept.length;
    box.querySelector("h2").textContent = kept.length ? `${kept.length} dòng chờ gửi` : "";
    refill(box.querySelector("ul"), ...kept.filter((each) => each.refused).map(refusedItem));
    if (kept.length && !waiting.isKept()) say("Trình duyệt này không giữ được khi đóng trang: để trang mở đến khi có mạng.");
    else if (!kept.length) say("");
  }

  function refusedItem(tick) {
    const item = element("li", "");
    const button = element("button", "Đã xem", "quiet");
    button.type = "button";
    button.addEventListener("click", () => {
      waiting.remove([tick.nonce]);
      show();
    });
    item.append(element("span", `${tick.name}, ${SAID[tick.mark]}: chưa ghi được. ${tick.refused}.`), button);
    return item;
  }

  /** @param {string} text */
  function say(text) {
    const status = box.querySelector("[role=status]");
    if (status.textContent !== text) status.textContent = text;
    if (text) box.hidden = false;
  }

  return { own, keep, send, show, say };
}

/** @param {string} text "07:40" @returns {number | null} minutes after midnight */
function minuteOf(text) {
  const found = /^(\d\d?):(\d\d)/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** The same as replaceChildren, which browsers of 2019 lack. */
export function refill(parent, ...children) {
  parent.textContent = "";
  parent.append(...children);
}

/** @param {string} [className] */
export function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
