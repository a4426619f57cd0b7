/** The list and what the monitor writes by hand. It is asked for only while it is open: it has everybody's names, and
 * the page may be on the hall's screen. */
import { fill, make, tell } from "./dom.js";
import { post, whyNot } from "./post.js";
import { repeat } from "./repeat.js";

const POLL_MS = 15000;
const SHUT_MS = 60000;

/** @returns {{refresh: () => void}} */
export function openRoll(root, address, args) {
  const find = (name) => root.querySelector(name);
  const details = find("details");
  const form = find(".boiduong-record");
  const lines = find(".boiduong-lines");
  const wrong = find(".boiduong-record .boiduong-wrong");
  const wrote = find(".boiduong-wrote");
  const columns = args.texts.columns.split("|");
  let written = ""; // the line that this page wrote last, until it is seen

  function ask() {
    if (!details.open) return Promise.resolve(SHUT_MS);
    const expected = written;
    written = "";
    return post(address("roll"), {}).then((said) => show(said, expected), () => POLL_MS);
  }

  function show(said, expected) {
    const rows = said.rows.map((row) => line(row));
    fill(find("tbody"), ...(rows.length ? rows : [empty()]));
    fill(lines, ...(said.lines.length ? said.lines : [args.texts.none]).map((text) => make("li", text)));
    if (expected && !said.lines.includes(expected)) tell(wrong, args.texts.lost);
    return POLL_MS;
  }

  function empty() {
    const row = make("tr", "");
    const cell = make("td", args.texts.empty);
    cell.colSpan = columns.length + 1;
    row.append(cell);
    return row;
  }

  function line(row) {
    const made = make("tr", "");
    const cells = [row.name, row.learner, row.presence, row.came, row.left, row.how].map((text, at) => {
      const cell = make(at ? "td" : "th", text);
      if (!at) cell.scope = "row";
      cell.dataset.label = columns[at];
      return cell;
    });
    const button = make("button", args.texts.edit);
    button.type = "button";
    button.className = "boiduong-second";
    button.setAttribute("aria-label", args.texts.edit_of.replace("{name}", () => row.name));
    button.addEventListener("click", () => choose(row));
    const last = make("td", "");
    last.append(button);
    made.append(...cells, last);
    return made;
  }

  function choose(row) {
    form.elements.learner.value = row.learner;
    form.elements.name.value = row.name;
    form.elements.mark.focus();
  }

  function write(event) {
    event.preventDefault();
    const body = {};
    for (const name of ["learner", "name", "mark", "reason"]) body[name] = form.elements[name].value;
    tell(wrong, "");
    post(address("record"), body).then(
      (said) => {
        written = said.line;
        tell(wrote, said.said);
        form.reset();
        polls.soon(500);
      },
      (reason) => {
        tell(wrote, "");
        tell(wrong, whyNot(reason, args.texts, args.texts.unsaved));
      },
    );
  }

  const head = make("tr", "");
  head.append(...[...columns, args.texts.edit].map((text) => {
    const cell = make("th", text);
    cell.scope = "col";
    return cell;
  }));
  find("thead").append(head);
  form.elements.mark.append(...args.marks.map((mark) => {
    const option = make("option", mark.label);
    option.value = mark.value;
    return option;
  }));
  form.addEventListener("submit", write);
  details.addEventListener("toggle", () => polls.soon(0));
  const polls = repeat(root, SHUT_MS, ask);
  return { refresh: () => polls.soon(0) };
}
