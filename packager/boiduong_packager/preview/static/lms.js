/**
 * The stand-in LMS: opens the package, closes it, opens it again. This page does nothing in its own pagehide: that often
 * fires before the package's, whose Finish would then come too late (measured).
 */

import { install, uninstall } from "./api.js";
import { log } from "./log.js";
import { follow, trouble } from "./news.js";
import { show, showSession } from "./panel.js";

const { standard, topic } = document.body.dataset;
const PACKAGE = `${standard}/${topic}`;
const SENT = `boiduong:${PACKAGE}`;
const OPENERS = new Set(["LMSInitialize", "Initialize"]);
const CLOSERS = new Set(["LMSFinish", "Terminate"]);
const frame = document.getElementById("package");
const notice = document.getElementById("notice");
const desk = document.getElementById("desk");
const toggle = document.getElementById("toggle");
const narrow = matchMedia("(max-width: 60rem)");

let launch = null; // what the server told of this opening, and how far the package is in it
let busy = false;
let painted = 0;

/** Opens the package; the last commit of the opening before, if it is still on its way, is waited for by the server. */
async function open(fresh = false) {
  const response = await fetch(`/mo/${PACKAGE}`, { method: "POST", body: JSON.stringify({ ...recall(), fresh }) });
  if (!response.ok) {
    notice.textContent = "Chuyên đề này không còn trong bản dựng.";
    return;
  }
  const opened = await response.json();
  launch = { opened, state: "Gói chưa mở phiên", begun: false, ended: false, unsaved: false, commits: opened.commits, savedAt: clock(opened.saved_at) };
  launch.runtime = install(standard, opened, `/luu/${PACKAGE}?lan=${opened.launch}`, hear, sent);
  log.say(`LMS mở gói, lần ${opened.launch}: ${entryWords(opened)}`);
  if (opened.dropped) log.say("Lần trước không kết thúc bằng cmi.exit = suspend, nên SCORM 2004 bắt đầu lượt học mới.");
  if (runtimeFault()) log.say(`LMS không nạp lại được một giá trị đã lưu: lỗi ${runtimeFault()}`, "error");
  paint();
  frame.contentWindow.location.replace(`/goi/${PACKAGE}/${opened.page}`);
}

/** Leaves the package the way an LMS does: its page goes, and its own pagehide has the last word. */
function close() {
  return new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
    frame.contentWindow.location.replace("about:blank");
  }).then(() => uninstall(standard));
}

async function again(why, fresh = false) {
  if (busy) return;
  busy = true;
  log.say(why);
  await close();
  await open(fresh);
  busy = false;
}

/** @param {import("./api.js").Call} call */
function hear(call) {
  log.add(call);
  const good = call.result === "true";
  if (good && OPENERS.has(call.name)) Object.assign(launch, { begun: true, state: "Phiên đang mở" });
  if (good && CLOSERS.has(call.name)) Object.assign(launch, { ended: true, state: "Phiên đã kết thúc" });
  if (good && call.name.endsWith("SetValue")) launch.unsaved = true;
  if (good && (CLOSERS.has(call.name) || call.name.endsWith("Commit"))) {
    Object.assign(launch, { unsaved: false, commits: launch.commits + 1, savedAt: clock() });
  }
  if (!painted) painted = setTimeout(paint, 50);
}

function paint() {
  painted = 0;
  show(standard, launch.runtime, launch.opened, log.errors);
  showSession(launch);
}

/** Remembers which commit went out last, also across a reload of this page. */
function sent(sequence) {
  try {
    sessionStorage.setItem(SENT, JSON.stringify({ launch: launch.opened.launch, sequence }));
  } catch (error) {
    // storage is refused: a reload may then overtake the last beacon
  }
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(SENT) || "{}");
  } catch (error) {
    return {};
  }
}

/** Tells when a package leaves without a last word: real LMSs then lose what was not committed. */
function watchLeaving() {
  if (frame.contentWindow.location.href === "about:blank") return;
  const left = launch;
  frame.contentWindow.addEventListener("pagehide", () => setTimeout(() => {
    if (left.begun && !left.ended) log.say(`Gói rời trang mà không gọi ${[...CLOSERS].find((name) => name.startsWith("LMS") === (standard === "scorm12"))}.`, "error");
    paint();
  }));
}

function hearNews(news) {
  const newer = news && launch && !busy ? news.launch > launch.opened.launch : false;
  const other = newer ? "Chuyên đề này đang mở ở cửa sổ khác: kết quả ở cửa sổ này không còn được lưu." : "";
  tellAbove(trouble(news) || other, news && news.failed ? news.problems : "");
  if (!news || !launch || newer || news.building || !news.digest || news.digest === launch.opened.digest) return;
  again("Gói vừa được dựng lại sau khi lưu tệp: đóng và mở bản mới.");
}

function tellAbove(text, problems) {
  const key = text + problems;
  if (notice.dataset.key === key) return;
  notice.dataset.key = key;
  notice.textContent = text;
  notice.tabIndex = problems ? 0 : -1; // a long list scrolls, also by keys
  if (problems) notice.insertAdjacentHTML("beforeend", problems); // made and escaped by the server
}

function entryWords({ cmi }) {
  const entry = standard === "scorm12" ? cmi.core.entry : cmi.entry;
  return { "ab-initio": "học từ đầu (entry = ab-initio)", resume: "học tiếp (entry = resume)" }[entry] || "vào lại (entry để trống)";
}

const runtimeFault = () => (String(launch.runtime.lastErrorCode) === "0" ? "" : launch.runtime.lastErrorCode);

const clock = (iso) => (iso === "" ? "" : (iso ? new Date(iso) : new Date()).toLocaleTimeString("vi-VN", { hour12: false }));

function fold(open) {
  toggle.setAttribute("aria-expanded", String(open));
  document.getElementById("inside").hidden = !open;
  desk.classList.toggle("folded", !open);
}

toggle.addEventListener("click", () => fold(toggle.getAttribute("aria-expanded") !== "true"));
document.getElementById("reopen").addEventListener("click", () => again("Đóng gói và mở lại."));
document.getElementById("restart").addEventListener("click", () => {
  if (confirm("Xóa kết quả đã lưu của chuyên đề này và học lại từ đầu?")) again("Xóa kết quả, học lại từ đầu.", true);
});
frame.addEventListener("load", watchLeaving);
fold(!narrow.matches);
await open();
follow(`goi=${encodeURIComponent(PACKAGE)}`, hearNews);
