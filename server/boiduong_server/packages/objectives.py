"""The objectives of an activity and what they share with others, as scorm-again takes them."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from boiduong_server.packages.attributes import flag, number

Settings = dict[str, Any]
_MAP_READS = ("readSatisfiedStatus", "readNormalizedMeasure")
_MAP_WRITES = ("writeSatisfiedStatus", "writeNormalizedMeasure")
_MORE_READS = ("readRawScore", "readMinScore", "readMaxScore", "readCompletionStatus", "readProgressMeasure")
_MORE_WRITES = ("writeRawScore", "writeMinScore", "writeMaxScore", "writeCompletionStatus", "writeProgressMeasure")


def objectives(parts: Mapping[str, etree._Element]) -> Settings:
    """From the parts of a sequencing: "primaryObjective" and "objectives", as far as there are any."""
    listed, more = parts.get("objectives"), parts.get("moreObjectives")
    if listed is None:
        return {}
    maps = _more_maps(more)
    primary = listed.find("{*}primaryObjective")
    others = [_objective(each, maps) for each in listed.iterfind("{*}objective")]
    found: Settings = {"objectives": [each for each in others if each["objectiveID"]]}
    if primary is None:
        return found
    # the primary one needs no id while nothing maps it (SN 3.10); the library knows it by one only
    first = _objective(primary, maps)
    return found | {
        "primaryObjective": first | {"objectiveID": first["objectiveID"] or "PRIMARYOBJ", "isPrimary": True}
    }


def _objective(element: etree._Element, more: Mapping[str, Mapping[str, Settings]]) -> Settings:
    name = element.get("objectiveID", "")
    settings: Settings = {"objectiveID": name, "satisfiedByMeasure": flag(element, "satisfiedByMeasure", False)}
    measure = number(element.findtext("{*}minNormalizedMeasure"))
    if settings["satisfiedByMeasure"]:
        settings["minNormalizedMeasure"] = 1.0 if measure is None else measure
    extended = dict(more.get(name, {}))
    maps = [
        _map(each, extended.pop(each.get("targetObjectiveID", ""), None)) for each in element.iterfind("{*}mapInfo")
    ]
    maps += [_apart(target) | reads for target, reads in extended.items()]
    return settings | ({"mapInfo": maps} if maps else {})


def _map(element: etree._Element, more: Settings | None) -> Settings:
    return {
        "targetObjectiveID": element.get("targetObjectiveID", ""),
        **{name: flag(element, name, True) for name in _MAP_READS},
        **{name: flag(element, name, False) for name in _MAP_WRITES},
        **(more or dict.fromkeys((*_MORE_READS, *_MORE_WRITES), False)),
    }


def _apart(target: str) -> Settings:
    """A map that adlseq alone knows: status and measure do not pass."""
    return {"targetObjectiveID": target, **dict.fromkeys((*_MAP_READS, *_MAP_WRITES), False)}


def _more_maps(element: etree._Element | None) -> dict[str, dict[str, Settings]]:
    """adlseq:mapInfo (4th Edition), by objective and target."""
    found: dict[str, dict[str, Settings]] = {}
    for objective in () if element is None else element.iterfind("{*}objective"):
        for each in objective.iterfind("{*}mapInfo"):
            found.setdefault(objective.get("objectiveID", ""), {})[each.get("targetObjectiveID", "")] = {
                **{name: flag(each, name, True) for name in _MORE_READS},
                **{name: flag(each, name, False) for name in _MORE_WRITES},
            }
    return found
