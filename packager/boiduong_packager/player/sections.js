/** One step at a time: the topic's sections, then the result. The address's hash and the browser's history lead. */

/**
 * @param {{seen: (id: string) => void, shown: (id: string) => void}} tell
 */
export function wireSections(tell) {
  const steps = [...document.querySelectorAll(".step")];
  let current = null;
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
    const element = document.getElementById(decodeHash());
    const step = element && element.closest(".step");
    return step ? { element, step } : null;
  }

  function follow() {
    const found = target();
    if (!found || found.step === current) return;
    show(found.step);
    const isStep = found.element === found.step;
    found.element.scrollIntoView();
    (isStep ? found.step.querySelector("h2") : found.element).focus({ preventScroll: true });
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
      const step = found ? found.step : steps.find((other) => other.id === place) || steps[0];
      show(step);
      if (found && found.element !== step) found.element.scrollIntoView();
    },
  };
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
