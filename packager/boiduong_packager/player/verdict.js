/** What a question says after an answer: words first, never a scolding colour. */

import { fill, h } from "./element.js";

const ICONS = { right: "✓", wrong: "○" };

/**
 * @param {HTMLFormElement} form
 * @param {{right: boolean, left: number, feedback: {title: string, html: string}[], explanation: string}} verdict
 *   `left` attempts; `title` names the option where several were chosen
 */
export function showVerdict(form, verdict) {
  const box = form.querySelector(".verdict");
  box.className = `verdict prose ${verdict.right ? "verdict-right" : "verdict-wrong"}`;
  fill(box, headline(verdict.right, verdict.left), ...verdict.feedback.map(feedbackBlock));
  if (verdict.explanation) box.append(explanationBlock(verdict.explanation));
}

function explanationBlock(html) {
  return h("div", { class: "explanation" }, h("p", { class: "alert-title" }, "Giải thích"), h("div", { html }));
}

function headline(right, left) {
  const rest = right ? "" : left ? ` Còn ${left} lần trả lời.` : " Đáp án đúng được đánh dấu ở trên.";
  return h("p", { class: "headline" }, icon(right), h("strong", {}, right ? "Đúng." : "Chưa đúng."), rest);
}

function feedbackBlock(feedback) {
  const block = h("div", { class: "feedback", html: feedback.html });
  if (feedback.title) block.prepend(h("p", { class: "feedback-title" }, feedback.title));
  return block;
}

function icon(right) {
  return h("span", { class: "icon", "aria-hidden": "true" }, right ? ICONS.right : ICONS.wrong);
}

export function clearVerdict(form, text = "") {
  const box = form.querySelector(".verdict");
  box.className = "verdict prose";
  fill(box, ...(text ? [h("p", {}, text)] : []));
}

/** A mark beside an option, a blank, a pair or a step. `own` is what the learner gave, where it was not right. */
export function mark(element, right, text) {
  element.append(h("span", { class: `mark ${right ? "mark-right" : "mark-wrong"}` }, icon(right), text));
}

export function clearMarks(form) {
  form.querySelectorAll(".mark").forEach((element) => element.remove());
}
