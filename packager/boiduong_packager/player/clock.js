/**
 * The clock of studied time. It stands alone: no DOM, no timer, no date. Every time is an argument, in milliseconds on
 * one scale that never runs backwards.
 *
 * The rule: a sign opens a run (open, return, media start, input after a pause). Each later beat, every 30 s and once
 * at the end (hidden, left, idle), vouches for the span since the previous sign, at most 35 s. Nothing after the last
 * sign counts. Active means: page visible, and input within 120 s or media playing; media counts for ten minutes
 * without input.
 */

/** The rule's figures, in milliseconds. */
export const RULE = { beat: 30000, vouch: 35000, idle: 120000, media: 600000 };

/**
 * @typedef {{start: number, end: number, claimed: boolean}} Span studied time; `claimed` by "Đã đọc", not by a sign
 * @typedef {"" | "hidden" | "idle" | "media"} Rest why the clock stands; "" while it runs
 */

export function createClock(rule = RULE) {
  /** @type {Span[]} in order of time, never overlapping */
  const spans = [];
  let visible = false;
  let playing = false;
  let touched = 0; // the last input, opening, return or media start
  let sign = null; // the open run's last sign; null while the clock stands
  let rest = "hidden";
  let stopped = null; // when a visible page fell idle
  let gap = null; // the last visible stretch without a sign: what "Đã đọc" may vouch for

  function add(start, end, claimed) {
    if (end <= start) return;
    const last = spans[spans.length - 1];
    if (last && last.end === start && last.claimed === claimed) last.end = end;
    else spans.push({ start, end, claimed });
  }

  function vouch(time) {
    add(sign, Math.min(time, sign + rule.vouch), false);
    sign = time;
  }

  function stop(time, why) {
    vouch(time);
    sign = null;
    rest = why;
    stopped = why === "hidden" ? null : time;
  }

  /** End the run where it ended, though nobody looked at that moment. */
  function settle(time) {
    if (sign === null) return;
    const end = Math.max(sign, touched + (playing ? rule.media : rule.idle));
    if (time >= end) stop(end, playing ? "media" : "idle");
  }

  function start(time) {
    touched = time;
    if (sign !== null) return;
    gap = stopped === null ? null : { start: stopped, end: time };
    sign = time;
    rest = "";
  }

  return {
    /** The page is opened, or seen again. */
    show(time) {
      if (visible) return;
      visible = true;
      stopped = null;
      start(time);
    },
    /** The page is hidden or left. */
    hide(time) {
      settle(time);
      if (sign !== null) stop(time, "hidden");
      visible = false;
      rest = "hidden";
      stopped = gap = null;
    },
    /** Scroll, focus, selection, key or touch. */
    input(time) {
      settle(time);
      if (visible) start(time);
    },
    /** The first of the media starts. */
    play(time) {
      settle(time);
      playing = true;
      if (visible) start(time);
    },
    /** The last of the media stops. */
    pause(time) {
      settle(time);
      playing = false;
      if (sign === null) return;
      if (time >= touched + rule.idle) stop(time, "idle");
      else vouch(time);
    },
    /** Call it about once a second: beats fall due and idleness is noticed. */
    tick(time) {
      settle(time);
      if (sign !== null && time - sign >= rule.beat) vouch(time);
    },
    /**
     * "Đã đọc": whoever reads by ear gives no sign. Vouches for at most `allowance` of the visible time without a sign
     * before this press; answers how much.
     */
    read(time, allowance) {
      this.input(time);
      if (!gap) return 0;
      const amount = Math.min(allowance, gap.end - gap.start);
      const place = spans.findIndex((span) => span.start >= gap.end);
      const claim = { start: gap.end - amount, end: gap.end, claimed: true };
      if (amount > 0) spans.splice(place < 0 ? spans.length : place, 0, claim);
      gap = null;
      return amount;
    },
    /** Why the clock stands. @returns {Rest} */
    rest: () => rest,
    /** What has been vouched for. @returns {Span[]} */
    spans: () => spans.map((span) => ({ ...span })),
    /** The length of all spans in milliseconds. */
    total: () => spans.reduce((sum, span) => sum + span.end - span.start, 0),
  };
}
