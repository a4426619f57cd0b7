/** After the last attempt: which lines were right, and what would have been. One entry a kind. */

import { mark } from "./verdict.js";

const all = (form, selector) => [...form.querySelectorAll(selector)];

function markOptions(form, key) {
  all(form, ".option").forEach((option) => {
    const input = option.querySelector("input");
    if (key.includes(input.value)) mark(option, true, input.checked ? "Chọn đúng" : "Đáp án đúng");
    else if (input.checked) mark(option, false, "Chưa đúng");
  });
}

const MARKS = {
  choice: markOptions,
  several: markOptions,
  truefalse: markOptions,
  blanks: (form, key, lines) =>
    all(form, ".blank").forEach((input, place) => {
      const holder = document.createElement("span");
      input.after(holder);
      mark(holder, lines[place], lines[place] ? "" : `Đáp án: ${key[place][0]}`);
    }),
  number: (form, key, lines) =>
    mark(form.querySelector(".answer"), lines[0], lines[0] ? "" : `Đáp án: ${key[0].replace(".", ",")}`),
  matching: (form, key, lines) =>
    all(form, ".pair").forEach((pair, place) => {
      const select = pair.querySelector("select");
      const wanted = [...select.options].find((option) => option.value === key[select.name]);
      mark(pair, lines[place], lines[place] ? "Đúng" : `Đáp án: ${wanted ? wanted.text : ""}`);
    }),
  ordering: (form, key, lines) =>
    all(form, ".steps > li").forEach((row, place) => {
      mark(row, lines[place], lines[place] ? "Đúng vị trí" : `Vị trí đúng: ${key.indexOf(row.dataset.id) + 1}`);
    }),
};

export function markLines(kind, form, key, lines) {
  MARKS[kind](form, key, lines);
}
