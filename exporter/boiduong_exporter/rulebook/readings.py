"""How open points are read (cach-hieu.toml): each value checked against what the count understands."""

import re
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc
from msgspec import Struct, ValidationError, convert

from boiduong_exporter.credit.rules import Conversion, Reading, Readings, Status
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.rulebook.unreadable import unreadable

FILE = "cach-hieu.toml"


class _Entry(Struct, forbid_unknown_fields=True):
    title: str
    value: Any
    alternatives: tuple[Any, ...]
    basis: str
    status: Status
    decided_by: str
    labels: dict[str, str]
    pass_score: str = ""


class _Conversion(Struct, forbid_unknown_fields=True):
    periods_per_day: int
    minutes_per_period: int
    status: Status
    basis: str
    decided_by: str


def _one_of(*known: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in known:
            guess = did_you_mean(value, known) if isinstance(value, str) else ""
            raise ValueError(f"không nhận «{value}». {guess} Chọn một trong: {', '.join(known)}".replace("  ", " "))
        return str(value)

    return read


def _share(value: Any) -> Fraction:
    """A share from 0 to 1, written "3/4"."""
    if not isinstance(value, str) or not re.fullmatch(r"\d+(/[1-9]\d*)?", value) or Fraction(value) > 1:
        raise ValueError('viết một phần từ "0" đến "1", như "3/4"')
    return Fraction(value)


def _needs(value: Any) -> str | Fraction:
    try:
        return _share(value)
    except ValueError as error:
        try:
            return _one_of("some_attendance", "all_attendance", "class_is_blended")(value)
        except ValueError as other:
            raise ValueError(f"{other}; hoặc {error}") from None


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("viết true hoặc false")
    return value


def _step(value: Any) -> Fraction:
    if not isinstance(value, str) or not re.fullmatch(r"\d+(,\d+)?", value) or not Fraction(value.replace(",", ".")):
        raise ValueError('viết bước trong ngoặc kép, như "0,1"')
    return Fraction(value.replace(",", "."))


def _years(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("viết số năm")
    return value


def _months(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("viết số tháng, từ 1")
    return value


def _time_of_day(value: Any) -> int:
    """Minutes after midnight."""
    found = re.fullmatch(r"(\d{2}):(\d{2})", value) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError('viết giờ và phút trong ngoặc kép, như "12:00"')
    return int(found[1]) * 60 + int(found[2])


_SIMPLE: dict[str, Callable[[Any], Any]] = {
    "self_paced_needs": _needs,
    "online_credit": _one_of("completed_topic", "studied_minutes"),
    "topic_repeat": _one_of("once_per_edition", "once_per_term", "each_class"),
    "cap": _one_of("nominal", "none"),
    "result_required": _truth,
    "offline_claimed": _one_of("counts_marked", "refused"),
    "kinds_not_listed": _one_of("decision", "refused"),
    "bridge_form": _one_of("decision", "in_person", "online"),
    "rule_at": _one_of("event", "reference_date"),
    "term_of": _one_of("managing_authority", "own_organization"),
    "running_term_2024": _one_of("not_determined", "full", "pro_rata"),
    "group_change": _one_of("at_reference_date", "higher", "pro_rata"),
    "several_posts": _one_of("highest", "decision"),
    "pro_rata": _one_of("none", "by_month", "by_day"),
    "display_step": _step,
}
_COMPOUND: dict[str, dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "half_day": {"whole_from": ("whole_from", _share), "below": ("below", _one_of("minutes", "none"))},
    "at_risk": {"from": ("at_risk_from", _share)},
    "retention": {"years_after_term": ("retention_years", _years)},
    "study_halves": {
        "afternoon_from": ("afternoon_from", _time_of_day), "evening_from": ("evening_from", _time_of_day),
    },
    "raw_beats": {"months": ("raw_months", _months)},
}  # fmt: skip
"""Readings whose value has parts: the field of `Readings` that each part fills."""
_KEYS = (*_SIMPLE, *_COMPOUND)


def read_readings(path: Path) -> tuple[tuple[Readings, Conversion] | None, list[Problem]]:
    """The readings and the conversion, or what is wrong with them."""
    try:
        data = tomllib.loads(nfc(path.read_bytes().decode("utf-8")))
        conversion = convert(data.pop("conversion", {}), _Conversion)
        entries = {key: convert(value, _Entry) for key, value in data.items()}
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        return None, [unreadable(path, str(error))]
    problems = [_unlike(path, key, entries) for key in sorted({*_KEYS} ^ entries.keys())]
    pass_score = _pass_score(path, entries, problems)
    if conversion.periods_per_day < 1 or conversion.minutes_per_period < 1:
        problems.append(_bad(path, "conversion", "số tiết và số phút phải từ 1"))
    values: dict[str, Any] = {}
    for key, entry in entries.items():
        if key in _KEYS:
            values |= _values(path, key, entry, problems)
    if values.get("afternoon_from", 0) >= values.get("evening_from", 1440):
        problems.append(_bad(path, "study_halves", "giờ bắt đầu buổi tối phải sau giờ bắt đầu buổi chiều"))
    if problems:
        return None, problems
    said = (*(_reading(key, entry) for key, entry in entries.items()), _said_conversion(conversion))
    values["pass_score"] = pass_score
    converted = Conversion(conversion.periods_per_day, conversion.minutes_per_period, conversion.basis)
    return (Readings(**values, entries=said), converted), []


def _pass_score(path: Path, entries: dict[str, _Entry], problems: list[Problem]) -> Fraction:
    said = entries["result_required"].pass_score if "result_required" in entries else ""
    if re.fullmatch(r"(\d+(,\d+)?)?", said):
        return Fraction(said.replace(",", ".") or "0")
    problems.append(_bad(path, "result_required", f'pass_score «{said}» không phải điểm; viết như "5" hoặc "6,5"'))
    return Fraction(0)


def _unlike(path: Path, key: str, entries: dict[str, _Entry]) -> Problem:
    if key in entries:
        return _bad(path, key, f"không có cách hiểu tên này. {did_you_mean(key, _KEYS)}".strip())
    return _bad(path, key, "thiếu mục này")


def _bad(path: Path, key: str, message: str) -> Problem:
    hint = "mỗi mục cần title, value, alternatives, basis, status, decided_by, labels; xem docs/quy-dinh.md"
    return fault(Code.BAD_READING, Place(str(path)), f"[{key}]: {message}", hint)


def _values(path: Path, key: str, entry: _Entry, problems: list[Problem]) -> dict[str, Any]:
    try:
        if key in _SIMPLE:
            return {key: _SIMPLE[key](entry.value)}
        parts = _COMPOUND[key]
        if not isinstance(entry.value, dict) or entry.value.keys() != parts.keys():
            raise ValueError("value cần đúng các phần: " + ", ".join(parts))
        return {name: read(entry.value[part]) for part, (name, read) in parts.items()}
    except ValueError as error:
        problems.append(_bad(path, key, str(error)))
        return {}


def _reading(key: str, entry: _Entry) -> Reading:
    others = tuple(_word(entry, other) for other in entry.alternatives)
    return Reading(key, entry.title, _said(entry), others, entry.basis, entry.status, entry.decided_by)


def _said(entry: _Entry) -> str:
    """The value in words; "{}" in a label stands for the value itself."""
    if isinstance(entry.value, dict):
        parts = ((entry.labels.get(str(part), str(part)), _word(entry, value)) for part, value in entry.value.items())
        return ", ".join(label.replace("{}", word) if "{}" in label else f"{label} {word}" for label, word in parts)
    word = _word(entry, entry.value)
    share = entry.labels.get("share", "")
    return share.replace("{}", word) if share and word == str(entry.value) else word


def _word(entry: _Entry, value: Any) -> str:
    key = str(value).lower() if isinstance(value, bool) else str(value)
    return entry.labels.get(key, key)


def _said_conversion(conversion: _Conversion) -> Reading:
    value = f"1 ngày = {conversion.periods_per_day} tiết, 1 tiết = {conversion.minutes_per_period} phút"
    return Reading(
        "conversion", "Cách quy đổi tiết ra ngày", value, (), conversion.basis, conversion.status, conversion.decided_by
    )
