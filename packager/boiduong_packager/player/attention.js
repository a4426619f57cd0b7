/** Wires the clock to a page: what the learner does, what plays, whether the page is seen. */

const INPUT = ["scroll", "focusin", "selectionchange", "keydown", "pointerdown", "touchstart"];
const SECOND = 1000;

/** Milliseconds that never run backwards, whatever is done to the computer's date. */
export const now = () => Math.round(performance.now());

/**
 * @param {ReturnType<import("./clock.js").createClock>} clock
 * @param {() => void} changed called after every sign and every second
 */
export function attend(clock, changed) {
  const on = (name, act) =>
    document.addEventListener(
      name,
      (event) => {
        act(now(), event);
        changed();
      },
      { capture: true, passive: true },
    );
  INPUT.forEach((name) => on(name, (time) => clock.input(time)));
  attendMedia(clock, on);
  on("visibilitychange", (time) => (document.hidden ? clock.hide(time) : clock.show(time)));
  setInterval(() => {
    clock.tick(now());
    changed();
  }, SECOND);
  if (!document.hidden) clock.show(now());
}

/** Media events do not bubble, but they are captured. */
function attendMedia(clock, on) {
  const playing = new Set();
  on("play", (time, event) => {
    playing.add(event.target);
    clock.play(time);
  });
  on("pause", (time, event) => {
    playing.delete(event.target);
    if (!playing.size) clock.pause(time);
  });
}
