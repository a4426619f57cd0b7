/** The last step: what is done, and what completion still wants, each with the way there. */

import { fill, h, own } from "./element.js";

const MOST_LINKS = 8;

/**
 * @param {ReturnType<import("./progress.js").progress>} now
 * @param {{config: object, clockKept: boolean, retake: () => void}} context
 */
export function showResult(now, context) {
  const box = own("result");
  const fresh = h("div", {}, headline(now), h("ul", { class: "wants" }, ...rows(now, context)), ...again(now, context));
  if (box.firstChild && box.firstChild.isEqualNode(fresh)) return; // what has focus keeps it
  fill(box, fresh);
}

function headline(now) {
  const words = now.done ? "Đã hoàn thành chuyên đề" : "Chưa hoàn thành";
  const rest = now.done
    ? "Đồng chí có thể xem lại bất cứ lúc nào."
    : "Còn những việc dưới đây; mỗi việc có đường dẫn đến đúng chỗ.";
  const lines = [h("p", { class: "state-words" }, words), h("p", {}, rest)];
  return h("div", { class: now.done ? "state state-done" : "state" }, ...lines);
}

function rows(now, context) {
  const wanted = [sectionsRow(now)];
  if (now.total) wanted.push(scoreRow(now, context.config));
  if (context.config.minimumSeconds) wanted.push(timeRow(now, context.config, context.clockKept));
  return wanted;
}

function row(met, name, figure, ...more) {
  const icon = h("span", { class: "icon", "aria-hidden": "true" }, met ? "✓" : "○");
  const state = h("span", { class: "unseen" }, met ? "Đã đạt: " : "Còn thiếu: ");
  const line = h("p", { class: "want-name" }, h("strong", {}, state, name), h("span", { class: "figure" }, figure));
  return h("li", { class: met ? "want want-met" : "want" }, icon, h("div", {}, line, ...more));
}

function sectionsRow(now) {
  const met = !now.unseen.length;
  const figure = `${now.sections - now.unseen.length}/${now.sections} mục`;
  return row(met, "Đọc hết các mục", figure, ...(met ? [] : [links(now.unseen, titleOf)]));
}

function scoreRow(now, config) {
  const figure = `${number(now.percent)}% (cần ${config.passMark}%)`;
  const points = `Được ${now.earned}/${now.total} điểm.`;
  if (now.passed) return row(true, "Trả lời câu hỏi", figure, h("p", {}, points));
  if (!now.open.length) return row(false, "Trả lời câu hỏi", figure, h("p", {}, `${points} Đã dùng hết số lần trả lời.`));
  return row(false, "Trả lời câu hỏi", figure, h("p", {}, `${points} Câu chưa xong:`), links(now.open, labelOf));
}

function timeRow(now, config, clockKept) {
  const want = Math.ceil(config.minimumSeconds / 60);
  const figure = clockKept ? `${want} phút` : `${Math.floor(now.seconds / 60)}/${want} phút`;
  if (now.enough) return row(true, "Thời gian học", figure);
  const rest = Math.max(1, Math.ceil((config.minimumSeconds - now.seconds) / 60));
  const text = clockKept ? "Chưa đủ thời gian tối thiểu." : `Còn khoảng ${rest} phút.`;
  return row(false, "Thời gian học", figure, h("p", {}, `${text} `, h("a", { href: `#${config.sections[0].id}` }, "Đọc lại từ đầu")));
}

/** When every attempt is spent below the pass mark, there is a way on. */
function again(now, context) {
  if (now.passed || now.open.length || !now.failed.length) return [];
  const button = h("button", { type: "button", class: "button", onclick: context.retake }, "Làm lại các câu chưa đúng");
  const text = `Có ${now.failed.length} câu chưa đúng. Nên đọc lại phần giải thích trước khi làm lại.`;
  return [h("div", { class: "again" }, h("p", {}, text), links(now.failed, labelOf), button)];
}

function links(targets, name) {
  const link = (target) => h("li", {}, h("a", { href: `#${target.id}` }, name(target.id)));
  const shown = targets.slice(0, MOST_LINKS).map(link);
  if (targets.length > MOST_LINKS) shown.push(h("li", {}, `và ${targets.length - MOST_LINKS} chỗ nữa`));
  return h("ul", { class: name === labelOf ? "ways ways-short" : "ways" }, ...shown);
}

const titleOf = (id) => document.getElementById(id).querySelector("h2").textContent;

const labelOf = (id) => own(`${id}-label`).firstChild.textContent.trim();

const number = (value) => String(value).replace(".", ",");
