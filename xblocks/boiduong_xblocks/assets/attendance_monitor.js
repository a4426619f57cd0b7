/** The monitor's page: the code for the hall's screen, and what to do next. The list is another room of it. */
import { fill, make, tell } from "./dom.js";
import { openRoll } from "./attendance_roll.js";
import { post, whyNot } from "./post.js";
import { repeat } from "./repeat.js";

const POLL_MS = 5000;
const RETRY_MS = 2000;
const TICK_MS = 250;
const PERIOD_MS = 30000;

/** @param {Element} root @param {(name: string) => string} address @param {object} args */
export function openMonitor(root, address, args) {
  const find = (name) => root.querySelector(name);
  const screen = find(".boiduong-screen");
  const letters = find(".boiduong-screen .boiduong-code");
  const old = find(".boiduong-screen .boiduong-old");
  const answer = find(".boiduong-answer");
  const sure = find(".boiduong-sure");
  const close = find(".boiduong-close");
  const strip = find(".boiduong-bar div");
  let until = 0; // when the code shown ends, by this page's own clock, which never jumps
  let cut = ""; // why the server does not answer

  function show(state) {
    cut = "";
    until = performance.now() + state.left_ms;
    tell(find(".boiduong-told"), state.told);
    fill(find(".boiduong-notices"), ...state.notices.map((line) => make("p", line)));
    screen.hidden = !state.code;
    find(".boiduong-screen .boiduong-label").textContent = state.label;
    spell(state.code);
    tell(find(".boiduong-count"), state.count);
    moves(state.moves, state.phase);
    tell(close, state.closes);
    close.dataset.asks = state.phase === "closed" ? "" : "yes";
    find(".boiduong-full").hidden = !state.code || !document.fullscreenEnabled;
    find(".boiduong-download").hidden = !state.has_sheet;
    tick();
    return Math.min(POLL_MS, state.left_ms + 50);
  }

  /** Each letter in a place of its own, so that the code is as wide as the block whatever its letters. */
  function spell(code) {
    letters.setAttribute("aria-label", code.split("").join(" "));
    letters.querySelectorAll("text").forEach((place, at) => {
      place.textContent = code.charAt(at);
    });
  }

  /** The buttons are made anew only when they change: whoever stands on one with the keyboard stays there. */
  function moves(next, phase) {
    const place = find(".boiduong-moves");
    const said = JSON.stringify(next) + phase;
    if (place.dataset.said === said) return;
    place.dataset.said = said;
    fill(place, ...next.map((each) => {
      const button = make("button", each.label);
      button.type = "button";
      if (phase !== "new") button.className = "boiduong-second";
      button.addEventListener("click", () => act("move", { to: each.to }));
      return button;
    }));
  }

  function tick() {
    const left = until - performance.now();
    strip.style.transform = "scaleX(" + Math.max(0, Math.min(1, left / PERIOD_MS)) + ")";
    const past = left < -1500;
    letters.classList.toggle("boiduong-past", past);
    tell(old, past && cut !== args.texts.expired ? args.texts.old : cut);
  }

  const ask = () => post(address("code"), {}).then(show, failed);

  function failed(reason) {
    cut = whyNot(reason, args.texts, args.texts.offline);
    tick();
    if (screen.hidden) tell(answer, whyNot(reason, args.texts, args.texts.unsaved));
    return RETRY_MS;
  }

  function act(name, body) {
    return post(address(name), body).then(
      (state) => {
        tell(answer, state.said || "");
        polls.soon(show(state));
        roll.refresh();
      },
      (reason) => tell(answer, whyNot(reason, args.texts, args.texts.unsaved)),
    );
  }

  /** In the page, because a page within another may not open the browser's own question. */
  function question(open) {
    sure.hidden = !open;
    (open ? find(".boiduong-no") : close).focus();
  }

  close.addEventListener("click", () => (close.dataset.asks ? question(true) : act("finish", {})));
  find(".boiduong-no").addEventListener("click", () => question(false));
  find(".boiduong-yes").addEventListener("click", () => {
    sure.hidden = true;
    act("finish", {}).then(() => (find(".boiduong-moves button") || close).focus());
  });
  find(".boiduong-full").addEventListener("click", () => {
    const asked = document.fullscreenElement ? document.exitFullscreen() : screen.requestFullscreen();
    asked.catch(() => {}); // the page around this one may forbid it; the code stands here all the same
  });
  find(".boiduong-download").href = address("sheet");
  const roll = openRoll(root, address, args);
  const polls = repeat(root, show(args.screen), ask);
  const ticks = setInterval(() => (root.isConnected ? tick() : clearInterval(ticks)), TICK_MS);
  keepAwake(root);
}

/** A screen that falls asleep shows no code. Browsers that cannot promise it have their own settings. */
function keepAwake(root) {
  if (!navigator.wakeLock) return;
  const hold = () => {
    if (!root.isConnected) return document.removeEventListener("visibilitychange", hold);
    if (!document.hidden) navigator.wakeLock.request("screen").catch(() => {});
    return undefined;
  };
  document.addEventListener("visibilitychange", hold);
  hold();
}
