"""The items of an organization: lines of the table of contents, with all that the standard hands a SCO by them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import nfc
from lxml import etree

from boiduong_server.packages.addresses import Address, Astray, with_parameters
from boiduong_server.packages.archive import DEEPEST
from boiduong_server.packages.attributes import flag, number, timespan
from boiduong_server.packages.faults import Code, fault
from boiduong_server.packages.objectives import objectives
from boiduong_server.packages.prerequisites import items_of, parse
from boiduong_server.packages.resources import Resource, leaves
from boiduong_server.packages.sequencing import hidden, parts_of, threshold_of
from boiduong_server.packages.structure import Item, Standard

_TIMESPAN12 = re.compile(r"\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?")
_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")


@dataclass
class Shelf:
    """What items refer to; `problems` grows as they are read."""

    standard: Standard
    resources: Mapping[str, Resource]
    collections: Mapping[str, etree._Element]
    path: str
    problems: list[Problem] = field(default_factory=list)
    _items: frozenset[str] | None = None

    def tell(self, code: Code, element: etree._Element, message: str, hint: str) -> None:
        self.problems.append(fault(code, Place(self.path, element.sourceline or 0), message, hint))

    def items_near(self, element: etree._Element) -> frozenset[str]:
        """The identifiers of all items in the element's manifest, read once."""
        if self._items is None:
            root = element.getroottree().getroot()
            self._items = frozenset(each.get("identifier", "") for each in root.iter("{*}item"))
        return self._items

    def require_collection(self, element: etree._Element) -> None:
        """What a sequencing's IDRef names must be there; it is read without it."""
        own = element.find("{*}sequencing")
        name = "" if own is None else own.get("IDRef", "")
        if name and name not in self.collections:
            hint = "mục này theo quy tắc ghi tại chỗ; thêm bộ quy tắc ấy vào sequencingCollection nếu cần"
            self.tell(Code.BAD_VALUE, element, f"bộ quy tắc thứ tự «{name}» không có trong manifest", hint)


def repeated(organization: etree._Element, path: str) -> Iterator[Problem]:
    """Items without an identifier or of one that another has: state is kept by it."""
    seen: set[str] = set()
    for element in organization.iter("{*}item"):
        name = element.get("identifier", "")
        if not name or name in seen:
            message = f"hai mục cùng mã «{name}»" if name else "một mục không có mã (identifier)"
            hint = "đặt cho mỗi <item> một identifier riêng; kết quả học được giữ theo mã này"
            yield fault(Code.REPEATED_IDENTIFIER, Place(path, element.sourceline or 0), message, hint)
        seen.add(name)


def too_deep(organization: etree._Element, path: str) -> Iterator[Problem]:
    """Items within items beyond what a table of contents can show: pages draw it level by level."""
    deeper = organization.find("/".join(["{*}item"] * (DEEPEST + 1)))
    if deeper is not None:
        message = f"mục lục có hơn {DEEPEST} lớp mục lồng nhau"
        yield fault(Code.TOO_DEEP, Place(path, deeper.sourceline or 0), message, "gộp bớt các lớp rồi xuất lại gói")


def item(element: etree._Element, shelf: Shelf) -> Item:
    name = element.get("identifier", "")
    title = " ".join(nfc(element.findtext("{*}title") or "").split()) or name
    children = tuple(item(child, shelf) for child in element.iterfind("{*}item"))
    resource = _resource(element, title, shelf)
    opened = None if children or resource is None else _opened(element, resource, title, shelf)
    return Item(
        identifier=name,
        title=title,
        visible=flag(element, "isvisible", True),
        href="" if opened is None else opened.href,
        kind=resource.kind if opened is not None and resource is not None else "",
        items=children,
        **(_of_1_2(element, shelf) if shelf.standard == "scorm12" else _of_2004(element, shelf)),
    )


def _resource(element: etree._Element, title: str, shelf: Shelf) -> Resource | None:
    reference = element.get("identifierref")
    if not reference:
        return None
    found = shelf.resources.get(reference)
    if found is None:
        message = f"mục «{title}» trỏ đến resource «{reference}» không có trong manifest"
        shelf.tell(Code.UNKNOWN_RESOURCE, element, message, "thêm resource ấy, hoặc sửa identifierref của mục")
    return found


def _opened(element: etree._Element, resource: Resource, title: str, shelf: Shelf) -> Address | None:
    match resource.opens:
        case Address() as found:
            return with_parameters(found, element.get("parameters", ""))
        case Astray.FOREIGN:
            message = f"mục «{title}» mở một trang ngoài gói, không phải tệp trong gói"
            hint = "trang ở máy chủ khác không gửi kết quả và giờ học về được; đưa bài vào trong gói rồi xuất lại"
            shelf.tell(Code.FOREIGN_ADDRESS, element, message, hint)
        case Astray.OUTSIDE:
            shelf.problems.append(leaves(resource.identifier, Place(shelf.path, resource.line)))
    return None


def _of_1_2(element: etree._Element, shelf: Shelf) -> dict[str, Any]:
    """CAM 1.2, 2.3.5: the adlcp elements of an item."""
    return {
        "prerequisites": _prerequisites(element, shelf),
        "mastery_score": _figure(element, "masteryscore", shelf),
        "max_time_allowed": _said(element, "maxtimeallowed", _TIMESPAN12, shelf),
        "time_limit_action": _action(element, "timelimitaction"),
        "launch_data": _launch_data(element, "datafromlms"),
    }


def _of_2004(element: etree._Element, shelf: Shelf) -> dict[str, Any]:
    """CAM 3.4.1.10 and the sequencing that a SCO sees in its data model."""
    shelf.require_collection(element)
    parts = parts_of(element, shelf.collections)
    limits, own = parts.get("limitConditions"), objectives(parts)
    primary = own.get("primaryObjective", {})
    return {
        "max_time_allowed": "" if limits is None else timespan(limits.get("attemptAbsoluteDurationLimit")),
        "time_limit_action": _action(element, "timeLimitAction"),
        "launch_data": _launch_data(element, "dataFromLMS"),
        "completion_threshold": threshold_of(element),
        "passing_score": primary.get("minNormalizedMeasure"),
        "objectives": tuple(
            each["objectiveID"] for each in (primary, *own.get("objectives", ())) if each.get("objectiveID")
        ),
        "hidden": hidden(element),
    }


def _prerequisites(element: etree._Element, shelf: Shelf) -> dict[str, Any] | None:
    text = (element.findtext("{*}prerequisites") or "").strip()
    if not text:
        return None
    try:
        condition = parse(text)
    except ValueError:
        message, hint = f"không đọc được điều kiện mở mục «{text}»", "mục này mở được ngay; sửa điều kiện rồi xuất lại"
        shelf.tell(Code.BAD_PREREQUISITES, element, message, hint)
        return None
    if unknown := sorted(items_of(condition) - shelf.items_near(element)):
        message = f"điều kiện mở mục nhắc đến «{unknown[0]}» không có trong bài"
        shelf.tell(Code.BAD_PREREQUISITES, element, message, "mục này mở được ngay; sửa điều kiện rồi xuất lại")
        return None
    return condition


def _figure(element: etree._Element, name: str, shelf: Shelf) -> float | None:
    text = (element.findtext(f"{{*}}{name}") or "").strip()
    found = number(text)
    if text and found is None:
        shelf.tell(Code.BAD_VALUE, element, f"{name} «{text}» không phải số", "ghi một số, phần lẻ sau dấu chấm")
    return found


def _said(element: etree._Element, name: str, form: re.Pattern[str], shelf: Shelf) -> str:
    text = (element.findtext(f"{{*}}{name}") or "").strip()
    if text and not form.fullmatch(text):
        shelf.tell(Code.BAD_VALUE, element, f"{name} «{text}» không phải thời lượng", "ghi như 00:45:00")
        return ""
    return text


def _action(element: etree._Element, name: str) -> str:
    """ "exit, no message" is as common as the form without the space."""
    said = ",".join(part.strip() for part in (element.findtext(f"{{*}}{name}") or "").split(","))
    return said if said in _ACTIONS else ""


def _launch_data(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()
