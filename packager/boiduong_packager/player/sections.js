/** One step at a time: the topic's sections, then the result. The address's hash and the browser's history lead. */

/**
 * @param {{seen: (id: string) => void, shown: (id: string) => void}} tell
 */
export function wireSections(tell) {
  const steps = [...document.querySelectorAll(".step")];
  let current = null;
  let opened = null; // what an address without a hash shows: there the browser's "back" ends
  const watch = watchEnds((step) => tell.seen(step.id));

  function show(step) {
    if (step === current) return;
    current = step;
    steps.forEach((other) => {
      other.hidden = other !== step;
    });
    watch(step);
    tell.shown(step.id);
  }

  /** The step that holds what the hash names, and that very thing. */
  function target() {
    const name = decodeHash();
    const element = name ? document.getElementById(name) : opened;
    const step = element && element.closest(".step");
    return step ? { element, step } : null;
  }

  function follow() {
    const found = target();
    if (!found || found.step === current) return;
    show(found.step);
    found.element.scrollIntoView();
    focusHeading(found.element);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".on");
    if (link && current) tell.seen(current.id);
  });
  window.addEventListener("hashchange", follow);

  return {
    steps,
    current: () => current.id,
    /** Where to begin: the address's hash, else the place of last time, else the first step. */
    begin(place) {
      const found = target();
      opened = found ? found.step : steps.find((other) => other.id === place) || steps[0];
      show(opened);
      if (found && found.element !== opened) found.element.scrollIntoView();
    },
  };
}

/** The link that was pressed is hidden now: whoever tabs or listens goes on at the heading of what was asked for. */
function focusHeading(element) {
  const heading = element.querySelector(element.matches(".step") ? "h2" : ".question-label") || element;
  if (heading.tabIndex < 0) heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

function decodeHash() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch (error) {
    return "";
  }
}

/** Calls `reached` when the end of the watched step comes into sight. */
function watchEnds(reached) {
  if (!window.IntersectionObserver) return () => {}; // then "Mục tiếp" alone tells
  let watched = null;
  const observer = new IntersectionObserver((entries) => {
    if (watched && entries.some((entry) => entry.isIntersecting)) reached(watched);
  });
  return (step) => {
    observer.disconnect();
    watched = step;
    observer.observe(step.querySelector(".walk"));
  };
}
