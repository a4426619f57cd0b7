/** The panel beside the package: what an LMS would hold now. */

import { number, read, seconds, spoken } from "./values.js";

const STATUSES = {
  "not attempted": "Chưa học", incomplete: "Đang học", completed: "Hoàn thành", passed: "Đạt", failed: "Chưa đạt",
  browsed: "Đã xem qua", unknown: "Chưa rõ",
};
const RESULTS = { correct: "Đúng", wrong: "Chưa đúng", incorrect: "Chưa đúng", neutral: "Không chấm" };
const values = document.getElementById("values");
const answers = document.getElementById("answers");
const answered = document.getElementById("answered");
const brief = document.getElementById("brief");
const session = document.getElementById("session");

/** Shows the model of `runtime`; `opened` is the server's word on this launch, `errors` their number so far. */
export function show(standard, runtime, opened, errors) {
  const held = read(standard, runtime);
  const rows = [
    ["Trạng thái", held.statuses.map(status).filter(Boolean).join("; ") || "Chưa có"],
    ["Điểm", points(held)],
    ["Lần học này", spoken(seconds(held.session))],
    ["Tổng thời gian", spoken(seconds(held.total))],
    ["Vị trí", place(held.place, opened.places)],
    ...(standard === "scorm12" ? [] : [["Tiến độ", progress(held.progress)]]),
    ["suspend_data", `${number(held.data.length)} / ${number(opened.suspend_limit)} ký tự`],
  ];
  values.replaceChildren(...rows.map(([name, text]) => row(name, text)), meter(held.data.length, opened.suspend_limit));
  answers.replaceChildren(...held.answers.map(answer));
  answered.textContent = number(held.answers.length);
  brief.textContent = [STATUSES[held.statuses[0]] || "Chưa có trạng thái", held.score ? `${points(held)} điểm` : "chưa có điểm", spoken(seconds(held.total)), `${errors} lỗi`].join(" · ");
}

/** One line on the session: is it open, when was it saved last. */
export function showSession({ state, commits, savedAt, unsaved }) {
  const saved = commits ? `đã lưu ${number(commits)} lần, gần nhất lúc ${savedAt}` : "chưa lưu lần nào";
  session.textContent = `${state}; ${saved}${unsaved ? "; có thay đổi chưa lưu" : ""}.`;
}

const status = (word) => (word ? `${STATUSES[word] || word} (${word})` : "");

function points({ score, of }) {
  if (!score) return "Chưa có";
  return of ? `${number(score)} / ${number(of)}` : number(score);
}

const place = (id, titles) => (titles[id] ? `${titles[id]} (${id})` : id || "Chưa có");

const progress = (measure) => (measure === "" ? "Chưa có" : `${number(Math.round(measure * 100))}%`);

function row(name, text) {
  const box = document.createElement("div");
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = name;
  detail.textContent = text;
  box.append(term, detail);
  return box;
}

function meter(value, max) {
  const box = row("Phần suspend_data đã dùng", "");
  const bar = document.createElement("meter");
  Object.assign(bar, { max, value, high: max * 0.9, title: "Phần suspend_data đã dùng" });
  bar.setAttribute("aria-label", "Phần suspend_data đã dùng");
  box.lastChild.append(bar);
  box.className = "meter";
  return box;
}

const answer = ({ id, answer: given, result }) => line(`${id}: ${given || "(trống)"} – ${RESULTS[result] || result}`);

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
