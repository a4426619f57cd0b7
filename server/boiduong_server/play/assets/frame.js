/**
 * The frame around a package, on the content host: gives SCOs their API, keeps the study clock, tells the parent page how
 * things stand. Nothing is kept on this host: a package could read it.
 */

import { createEar, now } from "../../../../packager/boiduong_packager/player/attention.js";
import { createClock } from "../../../../packager/boiduong_packager/player/clock.js";
import { createBeats } from "./beats.js";
import { createContents } from "./contents.js";
import { createHearing } from "./hearing.js";
import { standing, statusOf, walk } from "./items.js";
import { createLinear } from "./linear.js";
import { createSequenced } from "./sequenced.js";
import { createStage } from "./stage.js";
import { createTransport } from "./transport.js";

const SECOND = 1000;
const REFUSED = "Máy chủ không giữ được kết quả mà gói bài vừa gửi. Hãy báo người phụ trách lớp; thời gian học vẫn được tính.";
const CLOSED = "Gói bài chưa cho mở bài này: hãy học theo thứ tự của gói.";

const config = JSON.parse(document.getElementById("cau-hinh").textContent);
const address = location.pathname;
const tell = (message) => window.parent.postMessage({ ...message, launch: config.launch }, config.parent);

function say(text) {
  const word = document.getElementById("loi");
  word.textContent = text;
  word.hidden = !text;
}

/* The study clock ------------------------------------------------------------------------------------------------- */

const clock = createClock();
const beats = createBeats({ address: `${address}nhip`, first: config.base, now, tell: (found) => tell({ boiduong: "nhip", ...found }) });
const ear = createEar(clock, { changed, turn: () => {} });
const hearing = createHearing(ear);

let vouched = 0;

function changed() {
  if (clock.total() === vouched) return;
  vouched = clock.total();
  beats.note(clock.spans());
  beats.send();
}

function stale() {
  clock.hide(now());
  changed();
  beats.end();
  beats.report();
}

/* The package ----------------------------------------------------------------------------------------------------- */

const all = walk(config.items);
const units = all.filter((item) => item.href);
const named = new Map(all.map((item) => [item.identifier, item]));
const own = (id) => statusOf(config.states[id]);
const status = (id) => (named.has(id) ? standing(named.get(id), own) : "not attempted");
const here = () => (stage.item() ? stage.item().identifier : "");
const transport = createTransport({
  address,
  first: config.base,
  walk: () => ({ place: here(), status: guide.whole() }),
  state: () => guide.state(),
  keep: (commit) => tell({ boiduong: "ghi", commit }),
  kept: (item, sequence) => tell({ boiduong: "da-ghi", item, sequence }),
  stale,
  refused: () => say(REFUSED),
});
const stage = createStage(config, {
  place: document.getElementById("san-khau"),
  transport,
  heard: hearing.look,
  ended: (api) => guide.ended(api),
});
const contents = createContents(config.items, units, { guide: () => guide, status, here: stage.item });
const wishes = {
  stage,
  transport,
  status,
  changed: contents.show,
  stand: transport.stand,
  refused: () => say(CLOSED),
};
const isSequenced = config.standard === "scorm2004" && units.length > 1 && config.sequencing.activityTree;
const guide = isSequenced ? createSequenced(config, all, wishes) : createLinear(all, wishes);

hearing.look();
setInterval(() => {
  hearing.look();
  clock.tick(now());
  changed();
}, SECOND);
window.addEventListener("online", beats.send);
window.addEventListener("pagehide", () => {
  transport.leave();
  clock.hide(now());
  changed();
});
if (config.stale) stale();
guide.start(config.walk.place);
