/** Rows of a list as the server tells them; how many there are of each kind; which of them are looked for. */

import { element, refill } from "./roll-marks.js";

/** @param {HTMLElement} list @param {object} told a Person of desk/rosters.py @param {boolean} writes */
export function fillRow(list, told, writes) {
  const row = list.querySelector(`[data-key="${told.key}"]`) || newRow(list, told, writes);
  row.dataset.state = told.state;
  row.dataset.how = told.how;
  row.toggleAttribute("data-late", told.late);
  row.toggleAttribute("data-asks", told.asks);
  const now = row.querySelector(".now");
  refill(now, element("span", told.said), ...(told.source ? [" ", element("i", told.source)] : []));
  const old = row.querySelector(".notes");
  if (old) old.remove();
  if (!told.notes.length) return;
  const notes = element("ul", "", "notes");
  notes.append(...told.notes.map((each) => element("li", each)));
  row.append(notes);
}

/** Somebody who was not on the list when the page was made: at the end of their team, or under a heading of their own. */
function newRow(list, told, writes) {
  let group = [...list.querySelectorAll("[data-group]")].find((each) => ["", told.group].includes(each.dataset.group));
  if (!group) {
    group = element("ul", "", "roll");
    group.dataset.group = told.group;
    list.insertBefore(group, list.querySelector(".tray"));
    list.insertBefore(element("h3", told.group), group);
  }
  const row = element("li", "");
  row.dataset.key = told.key;
  row.append(whoLabel("nguoi", told.key, told.name, told.unit ? `${told.code} · ${told.unit}` : told.code, writes), element("p", "", "now"));
  group.append(row);
  return row;
}

function whoLabel(field, value, name, rest, writes) {
  const label = element(writes ? "label" : "div", "", "choice");
  const text = element("span", "");
  text.append(element("b", name), " ", element("i", rest));
  if (writes) label.append(Object.assign(document.createElement("input"), { type: "checkbox", name: field, value }));
  label.append(text);
  return label;
}

/** What waits for the monitor's word; who was not chosen before stays so. */
export function listClaims(claims, writes) {
  const section = document.getElementById("xac-nhan");
  if (!section) return;
  const left = [...section.querySelectorAll("input[name=ma]:not(:checked)")].map((each) => each.value);
  const items = claims.map((each) => {
    const item = element("li", "");
    item.append(whoLabel("ma", each.nonce, each.name, `${each.code} · quét lúc ${each.at}`, writes));
    if (writes) item.querySelector("input").checked = !left.includes(each.nonce);
    return item;
  });
  refill(section.querySelector("ul"), ...items);
  section.hidden = !claims.length;
}

/** @param {{at: string, who: string, why: string}[]} refused the latest first */
export function listRefused(refused) {
  const section = document.getElementById("tu-choi");
  if (!section || !refused.length) return;
  const items = refused.map((each) => {
    const item = element("li", "");
    item.append(element("span", each.at), " ", element("b", each.who || "chưa đăng nhập"), " ", element("i", each.why));
    return item;
  });
  section.querySelector("ul").prepend(...items);
  section.hidden = false;
}

const IS = {
  present: (row) => stateOf(row) === "present",
  late: (row) => stateOf(row) === "present" && row.hasAttribute("data-late"),
  missing: (row) => ["absent", "unknown"].includes(stateOf(row)),
  excused: (row) => stateOf(row) === "excused",
  asks: (row) => row.hasAttribute("data-asks"),
  notes: (row) => row.querySelector(".notes") !== null,
};

/** As it will be when what waits has been sent. */
function stateOf(row) {
  const queued = row.dataset.queued;
  if (queued === "undone") return "unknown";
  return queued || row.dataset.state;
}

/** @returns {number} how many are present */
export function countRows(list, box) {
  const rows = [...list.querySelectorAll("[data-key]")];
  box.querySelectorAll("[data-count]").forEach((each) => {
    each.textContent = rows.filter(IS[each.dataset.count]).length;
  });
  return rows.filter(IS.present).length;
}

/** The heads that were counted beside those who are checked in. @param {number} present */
export function showHeads(present) {
  const line = document.getElementById("chenh");
  const heads = line.dataset.heads;
  const off = Math.abs(Number(heads) - present);
  const said = heads === "" ? "" : `Đếm ${heads}, điểm danh ${present}, ${off ? `chênh ${off}` : "khớp"}`;
  line.hidden = !said;
  if (line.textContent !== said) line.textContent = said;
}

/** Vietnamese as it is typed in a hurry: no marks, no capitals. */
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

/** @returns {() => void} shows the rows that are looked for, again */
export function createFilter(list) {
  const search = document.getElementById("tim");
  const kind = document.getElementById("chi");
  if (!search) return () => {};
  const filter = () => {
    const wanted = plain(search.value.trim());
    list.querySelectorAll("[data-key]").forEach((row) => {
      const fits = !kind.value || IS[kind.value](row);
      row.hidden = !fits || !plain(row.querySelector(".choice").textContent).includes(wanted);
    });
  };
  search.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  document.getElementById("loc").hidden = false;
  return filter;
}
