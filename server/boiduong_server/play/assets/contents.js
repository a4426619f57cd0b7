/** The table of contents and the way onward; nothing is shown for a package of one item. */

import { isDone, standing } from "./items.js";

const WORDS = { passed: "đạt", completed: "đã xong", failed: "chưa đạt", incomplete: "đang học", browsed: "đã xem" };
const WIDE = "(min-width: 60rem)";

function element(name, options = {}, ...children) {
  const made = Object.assign(document.createElement(name), options);
  made.append(...children);
  return made;
}

/**
 * @param {object[]} items the tree @param {object[]} units what can be opened
 * @param {{guide: () => object, status: (id: string) => string, here: () => object | null}} wishes
 */
export function createContents(items, units, wishes) {
  const guide = wishes.guide;
  const status = wishes.status;
  const here = wishes.here;
  const nav = document.getElementById("muc-luc");
  const onward = document.getElementById("di-tiep");
  const several = units.length > 1;
  const summary = element("summary", { textContent: "Mục lục" });
  const tree = element("div");
  const box = element("details", { open: matchMedia(WIDE).matches }, summary, tree);
  const back = element("button", { type: "button", textContent: "Bài trước", onclick: () => guide().back() });
  const forward = element("button", { type: "button", textContent: "Bài tiếp", onclick: () => guide().forward() });
  const word = element("p");
  nav.append(box);
  onward.append(back, word, forward);
  nav.hidden = onward.hidden = !several;

  function line(item) {
    const found = standing(item, status);
    const mark = element("span", { className: "mark", textContent: isDone(found) ? "✓" : "" });
    mark.setAttribute("aria-hidden", "true");
    const said = WORDS[found] ? element("span", { className: "said", textContent: ` (${WORDS[found]})` }) : "";
    const name = item.href ? chooser(item, mark, said) : element("span", { className: "heading" }, mark, item.title, said);
    const children = (item.items || []).filter((child) => child.visible !== false);
    return element("li", {}, name, ...(children.length ? [list(children)] : []));
  }

  function chooser(item, mark, said) {
    const closed = !guide().mayOpen(item);
    const button = element("button", { type: "button", onclick: () => closed || choose(item) }, mark, item.title, said);
    if (here() === item) button.setAttribute("aria-current", "step");
    if (closed) {
      button.setAttribute("aria-disabled", "true");
      button.append(element("span", { className: "said", textContent: " (chưa mở)" }));
    }
    return button;
  }

  function choose(item) {
    if (!matchMedia(WIDE).matches) box.open = false;
    if (here() !== item) guide().choose(item);
  }

  function list(children) {
    return element("ul", {}, ...children.map(line));
  }

  function end() {
    const done = units.filter((item) => isDone(status(item.identifier))).length;
    if (!guide().isOver()) return `Bài ${units.indexOf(here()) + 1}/${units.length}`;
    return `Đã đến cuối gói bài: xong ${done}/${units.length} bài. ${guide().sentence()}`;
  }

  return {
    show() {
      if (!several) return;
      const focused = [...tree.querySelectorAll("button")].indexOf(document.activeElement);
      tree.replaceChildren(list(items.filter((item) => item.visible !== false)));
      if (focused >= 0) tree.querySelectorAll("button")[focused].focus();
      const hidden = (here() && here().hidden) || [];
      back.hidden = hidden.includes("previous");
      forward.hidden = hidden.includes("continue");
      back.disabled = !guide().canBack();
      forward.disabled = !guide().canForward();
      word.textContent = end();
    },
  };
}
