/**
 * The page around the player: shows how things stand, and keeps what could not be sent. The frame runs on the content
 * host, where a package could read what is kept; therefore it is kept here, on the application's.
 */

import { createKept } from "./learn-kept.js";

const MINUTE = 60000;
const STALE = "Bài này vừa được mở ở nơi khác; thời gian ở cửa sổ này không tính tiếp.";
const HERE = "Học tiếp ở đây";
const UNSAVED = "Chưa lưu được kết quả vừa làm: mất kết nối. Kết quả đang giữ trên máy này và sẽ được gửi lại.";
const KEEPING = "Mất kết nối, đang giữ trên máy";

const frame = document.getElementById("khung");
const origin = new URL(frame.dataset.address).origin;
const time = document.getElementById("thoi-gian");
const before = Number(time.dataset.ms);
const kept = createKept({ ...frame.dataset, changed: show });
let standing = { counted: 0, waiting: [], stale: false, offline: false };

function minutes(ms) {
  const whole = Math.floor(ms / MINUTE);
  const hours = Math.floor(whole / 60);
  if (!whole) return ms ? "chưa đến 1 phút" : "0 phút";
  return [hours && `${hours} giờ`, whole % 60 && `${whole % 60} phút`].filter(Boolean).join(" ");
}

function connection() {
  if (standing.stale) return "Không tính giờ";
  const waiting = kept.count();
  if (standing.offline || waiting) return waiting ? KEEPING : "Mất kết nối";
  return "Đang tính giờ";
}

function show() {
  const words = connection();
  const link = document.getElementById("ket-noi");
  if (link.textContent !== words) link.textContent = words;
  link.classList.toggle("calm", words === "Đang tính giờ");
  time.textContent = minutes(before + standing.counted);
  notice([standing.stale && [`${STALE} `, here()], kept.commits() && [UNSAVED]].filter(Boolean));
}

/** The page once more: a telephone has no other way to load it anew, since nothing here can be pulled down. */
function here() {
  return Object.assign(document.createElement("a"), { href: location.href, textContent: HERE });
}

/** @param {(string | Node)[][]} said paragraphs; what is there already is left alone, so that it is read out once */
function notice(said) {
  const place = document.getElementById("thong-bao");
  const paragraphs = said.map((parts) => {
    const paragraph = document.createElement("p");
    paragraph.append(...parts);
    return paragraph;
  });
  if (place.textContent === paragraphs.map((each) => each.textContent).join("")) return;
  place.replaceChildren(...paragraphs);
}

const HEARD = {
  nhip(said) {
    standing = said;
    kept.signs(said.launch, said.waiting);
  },
  ghi: (said) => kept.commit(said.launch, said.commit),
  "da-ghi": (said) => kept.forget(said.launch, said.item, said.sequence),
};

window.addEventListener("message", (event) => {
  if (event.origin !== origin || event.source !== frame.contentWindow) return;
  const said = event.data;
  if (!said || said.launch !== frame.dataset.launch || !Object.keys(HEARD).includes(said.boiduong)) return;
  HEARD[said.boiduong](said);
  show();
});
// Back from the browser's cache: the launch may be another window's by now.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
window.addEventListener("online", () => kept.send());

show();
// What was kept goes first: the frame begins with what the server has.
kept.send().then(() => {
  frame.src = frame.dataset.address;
  show();
});
