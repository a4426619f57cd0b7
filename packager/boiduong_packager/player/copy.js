/** A copy on this computer of what the LMS would not take, for the same learner alone. */

import { decode } from "./state.js";
import { store } from "./store.js";

/** Without the learner's id a copy could fall into a colleague's hands, so none is kept. */
export function createCopy(topic, learner) {
  const key = learner && `boiduong:${topic}:${learner}`;
  return {
    keep: (data) => Boolean(key) && store.set(key, data),
    drop: () => key && store.remove(key),
    /** The newer of what the LMS gave and what was kept here. */
    newer(data) {
      const kept = key ? store.get(key) : null;
      return kept && decode(kept).saves > decode(data).saves ? kept : data;
    },
  };
}
