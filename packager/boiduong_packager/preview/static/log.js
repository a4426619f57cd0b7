/** The log of every call, newest on top. */

const KEPT = 1000;
const SHOWN = 120;
const list = document.getElementById("log");
const counter = document.getElementById("errors");
const only = document.getElementById("only-errors");

export const log = { errors: 0, add, say };

only.addEventListener("change", () => list.classList.toggle("only-errors", only.checked));

/** @param {import("./api.js").Call} call */
function add(call) {
  const values = call.values.map((value) => JSON.stringify(value)).join(", ");
  const item = entry(call.level, `${call.name}(${values})`);
  item.append(outcome(call));
  put(item);
}

/** A word of the LMS itself, or of this page. */
function say(text, level = "lms") {
  put(entry(level, text));
}

function put(item) {
  if (item.classList.contains("error")) {
    log.errors += 1;
    counter.textContent = `${log.errors} lỗi`;
    counter.classList.add("some");
  }
  list.prepend(item);
  if (list.childElementCount > KEPT) list.lastElementChild.remove();
}

function entry(level, text) {
  const item = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString("vi-VN", { hour12: false });
  item.className = level;
  item.append(time, " ", text.length > SHOWN ? folded(text) : code(text));
  return item;
}

function folded(text) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.append(code(`${text.slice(0, SHOWN)}…`), ` (${text.length.toLocaleString("vi-VN")} ký tự)`);
  details.append(summary, code(text));
  return details;
}

function outcome({ result, code: number, message, level }) {
  const span = document.createElement("span");
  span.className = "outcome";
  const words = { fine: "", note: ` chưa có giá trị (${number})`, error: ` lỗi ${number}: ${message}` };
  span.textContent = ` → ${result.length > SHOWN ? `${result.slice(0, SHOWN)}…` : JSON.stringify(result)}${words[level]}`;
  return span;
}

function code(text) {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}
