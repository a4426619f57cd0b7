/**
 * The monitor's and the team leader's list: what has changed is asked for, what is ticked is kept here until the server
 * has it. Whatever waits is shown in its row, counted, and listed on top.
 */

import { measureClock } from "./clock.js";
import { sender } from "./claims.js";
import { keepOffline } from "./kept-pages.js";
import { createMarks, element } from "./roll-marks.js";
import { countRows, createFilter, fillRow, listClaims, listRefused, showHeads } from "./roll-rows.js";

const EVERY_MS = 10_000;
const list = document.querySelector("[data-list]");
const counts = document.getElementById("dem");
const tray = list.querySelector(".tray");
const marks = createMarks(list);
let filter = () => {};
let asking = false;
let again = false;

function refresh() {
  marks.show();
  if (counts) showHeads(countRows(list, counts));
  filter();
}

async function ask() {
  if (asking || document.hidden) {
    again = asking;
    return;
  }
  asking = true;
  again = false;
  try {
    if (marks.own().length) await send();
    const response = await fetch(`${list.dataset.news}?tu=${list.dataset.mark}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.ok) apply(await response.json());
  } catch (error) {
    marks.say("Chưa có mạng. Ghi vẫn được; máy này giữ và gửi khi có mạng.");
  } finally {
    asking = false;
  }
  if (again) await ask(); // something was ticked meanwhile
}

function apply(news) {
  list.dataset.mark = news.mark;
  (news.rows || []).forEach((row) => fillRow(list, row, Boolean(tray)));
  if (news.claims) listClaims(news.claims, Boolean(tray));
  listRefused(news.refused);
  const state = document.getElementById("trang-thai");
  const heads = document.getElementById("chenh");
  if (state) state.textContent = news.state;
  if (heads) heads.dataset.heads = news.headcount === null ? "" : news.headcount;
  refresh();
}

/** Send what this account may send. Rejected without a connection. */
async function send() {
  const here = await sender();
  const problem = here.account === Number(list.dataset.account) ? "" : `Đăng nhập bằng tài khoản ${list.dataset.name} để gửi.`;
  if (problem) marks.say(problem);
  else await marks.send(here.token);
}

async function write(button) {
  const chosen = [...list.querySelectorAll("input[name=nguoi]:checked")];
  const problem = marks.keep(chosen.map((each) => each.value), button.value);
  tell(problem);
  if (problem) return;
  chosen.forEach((each) => {
    each.checked = false;
  });
  choose();
  refresh();
  await ask();
}

/** Beside the buttons: the box on top may be out of sight. */
function tell(problem) {
  const wrong = tray.querySelector("[role=alert]") || tray.insertBefore(element("p", "", "wrong"), tray.querySelector(".marks"));
  wrong.setAttribute("role", "alert");
  wrong.textContent = problem;
  wrong.hidden = !problem;
}

function choose() {
  if (!tray) return;
  const count = list.querySelectorAll("input[name=nguoi]:checked").length;
  tray.classList.toggle("chosen", count > 0);
  document.getElementById("da-chon").textContent = `${count} người`;
}

list.classList.add("scripted");
list.addEventListener("change", choose);
list.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=viec]");
  if (!button) return;
  event.preventDefault();
  write(button);
});
list.addEventListener("submit", (event) => event.preventDefault()); // Enter in a field marks nobody
addEventListener("online", ask);
addEventListener("storage", refresh); // another window of this list
document.addEventListener("visibilitychange", ask);
filter = createFilter(list);
choose();
refresh();
keepOffline();
measureClock().catch(() => {});
setInterval(ask, EVERY_MS);
ask();
