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
  const turn = takeTurns(() => {
    clock.hide(now());
    changed();
  });
  const ear = createEar(clock, { changed, turn });
  ear.hear(document);
  setInterval(() => {
    clock.tick(now());
    changed();
  }, SECOND);
}

/**
 * Hears the learner in one document or in several: input, and media, which do not bubble but are captured.
 *
 * @param {ReturnType<import("./clock.js").createClock>} clock
 * @param {{changed: () => void, turn: () => void}} host `turn` is called before the clock begins to run
 */
export function createEar(clock, host) {
  const heard = new Set();
  const playing = new Set();
  const seen = () => [...heard].some((each) => !each.hidden);
  const show = (time) => {
    host.turn();
    clock.show(time);
  };
  const look = (time) => (seen() ? show(time) : clock.hide(time));
  const fall = (gone) => {
    gone.forEach((medium) => playing.delete(medium));
    if (gone.length && !playing.size) clock.pause(now());
  };

  return {
    /** Listen in this document too, once. */
    hear(document) {
      if (heard.has(document)) return;
      heard.add(document);
      const on = (name, act) =>
        document.addEventListener(
          name,
          (event) => {
            act(now(), event);
            host.changed();
          },
          { capture: true, passive: true },
        );
      INPUT.forEach((name) =>
        on(name, (time, event) => {
          if (event.repeat || document.hidden) return; // something heavy lying on a key is nobody
          show(time);
          clock.input(time);
        }),
      );
      on("play", (time, event) => {
        playing.add(event.target);
        clock.play(time);
      });
      on("pause", (time, event) => fall([event.target]));
      on("visibilitychange", look);
      if (!document.hidden) show(now());
    },
    /** The document is gone: nothing plays there, nobody sees it. */
    forget(document) {
      if (!heard.delete(document)) return;
      fall([...playing].filter((medium) => medium.ownerDocument === document));
      if (!seen()) clock.hide(now());
    },
    /** @returns {Document[]} */
    heard: () => [...heard],
  };
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
