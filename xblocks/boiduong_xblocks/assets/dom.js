/** The block's own part of the page, and small doings in it. */

/**
 * The block's outermost element of ours: the platform hands over the one around it, its older pages inside jQuery.
 *
 * @param {Element | ArrayLike<Element>} element @param {string} selector
 * @returns {Element}
 */
export function rootOf(element, selector) {
  return (element.querySelector ? element : element[0]).querySelector(selector);
}

/** An element with text. @param {string} tag @param {string} text */
export function make(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** These children and no others: `replaceChildren` is younger than some of the browsers. @param {Element} place */
export function fill(place, ...children) {
  place.textContent = "";
  place.append(...children);
}

/** `text` in `place`. One that stands already is not said again to who listens. */
export function set(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** Shows `text` in `place`, or hides it without one. */
export function tell(place, text) {
  set(place, text);
  place.hidden = !text;
}
