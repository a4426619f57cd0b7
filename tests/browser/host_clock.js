/**
 * A host's own study clock beside a package, as a server's frame keeps it: it hears the learner in the package's window
 * and notes each sign as a line of our log. Times are the page's, whose clock the tests turn.
 */
window.keepTime = async (frame, place) => {
  const { createClock } = await import("/player/clock.js");
  const clock = createClock();
  const opened = Date.now();
  const now = () => Date.now();
  const signs = [];
  let sequence = 0;
  let told = opened;
  const sign = (until, elapsed) =>
    signs.push({
      name: "boiduong.study.beat", time_ms: until, ...place, sequence: (sequence += 1), opened_ms: opened,
      elapsed_ms: elapsed, age_ms: 0,
    });
  const tell = () => {
    for (const span of clock.spans()) {
      let from = Math.max(span.start, told);
      while (from < span.end) {
        const until = Math.min(from + 30000, span.end);
        sign(until, until - from);
        from = told = until;
      }
    }
  };
  sign(opened, 0);
  const hear = (target) =>
    ["scroll", "focusin", "selectionchange", "keydown", "pointerdown", "touchstart"].forEach((name) =>
      target.addEventListener(name, () => { clock.show(now()); clock.input(now()); tell(); }, { capture: true, passive: true }),
    );
  hear(frame.document);
  clock.show(now());
  setInterval(() => { clock.tick(now()); tell(); }, 1000);
  window.stopClock = () => { clock.hide(now()); tell(); return signs; };
};
