/**
 * The codes' page: shows each code for its fifteen seconds, with a connection or without. Codes of the whole session came
 * with the page; QR codes are fetched ahead. A code is shown in its own period only, and by a clock that can be trusted.
 */

import { isMeasured, measureClock, serverNow } from "./clock.js";
import { keepOffline } from "./kept-pages.js";
import { createKept } from "./screen-kept.js";
import { askStanding, fetchAhead, openSitting } from "./screen-link.js";
import { qrCode } from "./screen-qr.js";

const PERIOD = 15000;
const LETTERS = 6;
const ASK_MS = 5000;
const TICK_MS = 250;
const JUMP_MS = 2000; // a machine's clock that moves by so much against its own running time was set, or it slept
const LOCAL_MS = 7 * 3600000;

const page = document.getElementById("man-hinh");
const part = (id) => document.getElementById(id);
const name = page.dataset.public;
const codes = page.dataset.codes;
const first = Number(page.dataset.first);
const hours = { from: Number(page.dataset.from), to: Number(page.dataset.to), now: serverNow };
const kept = createKept(name, hours.to);
let standing = newest();
let status = 200; // of the last answer; 0: no connection
let trusted = false;
let refused = "";
let shown = -1;
let drawn = "";
let asking = 0; // the timer of the next question
let drift = Date.now() - performance.now();

/** As the page said when it was served; a copy of it that opens later may know less than what was kept since. */
function newest() {
  const heads = page.dataset.headcount;
  const said = {
    now_ms: Number(page.dataset.now),
    opened: page.dataset.opened === "1",
    closed: page.dataset.closed === "1",
    present: Number(page.dataset.present),
    headcount: heads === "" ? null : Number(heads),
  };
  const before = kept.standing();
  return before && before.now_ms > said.now_ms ? before : said;
}

// What is shown --------------------------------------------------------------------------------------------------------

/** Why no code is shown; empty where one is. */
function instead() {
  if (standing.closed) return "Đã kết thúc điểm danh buổi này.";
  if (!trusted) return `Giờ của máy này chưa đối chiếu được với máy chủ: ${clock()}. Nếu đúng giờ thì bấm «Giờ này đúng»; nếu sai thì chỉnh lại giờ của máy.`;
  const now = serverNow();
  if (now < hours.from || now > hours.to) return `Mã của buổi này hiện từ ${clock(hours.from, 5)} đến ${clock(hours.to, 5)} cùng ngày học.`;
  if (!standing.opened && !kept.isWanted()) return "Chưa mở điểm danh buổi này.";
  return "";
}

function clock(ms = serverNow(), length = 8) {
  return new Date(ms + LOCAL_MS).toISOString().slice(11, 11 + length);
}

function render() {
  watchClock();
  const why = instead();
  const period = Math.floor(serverNow() / PERIOD);
  set("loi", why);
  page.classList.toggle("waits", Boolean(why));
  part("ma").hidden = part("thanh").hidden = Boolean(why);
  showCode(why ? -1 : period);
  if (!why) part("thanh").firstElementChild.style.transform = `scaleX(${1 - (serverNow() % PERIOD) / PERIOD})`;
  part("gio").textContent = clock();
  part("mo").hidden = standing.opened || kept.isWanted() || standing.closed || serverNow() < hours.from;
  part("dung-gio").hidden = trusted || standing.closed;
  set("noi", linkSaid());
  set("co-mat", String(standing.present));
  const off = standing.headcount === null ? 0 : Math.abs(standing.headcount - standing.present);
  part("chenh").hidden = !off;
  set("chenh", off ? `Đếm ${standing.headcount}, điểm danh ${standing.present}, chênh ${off}` : "");
}

/** @param {number} period -1 for none */
function showCode(period) {
  if (shown !== period) {
    shown = period;
    const code = period < 0 ? "" : codes.slice((period - first) * LETTERS, (period - first + 1) * LETTERS);
    const half = document.createElement("span");
    half.textContent = code.slice(0, LETTERS / 2);
    part("ma").replaceChildren(half, code.slice(LETTERS / 2));
  }
  const drawing = period < 0 ? "" : kept.drawing(period);
  part("qr").hidden = !drawing;
  if (drawing === drawn) return;
  drawn = drawing;
  part("qr").replaceChildren(...(drawing ? [qrCode(drawing)] : []));
}

function linkSaid() {
  if (standing.closed) return "";
  const notOpened = kept.isWanted() && !standing.opened ? " Chưa mở trên máy chủ: có mạng thì trang này tự mở." : "";
  if (refused) return refused;
  if (status === 0) return `Mất mạng. Mã vẫn dùng được: điện thoại giữ mã và gửi sau.${notOpened}`;
  if (status === 401) return `Phiên đăng nhập ở máy này đã hết. Mã vẫn đúng; đăng nhập lại khi tiện.${notOpened}`;
  if (status !== 200) return `Máy chủ chưa trả lời được. Mã vẫn đúng.${notOpened}`;
  return notOpened.trim();
}

function set(id, text) {
  if (part(id).textContent !== text) part(id).textContent = text;
}

// The clock, the server ------------------------------------------------------------------------------------------------

function watchClock() {
  const now = Date.now() - performance.now();
  if (Math.abs(now - drift) <= JUMP_MS) return;
  drift = now;
  trusted = false;
  trustClock();
}

/** Measured just now; or, where nothing has moved since this page was opened, measured before. */
async function trustClock(isFirst = false) {
  try {
    await measureClock();
    trusted = true;
  } catch (error) {
    trusted = trusted || (isFirst && isMeasured());
  }
  render();
}

async function askAgain() {
  clearTimeout(asking);
  try {
    standing = await askStanding(name);
    kept.note({ standing });
    if (!trusted || status === 0) await trustClock();
    status = 200;
    if (standing.opened) kept.note({ wanted: false });
    else if (kept.isWanted()) await openNow();
  } catch (error) {
    if (!("status" in error)) throw error;
    status = error.status;
  }
  render();
  clearTimeout(asking);
  asking = setTimeout(askAgain, ASK_MS + Math.random() * 1000); // not all screens in one moment
}

async function openNow() {
  try {
    await openSitting(name);
    standing.opened = true;
    kept.note({ wanted: false, standing });
  } catch (error) {
    if (!("status" in error)) throw error;
    if (error.status === 409) {
      kept.note({ wanted: false });
      refused = error.message || "";
    }
    status = error.status === 409 ? 200 : error.status;
  }
  render();
}

// What is touched ------------------------------------------------------------------------------------------------------

part("mo").addEventListener("click", () => {
  refused = "";
  kept.note({ wanted: true });
  openNow();
});
part("dung-gio").addEventListener("click", () => {
  trusted = true;
  render();
});
if (document.documentElement.requestFullscreen) {
  part("toan").hidden = false;
  part("toan").addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
}
document.addEventListener("fullscreenchange", () => set("toan", document.fullscreenElement ? "Thu lại" : "Toàn màn hình"));
document.addEventListener("visibilitychange", () => {
  render();
  stayAwake();
});

/** The screen does not go dark, where browsers can see to that. */
async function stayAwake() {
  if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
  try {
    await navigator.wakeLock.request("screen");
  } catch (error) {
    // refused when the battery is low: the machine's own setting remains
  }
}

addEventListener("online", askAgain);
setInterval(render, TICK_MS);
stayAwake();
keepOffline();
trustClock(true).then(() => {
  askAgain();
  fetchAhead(name, kept, hours);
});
