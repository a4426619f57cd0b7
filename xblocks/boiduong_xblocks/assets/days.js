/** The block of days: draws what the platform says, asks it for newer figures, and lets staff try the connection. */

import { fill, make, rootOf, set } from "./dom.js";
import { post, whyNot } from "./post.js";

/**
 * @param {object} runtime of the platform
 * @param {HTMLElement|ArrayLike<HTMLElement>} element the block's own, in older pages inside jQuery
 * @param {object} args of a learner `shown` (days_words.shown), `ask` whether to ask for newer figures, `unasked`
 *   and `expired` what to say where that fails or the login is over; of staff these two alone
 */
window.BoiduongDays = function (runtime, element, args) {
  const root = rootOf(element, ".boiduong-days");
  const state = root.querySelector(".boiduong-days-state");
  if (args.shown) ofLearner(root, state, runtime.handlerUrl(element, "days"), args);
  else ofStaff(root, state, runtime.handlerUrl(element, "try_connection"), args);
};

function ofLearner(root, state, address, args) {
  draw(root, state, args.shown);
  if (!args.ask) return;
  const failed = (reason) => {
    // Figures that are there stay, with the moment they are of.
    if (!args.shown.result) state.textContent = whyNot(reason, args, args.unasked);
  };
  post(address, {}).then((shown) => draw(root, state, shown), failed);
}

function ofStaff(root, state, address, args) {
  const button = root.querySelector("button");
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    state.textContent = "…";
    const say = (text) => {
      state.textContent = text;
      button.removeAttribute("aria-disabled");
    };
    post(address, {}).then((said) => say(said.state), (reason) => say(whyNot(reason, args, args.unasked)));
  });
}

function draw(root, state, shown) {
  const notes = shown.notes.map((text) => ofBooks("boiduong-days-aside", text));
  const provisional = shown.provisional ? [make("p", shown.provisional)] : [];
  const result = shown.result ? [ofBooks("boiduong-days-result", shown.result)] : [];
  fill(root.querySelector(".boiduong-days-books"), ...result, ...list(shown.figures), ...provisional, ...notes);
  const nothing = shown.nothing ? [make("p", shown.nothing)] : [];
  fill(root.querySelector(".boiduong-days-course"), ...list(shown.course), ...nothing);
  set(state, shown.state);
}

/** Pairs of a name and what it is. */
function list(pairs) {
  if (!pairs.length) return [];
  const rows = make("dl", "");
  rows.className = "boiduong-days-list";
  for (const pair of pairs) {
    const row = make("div", "");
    row.append(make("dt", pair[0]), make("dd", pair[1]));
    rows.append(row);
  }
  return [rows];
}

/** The books' own words, which are Vietnamese whatever the page speaks. */
function ofBooks(className, text) {
  const paragraph = make("p", text);
  paragraph.className = className;
  paragraph.lang = "vi";
  return paragraph;
}
