/**
 * Checking in: sends the reading at once, or keeps it until there is a connection, and shows what waits.
 */

import { drop, giveTo, isKept, keep, kept, remember, sender, sendKept } from "./claims.js";
import { keepOffline } from "./kept-pages.js";
import { newNonce } from "./waiting.js";

const AGAIN_MS = 10000;
const STALE = 400; // the page's token is of another session
const SENDING = "Đang ghi…";
const OPENED = /^\/[Dd]\/([A-Za-z]{5})([A-Za-z]{6})$/;

const section = document.getElementById("cho-gui");
const known = section.dataset;
/** Who has entered; null: nobody; undefined: the page comes from the worker, which does not know.
 * @type {{account: number, name: string} | null | undefined} */
let here = document.querySelector("[data-shell]") ? undefined : null;
if (known.account) here = { account: Number(known.account), name: known.name };
let done = [];
let underway = false;
let later = 0;

const CLOCK = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" };
const time = (ms) => new Date(ms).toLocaleTimeString("vi-VN", CLOCK);

// What waits ------------------------------------------------------------------------------------------------------------

function element(name, text, more) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

function button(text, act) {
  const made = element("button", text, { type: "button", className: "second" });
  made.addEventListener("click", act);
  return made;
}

function actions(...buttons) {
  const line = element("p", "", { className: "actions" });
  line.append(...buttons);
  return line;
}

/** One reading: what it is, what becomes of it, and what its reader can do. */
function shown(each) {
  const line = document.createElement("li");
  line.append(element("p", `Mã ${each.code}, quét lúc ${time(each.then)}${each.who ? `, của ${each.who.name}` : ""}.`));
  if (each.refused) {
    line.append(element("p", each.refused), actions(button("Đã xem, bỏ mã này", () => change(() => drop(each.nonce)))));
  } else if (here && (!each.who || each.who.account !== here.account)) {
    const own = button(`Gửi bằng tài khoản ${here.name}`, () => change(() => giveTo(each.nonce, here)));
    line.append(actions(own, button("Bỏ mã này", () => change(() => drop(each.nonce)))));
  } else if (each.who && !here) {
    line.append(actions(button(`Không phải ${each.who.name}`, () => change(() => giveTo(each.nonce, null)))));
  }
  return line;
}

function change(act) {
  act();
  send();
}

function state() {
  const left = kept().filter((each) => !each.refused);
  if (!left.length) return done.join(" ");
  if (!isKept()) return "Trình duyệt này không cho lưu: giữ nguyên trang đến khi có mạng.";
  return here === null ? "Đăng nhập để gửi." : "Sẽ tự gửi khi có mạng, cả khi trang này đã đóng rồi mở lại.";
}

function show() {
  section.querySelector("ul").replaceChildren(...kept().map(shown));
  const status = section.querySelector("[role=status]");
  const words = state();
  if (status.textContent !== words) status.textContent = words;
  const asks = kept().some((each) => !each.refused) && here === null;
  if (asks) status.append(" ", element("a", "Đăng nhập", { href: "/dang-nhap?tiep=/diem-danh" }));
  section.hidden = !kept().length && !done.length;
  const title = document.querySelector("[data-kept-title]");
  if (title && done.length && !kept().length) title.textContent = "Đã gửi mã";
}

/** One round at a time; without a connection, again after a while and at the next sign of one. */
async function send() {
  show();
  if (underway || !kept().some((each) => !each.refused)) return;
  underway = true;
  clearTimeout(later);
  try {
    const found = await sendKept();
    here = found.sender.account ? { account: found.sender.account, name: found.sender.name } : null;
    done = done.concat(found.said);
  } catch (error) {
    later = setTimeout(send, AGAIN_MS);
  }
  underway = false;
  show();
}

// What is read now ------------------------------------------------------------------------------------------------------

function post(form) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
}

/** @returns {Promise<Response>} rejected where nothing got through */
async function sent(form) {
  let response = await post(form);
  if (response.status === STALE) {
    form.elements.csrf_token.value = (await sender()).token;
    response = await post(form);
  }
  if (response.status >= 500) throw new Error(`${response.status}`);
  return response;
}

/** What the server answered, in the place of what is here. */
async function swap(response) {
  if (response.redirected) {
    location.assign(response.url);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("diem-danh") || page.querySelector("main");
  const old = document.getElementById("diem-danh");
  old.replaceChildren(...fresh.childNodes);
  prepare();
  document.querySelector("main").focus();
  scrollTo(0, 0);
}

/** @param {HTMLFormElement} form @param {{sitting: string, code: string, then: number, nonce: string}} reading */
async function tell(form, reading) {
  const submit = form.querySelector("button");
  submit.disabled = true;
  submit.textContent = SENDING;
  try {
    const response = await sent(form);
    drop(reading.nonce);
    await swap(response);
  } catch (error) {
    keep(reading);
    said(reading);
  }
  show();
}

/** The reading is kept: what was to be done here is done. */
function said(reading) {
  const page = document.getElementById("diem-danh");
  const words = isKept() ? "sẽ gửi khi có mạng" : "giữ nguyên trang này đến khi có mạng";
  const lead = element("p", "Chưa gửi được: máy chưa có mạng. Không phải quét lại.", { className: "lead" });
  const title = element("h1", `Đã giữ mã lúc ${time(reading.then)}, ${words}`);
  title.dataset.keptTitle = "";
  page.replaceChildren(title, lead);
  document.querySelector("main").focus();
  later = setTimeout(send, AGAIN_MS);
}

/** The page of a stamp sends itself. Its address is the stamp's from now on: to load it anew is the same reading. */
function readingOf(form) {
  const data = form.dataset;
  history.replaceState(null, "", `/diem-danh/ghi?dau=${data.reading}`);
  form.addEventListener("submit", (event) => event.preventDefault());
  const then = Date.now() - Number(data.age);
  tell(form, { sitting: data.sitting, code: data.code, nonce: data.nonce, then, stamp: data.reading });
}

function typed(form) {
  const nonce = newNonce();
  form.elements.so.value = nonce;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = form.elements.ma.value.toUpperCase().replace(/[^A-Z]/g, "");
    if (code.length === 6) tell(form, { sitting: "", code, then: Date.now(), nonce });
    else form.submit();
  });
}

function copies(page) {
  for (const each of page.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(each.dataset.copy);
    each.hidden = false;
    each.addEventListener("click", () => {
      field.select();
      document.execCommand("copy"); // the clipboard's own interface is closed to browsers inside apps
      each.textContent = "Đã chép";
    });
  }
}

function prepare() {
  const page = document.getElementById("diem-danh");
  const reading = page.querySelector("[data-reading]");
  const typing = page.querySelector("[data-typing]");
  const waits = page.querySelector("[data-kept]");
  if (here) remember(here);
  if (waits) history.replaceState(null, "", waits.dataset.kept);
  if (reading) readingOf(reading);
  if (typing) typed(typing);
  copies(page);
}

/** A camera opened an address without a connection: the worker answered with the typing page, and the reading is kept as
 * of the moment when the address was opened. */
function opened() {
  const found = OPENED.exec(location.pathname);
  if (!found || !document.querySelector("[data-shell]")) return;
  const parts = found.slice(1).map((each) => each.toUpperCase());
  const then = performance.timing.navigationStart;
  history.replaceState(null, "", "/D");
  keep({ sitting: parts[0], code: parts[1], then, nonce: newNonce() });
  said({ then });
}

if (document.getElementById("diem-danh")) {
  prepare();
  opened();
  keepOffline();
}
addEventListener("online", send);
send();
