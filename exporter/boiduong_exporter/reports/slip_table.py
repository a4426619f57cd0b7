"""The table of a slip: rows that an inspector can add up by hand, exact, and their sums."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.reasons import Reason
from boiduong_exporter.credit.telling import reason_of
from boiduong_exporter.credit.words import number, rounded
from boiduong_exporter.reports.figures import PersonFigures

MOST_ROWS = 16
"""Lines that fit beside the legal basis in a readable size."""
FORMS = {Delivery.HALL: "HT", Delivery.BRIDGE: "ĐC", Delivery.LIVE: "TT", Delivery.SELF_PACED: "TH"}
"""How sessions are held, as short as a narrow column needs."""
_BY_DOCUMENT = frozenset({Reason.RECOGNISED, Reason.RULED_OUT})
"""Reasons that are told with their document even where sessions are put together."""


def rows(lines: tuple[Line, ...]) -> list[list[str]]:
    """Each line where they fit; else a row a class, outcome and form, and where those are too many, the rest together,
    a row a form: so that the days in person can be added up from any of them. Days are exact: rows add up by hand."""
    if len(lines) <= MOST_ROWS:
        return [
            [_when(line), line.title, FORMS[line.delivery], _reason(line), *map(_exact, summed([line]))]
            for line in lines
        ]
    alike = _together(lines, _alike)
    told = alike if len(alike) <= MOST_ROWS else alike[: MOST_ROWS - len({line.delivery for line in lines})]
    found = [[_span(each), _class(each), *_grouped(each)] for each in told]
    rest = alike[len(told) :]
    for alike_form in _together((line for each in rest for line in each), lambda line: line.delivery):
        count = sum(each[0].delivery is alike_form[0].delivery for each in rest)
        found.append([_span(alike_form), f"{count} dòng khác, gồm {_pieces(alike_form)}", *_grouped(alike_form)])
    return found


def _alike(line: Line) -> Hashable:
    return line.class_code or line.title, line.outcome, line.delivery, line.half is None


def _together(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[list[Line]]:
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return list(groups.values())


def _grouped(lines: list[Line]) -> list[str]:
    return [FORMS[lines[0].delivery], _outcomes(lines), *map(_exact, summed(lines))]


def _when(line: Line) -> str:
    return f"{show_date(line.date)} {line.half.label if line.half else 'tự học'}"


def _span(lines: list[Line]) -> str:
    first, last = min(line.date for line in lines), max(line.date for line in lines)
    return show_date(first) if first == last else f"{show_date(first)} – {show_date(last)}"


def _class(lines: list[Line]) -> str:
    """The class and how many of its sessions; of topics studied alone, how many and in which class."""
    first, count = lines[0], len(lines)
    if count == 1:
        return first.title
    if first.half:
        return f"{first.title} ({_pieces(lines)})"
    return f"{_pieces(lines)} tự học{f' (lớp {first.class_code})' if first.class_code else ''}"


def _pieces(lines: list[Line]) -> str:
    """ "5 buổi, 2 chuyên đề"."""
    topics = sum(line.half is None for line in lines)
    counts = ((len(lines) - topics, "buổi"), (topics, "chuyên đề"))
    return ", ".join(f"{count} {what}" for count, what in counts if count)


def _reason(line: Line) -> str:
    return f"{line.outcome.label}: {reason_of(line)}"


def _outcomes(lines: list[Line]) -> str:
    reasons = dict.fromkeys(
        reason_of(line) if line.reason in _BY_DOCUMENT or ": " in line.detail else line.reason.label for line in lines
    )
    outcomes = dict.fromkeys(line.outcome.label for line in lines)
    return f"{', '.join(outcomes)}: {'; '.join(list(reasons)[:3])}{' …' if len(reasons) > 3 else ''}"


def summed(lines: Iterable[Line]) -> tuple[Fraction, ...]:
    """Exact days of the lines: what they would be worth in full, credited, waiting."""
    told = list(lines)
    nothing = Fraction(0)
    return (
        sum((line.offered for line in told), nothing),
        sum((line.credited for line in told), nothing),
        sum((line.waiting for line in told), nothing),
    )


def total(person: PersonFigures, step: Fraction) -> list[str]:
    """The sums of the rows, credited and waiting: exact, and beside them what the box prints for the same days."""
    _, *sums = summed(person.attended.lines)
    return [
        _exact(value) + (f",\nin là {number(shown)}" if boxed == value != (shown := rounded(boxed, step)) else "")
        for value, boxed in zip(sums, (person.verdict.credited, person.verdict.waiting), strict=True)
    ]


def _exact(value: Fraction) -> str:
    """A mixed number stays on one line."""
    return number(value).replace(" ", "\u00a0")
