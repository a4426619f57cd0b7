"""The basic report of Moodle: a row for each learner and attempt."""

import re
from collections.abc import Iterator
from fractions import Fraction

from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.logs.moments import reported_span, written_moment
from boiduong_exporter.logs.moodle import Row, Table, read_rows
from boiduong_exporter.logs.moodle_tracks import number
from boiduong_exporter.logs.record import Progress, Record, Skipped, Where
from boiduong_exporter.logs.refusing import bad_field, bad_moment, nobody
from boiduong_exporter.logs.scorm import COMPLETED, percent, share

_WORDS = {
    **COMPLETED,
    "notattempted": False,
    **{
        fold(word): done
        for word, done in {
            "hoàn thành": True, "đã hoàn thành": True, "đạt": True, "đã đạt": True, "đỗ": True, "đã vượt qua": True,
            "chưa hoàn thành": False, "chưa học": False, "chưa thử": False, "chưa bắt đầu": False, "xem qua": False,
            "không đạt": None, "chưa đạt": None, "trượt": None,
        }.items()
    },
}  # fmt: skip
_OF = re.compile(r"(\S+)\s*/\s*(\S+)")
_NEVER = "chưa học lần nào"
_NOTHING = ("", "-")


def read_report(table: Table, blocks: Iterator[bytes]) -> Iterator[Record]:
    """A record for each row: the status and score of its own columns, or of the one SCO whose column the detailed
    report adds (its title is then the package)."""
    return read_rows(table, blocks, _record)


def _record(row: Row) -> Record:
    cells = row.cells
    if not row.learner:
        return nobody(row.line)
    if cells.get("attempt", "") in _NOTHING:
        return Skipped(row.line, _NEVER)
    at_ms = written_moment(cells.get("last", "")) or written_moment(cells.get("started", ""))
    if at_ms is None:
        return bad_moment(row.line, "Truy cập lần cuối")
    package, result = _package(row)
    status = cells.get("status", "") or (result if fold(result) in _WORDS else "")
    if status not in _NOTHING and fold(status) not in _WORDS:
        return bad_field(row.line, "Trạng thái", f"chưa rõ «{status[:40]}»")
    shown = result if _OF.fullmatch(result) else cells.get("score", "")
    score = None if shown in _NOTHING else _score(shown, cells.get("most", ""))
    if score is None and shown not in _NOTHING:
        return bad_field(row.line, "Điểm", "không phải số, hoặc ngoài thang điểm")
    return Progress(
        row.line, row.learner, Where(package=package), at_ms, _WORDS.get(fold(status)),
        score=None if score is None else percent(score), reported_ms=reported_span(cells.get("total", "")),
    )  # fmt: skip


def _package(row: Row) -> tuple[str, str]:
    """The package, and what the SCO's column says of it: a status, or a score "85/100"."""
    told = [(title, text) for title, text in row.others.items() if fold(text) in _WORDS or _OF.fullmatch(text)]
    title, text = told[0] if len(told) == 1 else ("", "")
    return row.cells.get("package") or title, text


def _score(text: str, most: str) -> Fraction | None:
    """A score as a share of one: "85/100", "85%", or 85 of `most`; of a hundred where that is not told."""
    if found := _OF.fullmatch(text):
        text, most = found[1], found[2]
    raw, high = number(text.removesuffix("%").strip()), number(most) if most else Fraction(100)
    return None if raw is None or high is None else share(raw, Fraction(0), high)
