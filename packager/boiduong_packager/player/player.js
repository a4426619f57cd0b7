/** Puts the player together: the page, the clock, the questions, and whoever keeps the results. */

import { attend } from "./attention.js";
import { notice, say, showClock, showPlace, wireContents, wireSkip } from "./display.js";
import { own } from "./element.js";
import { wireQuestions } from "./questions.js";
import { showResult } from "./result.js";
import { connect, whenFound } from "./scorm.js";
import { wireSections } from "./sections.js";
import { createSession } from "./session.js";

const SAVE_EVERY = 30000;
const RESULT = "boiduong-ket-qua";

function play(config) {
  const keeper = connect(config.standard, config.topic);
  const sections = wireSections({ seen: sawSection, shown: () => started && refresh() });
  const session = createSession(config, keeper, { place: sections.current, notice });
  const questions = wireQuestions(config, session.state, { answered, writing: session.touch, noted: session.save, say });
  let started = false;
  let clockKept = false;
  let wasDone = session.standing().done;

  function refresh() {
    const standing = session.standing();
    const seconds = standing.seconds;
    showClock({ seconds, minimum: config.minimumSeconds, rest: session.clock.rest(), kept: clockKept });
    showPlace(sections.steps, sections.current(), session.state);
    if (sections.current() === RESULT) showResult(standing, { config, clockKept, retake });
    if (standing.done && !wasDone) complete();
  }

  function complete() {
    wasDone = true;
    say("Đã hoàn thành chuyên đề.");
    session.save();
  }

  function answered(interaction) {
    keeper.record(interaction);
    session.save();
    refresh();
  }

  function retake() {
    questions.retake();
    session.save();
    refresh();
    say("Có thể trả lời lại các câu chưa đúng.");
  }

  function sawSection(id) {
    if (session.sawSection(id)) refresh();
  }

  function readSection(button) {
    session.readSection(config.sections.find((section) => section.id === button.dataset.read));
    sawSection(button.dataset.read);
    button.textContent = "✓ Đã ghi nhận";
    say("Đã ghi nhận là đã đọc mục này.");
    session.save();
    refresh();
  }

  wireContents();
  wireSkip();
  sections.begin(keeper.place);
  attend(session.clock, refresh);
  started = true;
  refresh();
  if (keeper.kind === "local" || keeper.kind === "none") notice(keeper.kind);
  keeper.overtaken(() => notice("elsewhere"));

  setInterval(session.beat, SAVE_EVERY);
  document.addEventListener("click", (event) => event.target.dataset.read && readSection(event.target));
  // A phone may end a hidden page without a word. On a real leave the timer never comes, and `pagehide` is the one call.
  document.addEventListener("visibilitychange", () => document.hidden && setTimeout(session.beat, 0));
  window.addEventListener("online", session.beat);
  window.addEventListener("pagehide", session.leave);
  // Back from the browser's cache the LMS's session is over: begin a new one.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.addEventListener("message", (event) => {
    const fromHost = event.source === window.parent && event.source !== window;
    clockKept = clockKept || (fromHost && Boolean(event.data) && event.data.boiduong === "clock-kept");
    refresh();
  });
}

whenFound(() => {
  document.documentElement.classList.add("js");
  play(JSON.parse(own("config").textContent));
});
