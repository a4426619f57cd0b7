/** The study clock on top of a unit: hears the learner, tells the server, shows how the topic stands. */

import { attend, now } from "../../../packager/boiduong_packager/player/attention.js";
import { createClock } from "../../../packager/boiduong_packager/player/clock.js";
import { createBeats } from "./beats.js";
import { rootOf } from "./dom.js";
import { createStored } from "./stored.js";
import { post } from "./post.js";
import { createShown } from "./shown.js";
import { hearYouTube } from "./youtube.js";

const SETTLED = 2000; // by then the page before has told its last seconds

/** One learner reads in one place: a page with several clocks, as where a unit was copied or replaced, has one that runs. */
let running = null;

/**
 * The platform calls it with the element around the block; the course's older pages wrap it in jQuery.
 *
 * @param {{handlerUrl: (element: Element, name: string) => string}} runtime
 * @param {Element | Element[]} element
 * @param {object} args as `student_view` in study_clock.py makes them
 */
window.BoiduongStudyClock = function (runtime, element, args) {
  const root = rootOf(element, ".boiduong-clock");
  const address = (name) => runtime.handlerUrl(element, name);
  if (running) running.stop();
  running = start(root, address, args);
};

function start(root, address, args) {
  const clock = createClock();
  const kept = createStored({ account: args.account, address: address("beat"), own: args.launch.launch, now, post });
  const shown = createShown(root, args);
  const beats = createBeats({
    post: (name, body) => post(address(name), body),
    now,
    launch: args.launch,
    studied: args.studied_ms,
    keep: kept.keep,
    changed: show,
  });
  const attention = attend(clock, changed);
  const youtube = hearYouTube(attention);

  function show() {
    const rest = clock.rest() === "hidden" && !document.hidden ? "elsewhere" : clock.rest();
    shown.show(beats.studied(), beats.trouble() || rest);
  }

  function changed() {
    if (!root.isConnected) return stop();
    youtube.look();
    if (beats.note(clock.spans())) document.hidden ? beats.leave() : beats.tell();
    show();
  }

  /** Nothing after this moment is heard of for certain. */
  function leave() {
    clock.hide(now());
    beats.note(clock.spans());
    beats.leave();
  }

  const hidden = () => document.hidden && leave();
  const online = () => {
    beats.send();
    kept.send();
  };
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", online);

  function stop() {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("online", online);
    youtube.stop();
    attention.stop();
    leave();
  }

  kept.send();
  setTimeout(beats.ask, SETTLED);
  show();
  return { stop };
}
