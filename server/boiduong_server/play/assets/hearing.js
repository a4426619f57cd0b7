/**
 * Hears the learner wherever the package is: in its frames, nested ones too, and in windows it opens, as long as they are
 * of this origin. Frames that come later are found when they load, and by a look around every second.
 */

/** @param {ReturnType<import("../../../../packager/boiduong_packager/player/attention.js").createEar>} ear */
export function createHearing(ear) {
  /** @type {Set<Window>} windows that the package opened */
  const opened = new Set();
  const wrapped = new WeakSet();

  function visit(view, found) {
    const inside = documentOf(view);
    if (!inside) return;
    found.add(inside);
    ear.hear(inside);
    if (!wrapped.has(inside)) wrap(view, inside);
    for (let place = 0; place < view.frames.length; place += 1) visit(view.frames[place], found);
  }

  function wrap(view, inside) {
    wrapped.add(inside);
    inside.addEventListener("load", look, true); // does not bubble, but is captured: a frame in there has loaded
    const open = view.open;
    view.open = (...values) => {
      const child = open.apply(view, values);
      if (child) opened.add(child);
      return child;
    };
  }

  function look() {
    const found = new Set();
    visit(window, found);
    opened.forEach((view) => (view.closed ? opened.delete(view) : visit(view, found)));
    ear.heard().forEach((each) => found.has(each) || ear.forget(each));
  }

  return { look };
}

/** Null where the window is of another origin. */
function documentOf(view) {
  try {
    return view.document;
  } catch (error) {
    return null;
  }
}
