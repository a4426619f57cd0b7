// What scorm-again makes of the `sequencing` settings on its standard input: each activity by its id, in few words.
import { readFileSync } from "node:fs";
import { Scorm2004API } from "../../../node_modules/scorm-again/dist/esm/scorm2004.js";

const api = new Scorm2004API({ sequencing: JSON.parse(readFileSync(0, "utf8")), logLevel: 5 });
const rules = (list) => list.map((rule) => ({
  action: rule.action,
  combination: rule.conditionCombination,
  conditions: rule.conditions.map((each) => [
    each.condition, each.operator ?? null, each.referencedObjective ?? null, Object.fromEntries(each.parameters),
  ]),
}));
const maps = (list) => list.map((map) => [
  map.targetObjectiveID, Object.keys(map).filter((name) => map[name] === true).sort(),
]);
const objective = (each) => [each.id, each.isPrimary, each.minNormalizedMeasure, maps(each.mapInfo)];

const found = {};
(function walk(activity) {
  const objectives = [activity.primaryObjective, ...activity.objectives].filter(Boolean);
  found[activity.id] = {
    title: activity.title,
    visible: activity.isVisible,
    hidden: activity.hideLmsUi,
    controls: JSON.parse(JSON.stringify(activity.sequencingControls)),
    rules: {
      pre: rules(activity.sequencingRules.preConditionRules),
      post: rules(activity.sequencingRules.postConditionRules),
      exit: rules(activity.sequencingRules.exitConditionRules),
    },
    rollup: activity.rollupRules.rules.map((rule) => [
      rule.action, rule.conditionCombination, rule.consideration, rule.minimumCount, rule.minimumPercent,
      rule.conditions.map((each) => [each.condition, each.operator ?? null]),
    ]),
    objectives: [...new Set(objectives)].map(objective),
    limits: [activity.attemptLimit, activity.attemptAbsoluteDurationLimit],
    threshold: [activity.completedByMeasure, activity.minProgressMeasure, activity.progressWeight],
    considerations: activity.rollupConsiderations,
    shared: activity.sharedDataMaps,
  };
  activity.children.forEach(walk);
})(api._sequencing.activityTree.root);
process.stdout.write(JSON.stringify(found), () => process.exit(0));
