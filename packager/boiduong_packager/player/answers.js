/** Answers in their fields: read, put back, locked. One entry a kind, in the shapes of grading.js. */

const all = (form, selector) => [...form.querySelectorAll(selector)];
const rows = (form) => all(form, ".steps > li");

const chosen = {
  read: (form) => all(form, "input:checked").map((input) => input.value),
  write: (form, answer) =>
    all(form, "input").forEach((input) => {
      input.checked = answer.includes(input.value);
    }),
  ids: (form) => all(form, "input").map((input) => input.value),
};

const FIELDS = {
  choice: { ...chosen, ask: "Hãy chọn một phương án rồi bấm «Trả lời»." },
  truefalse: { ...chosen, ask: "Hãy chọn «Đúng» hoặc «Sai» rồi bấm «Trả lời»." },
  several: { ...chosen, ask: "Hãy chọn ít nhất một phương án rồi bấm «Trả lời»." },
  blanks: {
    read: (form) => all(form, ".blank").map((input) => input.value.trim().normalize("NFC")),
    write: (form, answer) =>
      all(form, ".blank").forEach((input, place) => {
        input.value = answer[place] || "";
      }),
    ask: "Hãy điền đủ các chỗ trống rồi bấm «Trả lời».",
  },
  number: {
    read: (form) => form.elements.number.value.trim(),
    write: (form, answer) => {
      form.elements.number.value = answer;
    },
    ask: "Hãy ghi một con số, ví dụ 7 hoặc 3,5.",
  },
  matching: {
    read: (form) => all(form, "select").reduce((pairs, select) => ({ ...pairs, [select.name]: select.value }), {}),
    write: (form, answer) =>
      all(form, "select").forEach((select) => {
        select.value = answer[select.name] || "";
      }),
    ids: (form) => all(form, "select").flatMap((select) => [select.name, ...[...select.options].map((o) => o.value)]),
    ask: "Hãy chọn một mục cho mỗi dòng rồi bấm «Trả lời».",
  },
  ordering: {
    read: (form) => rows(form).map((row) => row.dataset.id),
    write: (form, answer) => {
      const byId = new Map(rows(form).map((row) => [row.dataset.id, row]));
      if (answer.every((id) => byId.has(id))) form.querySelector(".steps").append(...answer.map((id) => byId.get(id)));
    },
    ids: (form) => rows(form).map((row) => row.dataset.id),
    ask: "",
  },
};

export const readAnswer = (kind, form) => FIELDS[kind].read(form);
export const writeAnswer = (kind, form, answer) => FIELDS[kind].write(form, answer);

/** The ids an answer of this form may name. */
export const idsIn = (kind, form) => (FIELDS[kind].ids ? FIELDS[kind].ids(form) : []);

/** What to ask for when the answer is not whole yet; "" when it is. */
export function stillAsked(kind, answer) {
  const values = typeof answer === "string" ? [answer] : Object.values(answer);
  const whole = values.length > 0 && values.every((value) => value !== "");
  const sound = kind !== "number" || /\d/.test(answer);
  return whole && sound ? "" : FIELDS[kind].ask;
}

/** The fields can be read but no longer changed (or again, for another try). */
export function lock(form, locked) {
  all(form, "input, select, .act button, .move").forEach((field) => {
    field.disabled = locked;
  });
  form.classList.toggle("locked", locked);
}

/** The buttons that move a step of an ordering up or down; the step is carried along under the finger. */
export function makeSortable(form, moved) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest(".move");
    if (!button || button.disabled) return;
    const row = button.closest("li");
    const up = button.dataset.by === "-1";
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (up) other.before(row);
    else other.after(row);
    button.focus();
    moved(row.querySelector(".step-text").textContent, rows(form).indexOf(row) + 1, rows(form).length);
  });
}
