/** When an item of SCORM 1.2 may be opened: evaluates the tree that packages/prerequisites.py made of its expression. */

import { isDone } from "./items.js";

/**
 * @param {object | null} condition
 * @param {(item: string) => string} status in the words of SCORM 1.2; "not attempted" where nothing is known
 * @returns {boolean}
 */
export function holds(condition, status) {
  if (!condition) return true;
  const inner = (each) => holds(each, status);
  if ("done" in condition) return isDone(status(condition.done));
  if ("is" in condition) return status(condition.is[0]) === condition.is[1];
  if ("not" in condition) return !inner(condition.not);
  if ("and" in condition) return condition.and.every(inner);
  if ("or" in condition) return condition.or.some(inner);
  return condition.of.filter(inner).length >= condition.count;
}
