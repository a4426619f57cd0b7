/** The way through a package without sequencing: in the manifest's order, each item when what it asks for is done. */

import { holds } from "./prerequisites.js";

/**
 * @param {object[]} all every item in order, headings too
 * @param {{stage: object, status: (id: string) => string, changed: () => void, stand: () => void}} wishes
 */
export function createLinear(all, wishes) {
  const stage = wishes.stage;
  const status = wishes.status;
  const units = all.filter((item) => item.href && item.visible !== false);

  function mayOpen(item) {
    for (let each = item; each; each = each.parent) {
      if (!holds(each.prerequisites || null, status)) return false;
    }
    return true;
  }

  function beside(step) {
    const here = units.indexOf(stage.item());
    for (let place = here + step; place >= 0 && place < units.length; place += step) {
      if (mayOpen(units[place])) return units[place];
    }
    return null;
  }

  function show(item) {
    const api = stage.open(item);
    if (api) {
      api.on("SequenceNext", () => setTimeout(forward, 0));
      api.on("SequencePrevious", () => setTimeout(back, 0));
    }
    wishes.stand();
    wishes.changed();
  }

  function forward() {
    const next = beside(1);
    if (next) show(next);
    else {
      stage.close();
      wishes.changed();
    }
  }

  function back() {
    const before = beside(-1);
    if (before) show(before);
  }

  return {
    mayOpen,
    choose: show,
    forward,
    back,
    canForward: () => stage.item() !== null,
    canBack: () => beside(-1) !== null,
    /** Where it was left, or what may be opened first. */
    start(place) {
      const left = units.find((item) => item.identifier === place && mayOpen(item));
      const first = left || units.find(mayOpen);
      if (first) show(first);
    },
    ended: wishes.changed,
    /** What the whole package comes to: the server sees it in its SCOs. */
    whole: () => "",
    state: () => "",
    isOver: () => stage.item() === null,
    sentence: () => (units.some((item) => !mayOpen(item)) ? "Còn bài chưa mở: hãy học xong các bài trước." : ""),
  };
}
