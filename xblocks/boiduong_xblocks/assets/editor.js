/** Studio's form for the settings of a block: only what was changed is sent, and what is wrong is said beside its field. */

import { make, rootOf, set, tell } from "./dom.js";
import { post } from "./post.js";

/**
 * @param {object} runtime of the platform; `notify`, which moves Studio's own window, is not there everywhere
 * @param {Element | ArrayLike<Element>} element the block's own, in older pages inside jQuery
 * @param {{id: string, fields: object[], texts: {[name: string]: string}}} args see editing.Edited
 */
window.BoiduongEditor = function (runtime, element, args) {
  const root = rootOf(element, ".boiduong-editor");
  const fields = args.fields.map((field) => makeField(field, `${args.id}-${field.name}`, args.texts));
  root.querySelector(".boiduong-editor-fields").append(...fields.map((field) => field.row));
  const address = runtime.handlerUrl(element, "submit_studio_edits");
  const notify = (name, said) => runtime.notify && runtime.notify(name, said);
  const state = root.querySelector(".boiduong-editor-state");
  const button = root.querySelector(".save-button");

  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    fields.forEach((field) => field.blame(""));
    set(state, "");
    notify("save", { state: "start" });
    post(address, changed(fields)).then(saved, refused).then(() => button.removeAttribute("aria-disabled"));
  });
  root.querySelector(".cancel-button").addEventListener("click", () => notify("cancel", {}));

  function saved() {
    fields.forEach((field) => field.keep());
    set(state, args.texts.saved);
    notify("save", { state: "end" });
  }

  function refused(answer) {
    const said = answer.messages || [];
    const faulty = fields.filter((field) => field.blame(textsOf(said, field)));
    set(state, whyNot(answer, args.texts));
    // Studio shows that it is saving until it hears of an end or an error.
    notify("error", { title: args.texts.unsaved, message: said.map((each) => each.text).join(" ") || state.textContent });
    if (faulty.length) faulty[0].input.focus();
  }
};

function changed(fields) {
  const values = {};
  for (const field of fields) if (!field.isReset && field.isChanged) values[field.name] = field.input.value;
  return { values, defaults: fields.filter((field) => field.isReset).map((field) => field.name) };
}

function textsOf(messages, field) {
  return messages.filter((each) => each.field === field.name).map((each) => each.text).join(" ");
}

function whyNot(answer, texts) {
  if (answer.messages && answer.messages.length) return texts.faulty;
  if (answer.said) return answer.said;
  return { 0: texts.offline, 401: texts.expired }[answer.status] || texts.failed;
}

/** One field: its row of the form, what was done with it, and what is wrong with it. */
function makeField(asked, id, texts) {
  const row = make("div", "");
  const label = make("label", asked.label);
  const input = inputOf(asked, texts);
  const help = make("p", asked.help);
  const fault = make("p", "");
  const reset = make("button", texts.reset);
  let before = asked.value;
  let isReset = false;

  label.htmlFor = input.id = id;
  help.id = `${id}-help`;
  help.className = "boiduong-editor-help";
  help.hidden = !asked.help;
  fault.id = `${id}-fault`;
  fault.className = "boiduong-editor-fault";
  fault.hidden = true;
  reset.type = "button";
  reset.setAttribute("aria-label", `${texts.reset}: ${asked.label}`);
  reset.hidden = !asked.resets;
  input.setAttribute("aria-describedby", `${help.id} ${fault.id}`);
  input.addEventListener("input", () => {
    isReset = false;
    reset.hidden = !asked.resets;
  });
  reset.addEventListener("click", () => {
    input.value = asked.default;
    isReset = true;
    input.focus();
    reset.hidden = true;
  });
  row.append(label, input, fault, help, reset);

  return {
    row,
    input,
    name: asked.name,
    get isReset() {
      return isReset;
    },
    get isChanged() {
      return input.value !== before;
    },
    /** It stands on the server as it stands here. */
    keep() {
      before = input.value;
      isReset = false;
    },
    /** Says what is wrong with it, "" for nothing; whether there is something. */
    blame(text) {
      tell(fault, text);
      input.setAttribute("aria-invalid", String(Boolean(text)));
      return Boolean(text);
    },
  };
}

function inputOf(asked, texts) {
  const input = document.createElement(asked.kind === "choice" ? "select" : "input");
  if (asked.kind === "choice") input.append(new Option(texts.yes, "true"), new Option(texts.no, "false"));
  else input.type = "text";
  // No number input: it hands over nothing of what cannot be a number, and is changed by a turn of the wheel.
  if (asked.kind === "number") input.inputMode = "numeric";
  input.value = asked.value;
  return input;
}
