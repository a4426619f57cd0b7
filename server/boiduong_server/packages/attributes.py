"""Values in a manifest's attributes and texts, as the schemas of SCORM write them."""

import re

from lxml import etree

_TRUE = ("true", "1")
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?")
"""CMITimespan: one that scorm-again does not take stops the whole package."""


def timespan(text: str | None) -> str:
    """A duration of SCORM 2004 as it stands, empty where it is none."""
    said = (text or "").strip()
    return said if _DURATION.fullmatch(said) else ""


def number(text: str | None) -> float | None:
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None  # nan and inf are no figures either


def flag(element: etree._Element | None, name: str, default: bool) -> bool:
    said = None if element is None else element.get(name)
    return default if said is None else said.strip() in _TRUE
