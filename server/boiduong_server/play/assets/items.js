/** The items of an organization: in order, by name, and what is known of each. */

const DONE = ["completed", "passed"];

/** All items in the manifest's order, headings too; each knows its parent. */
export function walk(items, parent = null) {
  return items.reduce((all, item) => {
    const children = item.items || [];
    item.parent = parent;
    return all.concat(item, walk(children, item));
  }, []);
}

/** A SCO's standing in one word of SCORM 1.2. */
export function statusOf(cmi) {
  if (!cmi) return "not attempted";
  if (cmi.core) return cmi.core.lesson_status || "not attempted";
  if (cmi.success_status === "failed") return "failed";
  if (cmi.completion_status === "completed") return cmi.success_status === "passed" ? "passed" : "completed";
  if (cmi.success_status === "passed" && cmi.completion_status !== "incomplete") return "passed";
  return cmi.completion_status === "incomplete" ? "incomplete" : "not attempted";
}

/** A heading is done when all its items are, and begun when one is. @param {(id: string) => string} own */
export function standing(item, own) {
  const children = item.items || [];
  if (item.href || !children.length) return own(item.identifier);
  const all = children.map((child) => standing(child, own));
  if (all.every(isDone)) return "completed";
  return all.some((status) => status !== "not attempted") ? "incomplete" : "not attempted";
}

export const isDone = (status) => DONE.includes(status);
