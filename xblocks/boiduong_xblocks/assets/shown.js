/** What the block shows of the clock. Nothing moves when it changes: the longest sentence has its room from the start. */
import { set } from "./dom.js";

/** @param {Element} root @param {{minimum_seconds: number, texts: {[name: string]: string}}} args */
export function createShown(root, args) {
  const own = (name) => root.querySelector(`.boiduong-clock-${name}`);
  const minimum = args.minimum_seconds * 1000;
  if (own("needs")) own("needs").remove(); // it says that a script must run

  function time(studied) {
    const name = !minimum ? "freely" : studied < minimum ? "some" : "enough";
    const minutes = { studied: Math.floor(studied / 60000), minimum: Math.ceil(minimum / 60000) };
    return args.texts[name].replace(/\{(\w+)\}/g, (_, key) => minutes[key]);
  }

  return {
    /** @param {number} studied milliseconds @param {string} why the clock stands, "" while it runs */
    show(studied, why) {
      set(own("time"), time(studied));
      if (minimum) own("bar").value = Math.min(studied, minimum) / 1000;
      set(own("rest"), args.texts[why] || ""); // polite, and heard once: it is written only where it changes
      own("running").hidden = why !== "";
    },
  };
}
