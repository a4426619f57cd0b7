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
  const turn = takeTurns(() => {
    clock.hide(now());
    changed();
  });
  const show = (time) => {
    turn();
    clock.show(time);
  };
  INPUT.forEach((name) =>
    on(name, (time, event) => {
      if (event.repeat || document.hidden) return; // something heavy lying on a key is nobody
      show(time);
      clock.input(time);
    }),
  );
  attendMedia(clock, on);
  on("visibilitychange", (time) => (document.hidden ? clock.hide(time) : show(time)));
  setInterval(() => {
    clock.tick(now());
    changed();
  }, SECOND);
  if (!document.hidden) show(now());
}

/**
 * One learner reads in one place: of windows side by side only the one touched last counts.
 * @param {() => void} yielded called when another window is touched
 * @returns {() => void} takes the turn for this window
 */
function takeTurns(yielded) {
  let mine = false;
  const others = openChannel();
  if (!others) return () => {};
  others.onmessage = () => {
    mine = false;
    yielded();
  };
  return () => {
    if (!mine) others.postMessage("");
    mine = true;
  };
}

function openChannel() {
  try {
    return new BroadcastChannel("boiduong-dong-ho");
  } catch (error) {
    return null; // an old browser, or a frame that is denied it
  }
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
