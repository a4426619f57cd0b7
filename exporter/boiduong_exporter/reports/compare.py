"""What a draft of the rules would change: figures handed in, and their CSV, JSON and summary. It is no report of
results, and says so."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from textwrap import shorten

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.columns import Column, Kind
from boiduong_exporter.reports.data import to_json, write_text
from boiduong_exporter.reports.figures import Basis
from boiduong_exporter.reports.plain import csv_table, json_basis, json_columns, json_head, json_row

TITLE = "SO SÁNH VỚI DỰ THẢO QUY TẮC"
NO_REPORT = (
    "Đây là so sánh để cân nhắc trước khi ban hành, không phải báo cáo kết quả: không dùng để đánh giá cán bộ, đơn vị."
)


@dataclass(frozen=True)
class Reckoned:
    """What one rulebook says of one person: days owed (in all, in person), counted (in all, in person), waiting, not
    counted though attended, and missing."""

    standing: Standing
    required: Fraction | None
    in_person: Fraction
    credited: Fraction
    rooms: Fraction
    waiting: Fraction
    refused: Fraction
    shortfall: Fraction | None


@dataclass(frozen=True)
class Change:
    """One person whose figures change; `why` are short sentences, the most telling first."""

    code: str
    name: str
    posts: tuple[str, ...]
    unit: str
    now: Reckoned
    then: Reckoned
    why: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One point in which the two folders differ: in which document (or list), about what, and the words of each; empty
    where one says nothing."""

    where: str
    what: str
    now: str
    then: str


@dataclass(frozen=True)
class Move:
    """How many people go from one standing to another; to the same one, only their days change."""

    now: Standing
    then: Standing
    people: int


@dataclass(frozen=True)
class Comparison:
    """The same people under the rules in force and under a draft. `now` and `then` count all of them by standing."""

    unit_name: str
    unit_code: str
    basis: Basis
    draft: Basis
    now: tuple[tuple[Standing, int], ...]
    then: tuple[tuple[Standing, int], ...]
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return sum(count for _, count in self.now)

    @property
    def moves(self) -> tuple[Move, ...]:
        """In the order of standings; those who keep theirs come last."""
        pairs = Counter((change.now.standing, change.then.standing) for change in self.changes)
        order = list(Standing)
        kinds = sorted(pairs, key=lambda pair: (pair[0] is pair[1], *map(order.index, pair)))
        return tuple(Move(*kind, pairs[kind]) for kind in kinds)


def _days(
    key: str, heading: str, of: Callable[[Reckoned], Fraction | None], up: bool = False
) -> tuple[Column[Change], Column[Change]]:
    """Days by the rules in force, and beside them by the draft."""
    return (
        Column(f"{key}_now", f"{heading} hiện nay", 9, Kind.DAYS, lambda _, change: of(change.now), up),
        Column(f"{key}_then", f"{heading} theo dự thảo", 9, Kind.DAYS, lambda _, change: of(change.then), up),
    )


CHANGES: tuple[Column[Change], ...] = (
    Column("number", "STT", 6, Kind.WHOLE, lambda number, _: number),
    Column("code", "Mã cán bộ", 10, Kind.TEXT, lambda _, change: change.code),
    Column("name", "Họ và tên", 20, Kind.TEXT, lambda _, change: change.name),
    Column("posts", "Chức vụ", 22, Kind.TEXT, lambda _, change: "; ".join(change.posts)),
    Column("unit", "Đơn vị", 20, Kind.TEXT, lambda _, change: change.unit),
    Column("standing_now", "Kết quả hiện nay", 13, Kind.TEXT, lambda _, change: change.now.standing.label),
    Column("standing_then", "Kết quả theo dự thảo", 13, Kind.TEXT, lambda _, change: change.then.standing.label),
    *_days("required", "Tối thiểu", lambda found: found.required),
    *_days("required_in_person", "Tối thiểu trực tiếp", lambda found: found.in_person),
    *_days("credited", "Được tính", lambda found: found.credited),
    *_days("in_person", "Trực tiếp", lambda found: found.rooms),
    *_days("waiting", "Chờ quyết định", lambda found: found.waiting),
    *_days("refused", "Không tính", lambda found: found.refused),
    *_days("shortfall", "Còn thiếu", lambda found: found.shortfall, up=True),
    Column("why", "Vì sao", 60, Kind.TEXT, lambda _, change: "; ".join(change.why)),
)
"""Whatever changes stands here on both sides: nobody is on the list without a difference in sight."""


def write_compare_csv(found: Comparison, path: Path) -> None:
    """Those who change, in the same form as a unit's list."""
    write_text(path, csv_table(CHANGES, found.changes, found.basis, {"Ghi chú": f"{TITLE}; {versions(found)}"}))


def write_compare_json(found: Comparison, path: Path) -> None:
    write_text(path, _compare_json(found))


def _compare_json(found: Comparison) -> Iterator[str]:
    step = found.basis.display_step
    yield to_json(
        json_head("comparison", found.basis)
        | {
            "title": TITLE,
            "meaning": NO_REPORT,
            "unit": {"code": found.unit_code, "name": found.unit_name},
            "basis": json_basis(found.basis),
            "draft": json_basis(found.draft),
            "people": found.people,
            "standings": {"now": _counts(found.now), "then": _counts(found.then)},
            "moves": found.moves,
            "columns": json_columns(CHANGES),
            "changes": [
                json_row(CHANGES, number, change, step) | {"reasons": change.why}
                for number, change in enumerate(found.changes, 1)
            ],
            "differences": found.differences,
            "notes": found.notes,
        }
    )
    yield "\n"


def _counts(standings: tuple[tuple[Standing, int], ...]) -> dict[str, int]:
    return {standing.value: count for standing, count in standings}


def versions(found: Comparison) -> str:
    return f"quy tắc hiện nay bản {found.basis.rulebook_version}, dự thảo bản {found.draft.rulebook_version}"


def moved(move: Move) -> str:
    """ "đủ → còn thiếu"; or that only the days change."""
    if move.now is move.then:
        return f"{move.now.label} (kết quả như cũ, số ngày thay đổi)"
    return f"{move.now.label} → {move.then.label}"


def summary_text(found: Comparison) -> str:
    """What the screen shows when the files are written."""
    lines = [
        *filter(None, (found.basis.notice,)),
        TITLE,
        f"{found.unit_name} ({found.unit_code}), tính đến ngày {show_date(found.basis.as_of)}; {versions(found)}.",
        NO_REPORT,
        f"Quy tắc khác nhau ở {len(found.differences)} điểm." if found.differences else "Hai bản quy tắc như nhau.",
        *(f"  {_told(each)}" for each in found.differences[:_MOST]),
    ]
    if len(found.differences) > _MOST:
        lines.append(f"  và {len(found.differences) - _MOST} điểm khác, xem tệp.")
    lines.append(f"Số người: {found.people}; thay đổi: {len(found.changes)}.")
    lines += [f"  {moved(move)}: {move.people} người" for move in found.moves]
    return "\n".join((*lines, *found.notes)) + "\n"


_MOST = 5
"""Points that the screen names."""
_WIDE = 90
"""Letters of each that it shows."""


def _told(each: Difference) -> str:
    now, then = (shorten(text, _WIDE, placeholder=" …") or "không có" for text in (each.now, each.then))
    return f"{each.where}, {each.what}: {now} → {then}"
