"""Why one person's figures differ under two rulebooks, in the words of the reckoning itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from boiduong_vocabulary.evidence import Half

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.rules import Rulebook
from boiduong_exporter.credit.verdict import Verdict
from boiduong_exporter.credit.words import days, number, total

_MOST = 6
"""Kinds of changed lines that are told; who wants all compares two slips."""
_NAMED = 3
"""Classes that one of them names."""
_Pair = tuple[Line | None, Line | None]


@dataclass(frozen=True)
class Because:
    """What two rulebooks say differently, held ready for many people."""

    now: Rulebook
    then: Rulebook

    @cached_property
    def readings(self) -> dict[str, str]:
        """By key: how a reading changes, in words."""
        before = {entry.key: entry for entry in self.now.readings.entries}
        after = {entry.key: entry for entry in self.then.readings.entries}
        return {
            key: f"{entry.title}: {entry.said} → {after[key].said}"
            for key, entry in before.items()
            if key in after and entry.said != after[key].said
        }

    def why(self, now: Verdict, then: Verdict) -> tuple[str, ...]:
        """Documents that come or go, steps that differ, lines that differ, readings that had a part in either."""
        told = (*_documents(now, then), *_steps(now, then), *_lines(now, then), *self._read(now, then))
        return told or ("hai cách tính cho số khác nhau; xem phiếu tính ngày theo từng bản",)

    def _read(self, now: Verdict, then: Verdict) -> Iterator[str]:
        used = now.readings | then.readings | {"conversion"}
        yield from (f"cách hiểu «{said}»" for key, said in self.readings.items() if key in used)


def _documents(now: Verdict, then: Verdict) -> Iterator[str]:
    before, after = ({each.number for each in verdict.obligation.documents} for verdict in (now, then))
    if come := sorted(after - before):
        yield f"thêm văn bản áp dụng: {', '.join(come)}"
    if gone := sorted(before - after):
        yield f"không còn áp dụng: {', '.join(gone)}"


def _steps(now: Verdict, then: Verdict) -> Iterator[str]:
    """The steps that only one of them has, side by side where there are as many."""
    before, after = ([step.text.rstrip(".") for step in verdict.obligation.steps] for verdict in (now, then))
    gone = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    if len(gone) == len(come):
        yield from (_changed(one, other) for one, other in zip(gone, come, strict=True))
        return
    yield from (f"bỏ bước: {text}" for text in gone)
    yield from (f"thêm bước: {text}" for text in come)


def _changed(one: str, other: str) -> str:
    """ "Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 8 ngày/nhiệm kỳ"."""
    (about, _, before), (same, _, after) = one.partition(": "), other.partition(": ")
    return f"{about}: {before} → {after}" if about == same and before else f"{one} → {other}"


def _lines(now: Verdict, then: Verdict) -> Iterator[str]:
    """Sessions and topics that become of another worth, those alike together, the most frequent first."""
    groups: dict[tuple[str, str, bool], list[_Pair]] = defaultdict(list)
    for before, after in _paired(now, then):
        alone = all(line is None or line.half is None for line in (before, after))
        groups[(_outcome(before), _outcome(after), alone)].append((before, after))
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    for (one, other, alone), pairs in ordered[:_MOST]:
        yield _said(one, other, alone, pairs)
    if len(ordered) > _MOST:
        yield f"và {len(ordered) - _MOST} thay đổi khác của các buổi, chuyên đề"


def _paired(now: Verdict, then: Verdict) -> Iterator[_Pair]:
    """The lines that differ, each beside its other self."""
    before, after = _by_place(now.tally.lines), _by_place(then.tally.lines)
    for place in {**before, **after}:
        pair = before.get(place), after.get(place)
        if _worth(pair[0]) != _worth(pair[1]):
            yield pair


def _by_place(lines: Sequence[Line]) -> dict[tuple[int, date, Half | None, str, int], Line]:
    """By entry, half day and title; entries that make several such lines keep their order."""
    found: dict[tuple[int, date, Half | None, str, int], Line] = {}
    seen: dict[tuple[int, date, Half | None, str], int] = defaultdict(int)
    for line in lines:
        key = (line.seq, line.date, line.half, line.title)
        found[(*key, seen[key])] = line
        seen[key] += 1
    return found


def _worth(line: Line | None) -> object:
    return line and (line.outcome, line.reason, line.credited, line.waiting)


def _outcome(line: Line | None) -> str:
    return f"{line.outcome.label} ({line.reason.label})" if line else "không có trong phép tính"


def _said(one: str, other: str, alone: bool, pairs: list[_Pair]) -> str:
    """ "6 buổi: không tính (…) → được tính (đủ buổi), được tính 0 → 3 ngày, gồm …"."""
    before, after = ([line for line in side if line] for side in zip(*pairs, strict=True))
    titles = list(dict.fromkeys(line.title for pair in pairs for line in pair if line))
    more = f" và {len(titles) - _NAMED} lớp, chuyên đề khác" if len(titles) > _NAMED else ""
    what = "chuyên đề" if alone else "buổi"
    change = one if one == other else f"{one} → {other}"
    worth = _days("được tính", [line.credited for line in before], [line.credited for line in after])
    waits = _days("chờ", [line.waiting for line in before], [line.waiting for line in after])
    return f"{len(pairs)} {what}: {change}{worth}{waits}, gồm {', '.join(titles[:_NAMED])}{more}"


def _days(what: str, before: list[Fraction], after: list[Fraction]) -> str:
    one, other = total(before), total(after)
    return f", {what} {number(one)} → {days(other)}" if one != other else ""
