/** Questions in the page: attempts, verdicts, what is remembered of them. */

import { idsIn, lock, makeSortable, readAnswer, stillAsked, writeAnswer } from "./answers.js";
import { grade } from "./grading.js";
import { markLines } from "./marks.js";
import { pack, short, unpack } from "./state.js";
import { unveil } from "./veil.js";
import { clearMarks, clearVerdict, showVerdict } from "./verdict.js";

/**
 * @param {{topic: string, questions: object[]}} config as page/key.py wrote it
 * @param {import("./state.js").State} state
 * @param {{answered: (interaction: object) => void, writing: () => void, noted: () => void,
 *   say: (text: string) => void}} tell `writing` with every change of a reflection, `noted` when it is left or saved
 */
export function wireQuestions(config, state, tell) {
  const scored = config.questions.filter((question) => question.points > 0);
  const wired = scored.map((question) => wireScored(config.topic, question, state, tell));
  config.questions.filter((question) => !question.points).forEach((question) => wireReflection(question, state, tell));
  return {
    /** Offer those not answered right once more. */
    retake: () => wired.forEach((question) => question.retake()),
  };
}

function wireScored(topic, question, state, tell) {
  const form = document.getElementById(question.id);
  const name = short(question.id);
  const result = () => state.results.get(name) || { right: false, used: 0 };
  const reveal = (piece, veiled) => (veiled ? unveil(veiled, topic, question.id, piece) : "");

  function feedback(answer) {
    if (!question.feedback) return [];
    const given = answer.filter((id) => question.feedback[id]);
    return given.map((id) => ({
      title: question.kind === "several" ? labelOf(form, id) : "",
      html: reveal(id, question.feedback[id]),
    }));
  }

  function show(answer, key) {
    const right = result().right;
    const left = right ? 0 : Math.max(0, question.attempts - result().used);
    const final = right || !left;
    clearMarks(form);
    showVerdict(form, {
      right,
      left,
      feedback: answer ? feedback(answer) : [],
      explanation: final ? reveal("explanation", question.explanation) : "",
    });
    lock(form, final);
    if (final) markLines(question.kind, form, key, linesOf(question.kind, key, answer, right));
    form.querySelector(".tries").textContent = "";
    form.querySelector(".button").textContent = "Trả lời lại";
    return final;
  }

  function submit() {
    const answer = readAnswer(question.kind, form);
    const asked = stillAsked(question.kind, answer);
    if (asked) return clearVerdict(form, asked);
    const key = JSON.parse(reveal("answer", question.answer));
    const right = grade(question.kind, key, answer).right;
    state.results.set(name, { right, used: result().used + 1 });
    state.answers.delete(name); // so that the newest stands last and is dropped last
    state.answers.set(name, pack(question.kind, answer));
    const final = show(answer, key);
    const verdict = form.querySelector(".verdict");
    if (final) verdict.focus({ preventScroll: true }); // its button is gone, and the focus with it
    verdict.scrollIntoView({ block: "nearest" });
    tell.answered({ id: question.id, kind: question.kind, points: question.points, right, answer, at: new Date() });
  }

  function restore() {
    const answer = unpack(question.kind, state.answers.get(name), idsIn(question.kind, form));
    if (answer) writeAnswer(question.kind, form, answer);
    show(answer, JSON.parse(reveal("answer", question.answer)));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  makeSortable(form, (text, place, total) => tell.say(`${text}: vị trí ${place} trên ${total}`));
  if (result().used) restore();

  return {
    retake() {
      if (result().right || result().used < question.attempts) return;
      state.results.set(name, { right: false, used: 0 });
      state.answers.delete(name);
      clearMarks(form);
      clearVerdict(form);
      lock(form, false);
      form.querySelector(".button").textContent = "Trả lời";
      form.querySelector(".tries").textContent = `Được trả lời ${question.attempts} lần`;
    },
  };
}

/** An answer that was dropped for want of room leaves its result: all lines are as right as the whole. */
function linesOf(kind, key, answer, right) {
  if (answer) return grade(kind, key, answer).lines;
  return Object.keys(key).map(() => right);
}

function labelOf(form, value) {
  const input = [...form.querySelectorAll("input")].find((field) => field.value === value);
  return form.querySelector(`label[for="${input.id}"]`).textContent;
}

function wireReflection(question, state, tell) {
  const form = document.getElementById(question.id);
  const field = form.elements.text;
  const name = short(question.id);
  field.value = state.notes.get(name) || "";
  const keep = (told) => {
    const text = field.value.trim().normalize("NFC");
    state.notes.delete(name);
    if (text) state.notes.set(name, text);
    told();
  };
  // Whoever closes the page with the cursor still in the field makes no "change".
  field.addEventListener("input", () => keep(tell.writing));
  field.addEventListener("change", () => keep(tell.noted));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(tell.noted);
    clearVerdict(form, field.value.trim() ? "Đã lưu." : "Chưa có gì để lưu.");
  });
}
