"""Figures of attendance (diem-danh.toml): how long a learner may object, when a scan is a check-out, when codes are
good. Nothing is counted from them, so they have no part in the rulebook's version."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import nfc
from msgspec import Meta, Struct, ValidationError, convert

from boiduong_exporter.credit.rules import Status
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.rulebook.unreadable import unreadable

FILE = "diem-danh.toml"
_Minutes = Annotated[int, Meta(ge=0, le=360)]
_Hours = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]


@dataclass(frozen=True)
class AttendingRules:
    """`objection_days` after a session's attendance was closed; the others are minutes. Where `check_out` is required,
    a scan from so long before the end on is one. Codes are good from so long before a session to so long after it;
    `hours` (from, to: after local midnight) stand in for those of a session that gives none."""

    objection_days: int
    check_out: bool
    check_out_before_end: int
    before: int
    after: int
    hours: dict[Half, tuple[int, int]]


class _Said(Struct, forbid_unknown_fields=True, kw_only=True):
    title: str
    basis: str
    status: Status
    decided_by: str


class _Objecting(Struct, forbid_unknown_fields=True):
    days: Annotated[int, Meta(ge=0, le=30)]


class _Objections(_Said, kw_only=True):
    value: _Objecting


class _Leaving(Struct, forbid_unknown_fields=True):
    required: bool
    from_minutes_before_end: _Minutes


class _CheckOut(_Said, kw_only=True):
    value: _Leaving


class _Around(Struct, forbid_unknown_fields=True):
    minutes_before: _Minutes
    minutes_after: _Minutes


class _Window(_Said, kw_only=True):
    value: _Around


class _HoursOfHalves(_Said, kw_only=True):
    value: dict[Half, _Hours]


class _File(Struct, forbid_unknown_fields=True):
    objections: _Objections
    check_out: _CheckOut
    window: _Window
    hours: _HoursOfHalves


def read_attending(path: Path) -> tuple[AttendingRules | None, list[Problem]]:
    """What the file says; None with the Problems where it does not hold."""
    try:
        said = convert(tomllib.loads(nfc(path.read_text("utf-8"))), _File)
        hours = {half: _span(said.hours.value, half) for half in Half}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        return None, [unreadable(path, str(error))]
    except ValueError as error:
        hint = 'ghi đủ morning, afternoon, evening, mỗi buổi như "07:30-11:30"'
        return None, [fault(Code.BAD_RULES, Place(str(path)), f"[hours]: {error}", hint)]
    leaving, window = said.check_out.value, said.window.value
    return AttendingRules(
        said.objections.value.days, leaving.required, leaving.from_minutes_before_end, window.minutes_before,
        window.minutes_after, hours,
    ), []  # fmt: skip


def _span(said: Mapping[Half, str], half: Half) -> tuple[int, int]:
    if (text := said.get(half)) is None:
        raise ValueError(f"thiếu buổi «{half.value}»")
    starts, ends = (int(each[:2]) * 60 + int(each[3:]) for each in text.split("-"))
    if ends <= starts:
        raise ValueError(f"«{text}» kết thúc trước khi bắt đầu")
    return starts, ends
