/** The bar, the contents list and the notices: what the page says of itself while one reads. */

import { fill, h, own } from "./element.js";
import { short } from "./state.js";

const NOTICES = {
  local: "Không có hệ thống quản lý học tập: kết quả chỉ lưu trên máy này.",
  none: "Không có hệ thống quản lý học tập và trình duyệt không cho lưu: kết quả sẽ mất khi đóng trang.",
  unsaved: "Chưa lưu được lên hệ thống. Sẽ tự thử lại; đồng chí cứ học tiếp.",
  copied: "Chưa lưu được lên hệ thống. Đã giữ một bản trên máy này, sẽ tự gửi lại; đồng chí cứ học tiếp.",
  saved: "Đã lưu lại được lên hệ thống.",
  elsewhere:
    "Chuyên đề này đang được học ở một cửa sổ khác; cửa sổ này không lưu nữa. Đồng chí học tiếp ở cửa sổ kia, hoặc tải lại trang này.",
};
const GOOD_NEWS = 10000;

/** One notice at a time stands above the text; "" takes it away. */
export function notice(name) {
  const box = own("notice");
  if (box.dataset.name === name) return;
  box.dataset.name = name;
  fill(box, ...(name ? [h("p", { class: "notice" }, NOTICES[name])] : []));
  if (name === "saved") setTimeout(() => box.dataset.name === name && notice(""), GOOD_NEWS);
}

/** To whoever listens rather than looks, and only of what they did. */
export function say(text) {
  own("news").textContent = text;
}

/** @param {{seconds: number, minimum: number, rest: string, kept: boolean}} clock `kept`: the host shows its own */
export function showClock(clock) {
  setText(own("clock"), clock.kept ? "" : clockText(clock));
  own("clock").parentNode.hidden = clock.kept;
  own("pause").hidden = clock.kept || clock.rest === "" || clock.rest === "media";
  askToGoOn(clock.rest === "media");
}

/** Asked aloud too: who only listens to a film does not see the bar. */
function askToGoOn(wanted) {
  const bar = own("go-on");
  if (wanted && bar.hidden) say(bar.firstChild.textContent);
  bar.hidden = !wanted;
}

function clockText(clock) {
  const minutes = Math.floor(clock.seconds / 60);
  if (clock.seconds < clock.minimum) return `${minutes}/${Math.ceil(clock.minimum / 60)} phút`;
  return clock.minimum ? `${minutes} phút · đủ` : `${minutes} phút`;
}

export function showPlace(steps, id, state) {
  const place = steps.findIndex((step) => step.id === id);
  const count = steps.length - 1;
  setText(own("place"), place < count ? `Mục ${place + 1}/${count}` : "Kết quả");
  own("progress").style.width = `${(100 * steps.filter((step) => state.seen.has(short(step.id))).length) / Math.max(1, count)}%`;
  document.querySelectorAll("#boiduong-contents a").forEach((link) => markEntry(link, id, state));
}

function markEntry(link, id, state) {
  const target = decodeURIComponent(link.hash.slice(1));
  if (target === id) link.setAttribute("aria-current", "step");
  else link.removeAttribute("aria-current");
  const seen = state.seen.has(short(target));
  if (seen && !link.querySelector(".tick")) {
    link.append(h("span", { class: "tick", "aria-hidden": "true" }, "✓"), h("span", { class: "unseen" }, " (đã đọc)"));
  }
}

/** On a narrow screen the contents list opens below its button and closes when its work is done. */
export function wireContents() {
  const toggle = own("toggle");
  const contents = own("contents");
  const follow = () => {
    contents.style.top = `${toggle.closest(".bar").getBoundingClientRect().bottom}px`;
  };
  const open = (wanted) => {
    toggle.setAttribute("aria-expanded", String(wanted));
    contents.classList.toggle("open", wanted);
    follow();
  };
  window.addEventListener("scroll", follow, { passive: true });
  toggle.addEventListener("click", () => open(toggle.getAttribute("aria-expanded") !== "true"));
  contents.addEventListener("click", (event) => event.target.closest("a") && open(false));
  const leave = (event) => {
    const inside = contents.contains(event.target) || toggle.contains(event.target);
    if (!inside && toggle.getAttribute("aria-expanded") === "true") open(false);
  };
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || toggle.getAttribute("aria-expanded") !== "true") return;
    open(false);
    toggle.focus();
  });
}

/** The skip link leaves no mark in the address, which the sections live by. */
export function wireSkip() {
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    own("main").focus();
  });
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
