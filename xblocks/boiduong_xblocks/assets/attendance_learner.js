/** The learner's page: their state in sentences, and a field for the code. The server says every sentence. */
import { fill, make, tell } from "./dom.js";
import { post, whyNot } from "./post.js";
import { repeat } from "./repeat.js";

const RETRY_MS = 10000;
const SPREAD = { least: 0.6, more: 0.9 }; // of what the server says: a hall of telephones must not ask at once

/** @typedef {{said: string[], asks: string, pause_ms: number, wrong: string, again_ms: number}} State */

/** @param {Element} root @param {(name: string) => string} address @param {object} args */
export function openLearner(root, address, args) {
  const find = (name) => root.querySelector(name);
  const said = find(".boiduong-said");
  const form = find("form");
  const wrong = find("form .boiduong-wrong");
  const offline = find(".boiduong-offline");
  const field = find("input");
  const button = find("form button");
  const refresh = find(".boiduong-refresh");
  const free = !args.watching;
  let rest = 0;

  /** @param {State} state */
  function show(state) {
    const lines = state.said.map((line) => make("p", line));
    if (said.textContent !== state.said.join("")) fill(said, ...lines);
    form.hidden = !state.asks;
    button.textContent = state.asks;
    complain(state.wrong);
    pause(state.pause_ms);
    tell(offline, "");
    return state.again_ms * (SPREAD.least + SPREAD.more * Math.random());
  }

  function complain(text) {
    tell(wrong, text);
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function pause(time) {
    clearTimeout(rest);
    button.disabled = !free || time > 0;
    if (time > 0) rest = setTimeout(over, time);
  }

  function over() {
    button.disabled = !free;
    complain("");
    tell(offline, "");
    tell(wrong, args.texts.over);
  }

  function failed(reason) {
    tell(offline, whyNot(reason, args.texts, args.texts.offline));
    return RETRY_MS;
  }

  const ask = () => post(address("state"), {}).then(show, failed);

  function send(event) {
    event.preventDefault();
    if (button.disabled) return;
    if (!field.value.trim()) return field.focus();
    button.disabled = true;
    post(address("scan"), { code: field.value }).then(answered, refused);
  }

  function answered(state) {
    if (state.wrong) field.select();
    else field.value = "";
    polls.soon(show(state));
  }

  function refused(reason) {
    button.disabled = false;
    failed(reason);
  }

  field.setAttribute("aria-describedby", name(wrong));
  const first = show(args.state);
  if (!free) {
    field.disabled = refresh.disabled = true;
    return;
  }
  const polls = repeat(root, first, ask);
  form.addEventListener("submit", send);
  refresh.addEventListener("click", () => polls.soon(0));
}

let names = 0;

function name(element) {
  names += 1;
  element.id = "boiduong-attendance-" + names;
  return element.id;
}
