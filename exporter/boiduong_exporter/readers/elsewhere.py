"""A file brought with the wrong command: its table is one that another command takes."""

from collections.abc import Iterator, Mapping, Sequence

from boiduong_vocabulary.problem import Place, Problem

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.fields import Spec
from boiduong_exporter.readers.grid import Grid
from boiduong_exporter.readers.header import Header, find_header

Found = Sequence[tuple[Grid, Header | None]]


def another_kind(found: Found, elsewhere: Mapping[str, Sequence[Spec]], name: str) -> Problem | None:
    """The refusal that names the command; None where a sheet is of the kind asked for, or of none."""
    others = [_better(grid, header, elsewhere) for grid, header in found]
    if any(header and header.is_complete and not other for (_, header), other in zip(found, others, strict=True)):
        return None
    best = max((other for other in others if other), key=lambda other: other[1].score, default=None)
    if best is None:
        return None
    kind, header = best
    said = f'"{name}"' if " " in name else name
    message = f"tệp này giống bảng «{header.spec.title}», không phải bảng cần nhập"
    return fault(Code.ANOTHER_KIND, Place(name), message, f"boiduong import {kind} {said}")


def _better(grid: Grid, ours: Header | None, elsewhere: Mapping[str, Sequence[Spec]]) -> tuple[str, Header] | None:
    """The complete header of another kind that fits `grid` better than `ours`, with its kind."""
    fitting = [(kind, header) for kind, header in _headers(grid, elsewhere) if _beats(header, ours)]
    return max(fitting, key=lambda other: other[1].score, default=None)


def _headers(grid: Grid, elsewhere: Mapping[str, Sequence[Spec]]) -> Iterator[tuple[str, Header]]:
    for kind, specs in elsewhere.items():
        header = find_header(grid, specs)
        if header and header.is_complete:
            yield kind, header


def _beats(other: Header, ours: Header | None) -> bool:
    """Of two complete headers the one that understands all that the other does, and more."""
    if ours is None:
        return True
    return ours.read < other.read if ours.is_complete else ours.score < other.score
