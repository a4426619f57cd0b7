"""The sequencing of SCORM 2004 as scorm-again takes it: an organization into its `activityTree`.

What the standard leaves unsaid is said here, for the library's defaults are not always the standard's: without
<imsss:controlMode> an activity has no flow (SN 3.2, table 3.2.1a), the library would give it one. A sequencing that
names a collection (IDRef) is whole when it leaves here: an element of its own stands in place of the collection's
(CAM 5.1.1), where the library would add the two together.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from boiduong_server.packages.attributes import flag, number, timespan
from boiduong_server.packages.objectives import objectives

Settings = dict[str, Any]
_CONTROLS: Mapping[str, bool] = {
    "choice": True,
    "choiceExit": True,
    "flow": False,
    "forwardOnly": False,
    "useCurrentAttemptObjectiveInfo": True,
    "useCurrentAttemptProgressInfo": True,
}
_RULES = {
    "preConditionRule": "preConditionRules",
    "postConditionRule": "postConditionRules",
    "exitConditionRule": "exitConditionRules",
}
_ROLLUP_WORDS = {"activityProgressKnown": "progressKnown"}
"""The library's word for it in rollup conditions, and only there."""


def collections_of(manifest: etree._Element) -> dict[str, etree._Element]:
    """The sequencings that others may name, by ID."""
    found = manifest.iterfind("{*}sequencingCollection/{*}sequencing")
    return {name: entry for entry in found if (name := entry.get("ID"))}


def tree(organization: etree._Element, collections: Mapping[str, etree._Element]) -> Settings:
    """The settings of a whole organization."""
    return {"activityTree": _activity(organization, collections)}


def _activity(element: etree._Element, collections: Mapping[str, etree._Element]) -> Settings:
    parts = parts_of(element, collections)
    settings: Settings = {
        "id": element.get("identifier", ""),
        "title": (element.findtext("{*}title") or "").strip(),
        "isVisible": flag(element, "isvisible", True),
        "sequencingControls": _controls(parts),
        "sequencingRules": _rules(parts.get("sequencingRules")),
        "rollupRules": {"rules": [*_rollup_rules(parts.get("rollupRules"))]},
        "deliveryControls": _delivery(parts.get("deliveryControls")),
        **_limits(parts.get("limitConditions")),
        **objectives(parts),
        **_considerations(parts.get("rollupConsiderations")),
        **_threshold(element),
        **_shared(element),
        "hideLmsUi": list(hidden(element)),
        "children": [_activity(child, collections) for child in element.iterfind("{*}item")],
    }
    return {name: value for name, value in settings.items() if value not in ([], {}, {"rules": []})}


def parts_of(element: etree._Element, collections: Mapping[str, etree._Element]) -> dict[str, etree._Element]:
    """The elements of an item's sequencing by local name; adlseq's objectives as "moreObjectives"."""
    own = element.find("{*}sequencing")
    if own is None:
        return {}
    shared = collections.get(own.get("IDRef", ""))
    found: dict[str, etree._Element] = {}
    for sequencing in (shared, own):
        if sequencing is not None:
            found |= {_part_name(child): child for child in sequencing.iterchildren(etree.Element)}
    return found


def _part_name(part: etree._Element) -> str:
    name = etree.QName(part)
    return "moreObjectives" if name.localname == "objectives" and "adlseq" in (name.namespace or "") else name.localname


def _controls(parts: Mapping[str, etree._Element]) -> Settings:
    mode, chosen = parts.get("controlMode"), parts.get("constrainedChoiceConsiderations")
    settings: Settings = {name: flag(mode, name, default) for name, default in _CONTROLS.items()}
    if chosen is not None:
        settings |= {name: flag(chosen, name, False) for name in ("preventActivation", "constrainChoice")}
    rollup = parts.get("rollupRules")
    if rollup is not None:
        settings |= {
            name: flag(rollup, name, True) for name in ("rollupObjectiveSatisfied", "rollupProgressCompletion")
        }
        weight = number(rollup.get("objectiveMeasureWeight"))
        settings["objectiveMeasureWeight"] = 1.0 if weight is None else weight
    return settings | _randomization(parts.get("randomizationControls"))


def _randomization(element: etree._Element | None) -> Settings:
    if element is None:
        return {}
    settings: Settings = {
        "randomizationTiming": element.get("randomizationTiming", "never"),
        "selectionTiming": element.get("selectionTiming", "never"),
        "randomizeChildren": flag(element, "reorderChildren", False),
    }
    count = number(element.get("selectCount"))
    return settings | ({} if count is None else {"selectCount": int(count)})


def _rules(element: etree._Element | None) -> Settings:
    found: Settings = {}
    for rule in () if element is None else element.iterchildren(etree.Element):
        kind = _RULES.get(etree.QName(rule).localname)
        action = rule.find("{*}ruleAction")
        conditions = rule.find("{*}ruleConditions")
        if kind and action is not None and conditions is not None:
            found.setdefault(kind, []).append(
                {
                    "action": action.get("action", ""),
                    "conditionCombination": conditions.get("conditionCombination", "all"),
                    "conditions": [_condition(each) for each in conditions.iterfind("{*}ruleCondition")],
                }
            )
    return found


def _condition(element: etree._Element) -> Settings:
    settings: Settings = {"condition": element.get("condition", "")}
    if element.get("operator") == "not":
        settings["operator"] = "not"
    if objective := element.get("referencedObjective"):
        settings["referencedObjective"] = objective
    threshold = number(element.get("measureThreshold"))
    return settings | ({} if threshold is None else {"parameters": {"threshold": threshold}})


def _rollup_rules(element: etree._Element | None) -> Iterator[Settings]:
    for rule in () if element is None else element.iterfind("{*}rollupRule"):
        conditions, action = rule.find("{*}rollupConditions"), rule.find("{*}rollupAction")
        if conditions is None or action is None:
            continue
        said = [_condition(each) for each in conditions.iterfind("{*}rollupCondition")]
        yield {
            "action": action.get("action", ""),
            "consideration": rule.get("childActivitySet", "all"),
            "minimumCount": int(number(rule.get("minimumCount")) or 0),
            "minimumPercent": number(rule.get("minimumPercent")) or 0.0,
            "conditionCombination": conditions.get("conditionCombination", "any"),
            "conditions": [
                each | {"condition": _ROLLUP_WORDS.get(each["condition"], each["condition"])} for each in said
            ],
        }


def _delivery(element: etree._Element | None) -> Settings:
    return {
        "tracked": flag(element, "tracked", True),
        "completionSetByContent": flag(element, "completionSetByContent", False),
        "objectiveSetByContent": flag(element, "objectiveSetByContent", False),
    }


def _limits(element: etree._Element | None) -> Settings:
    if element is None:
        return {}
    limit = number(element.get("attemptLimit"))
    settings: Settings = {} if limit is None else {"attemptLimit": int(limit)}
    duration = timespan(element.get("attemptAbsoluteDurationLimit"))
    return settings | ({"attemptAbsoluteDurationLimit": duration} if duration else {})


def _considerations(element: etree._Element | None) -> Settings:
    if element is None:
        return {}
    names = ("requiredForSatisfied", "requiredForNotSatisfied", "requiredForCompleted", "requiredForIncomplete")
    settings: Settings = {name: element.get(name, "always") for name in names}
    settings["measureSatisfactionIfActive"] = flag(element, "measureSatisfactionIfActive", True)
    return {"rollupConsiderations": settings}


def _threshold(element: etree._Element) -> Settings:
    """4th Edition: attributes, of which rollup makes use. The 2nd and 3rd give a figure to the SCO alone."""
    found = element.find("{*}completionThreshold")
    if found is None or (found.text or "").strip():
        return {}
    settings: Settings = {"completedByMeasure": flag(found, "completedByMeasure", False)}
    for name in ("minProgressMeasure", "progressWeight"):
        settings[name] = 1.0 if (said := number(found.get(name))) is None else said
    return {"completionThreshold": settings}


def threshold_of(element: etree._Element) -> float | None:
    """What cmi.completion_threshold is for the item (RTE 4.2.5)."""
    found = element.find("{*}completionThreshold")
    if found is None:
        return None
    if written := (found.text or "").strip():
        return number(written)
    measure = number(found.get("minProgressMeasure"))
    return (1.0 if measure is None else measure) if flag(found, "completedByMeasure", False) else None


def _shared(element: etree._Element) -> Settings:
    maps = [
        {
            "targetID": each.get("targetID", ""),
            "readSharedData": flag(each, "readSharedData", True),
            "writeSharedData": flag(each, "writeSharedData", True),
        }
        for each in element.iterfind("{*}data/{*}map")
    ]
    return {"sharedDataMaps": maps} if maps else {}


def hidden(element: etree._Element) -> tuple[str, ...]:
    """What the player is asked not to show (adlnav:hideLMSUI)."""
    found = element.iterfind("{*}presentation/{*}navigationInterface/{*}hideLMSUI")
    return tuple(word for each in found if (word := (each.text or "").strip()))
