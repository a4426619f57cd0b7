"""`boiduong seal`: study days that are over become evidence."""

from argparse import Namespace
from collections.abc import Iterator
from importlib.metadata import distribution
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, Command, Parser
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.command.options import (
    add_author,
    add_beats,
    add_books,
    add_rules,
    archive,
    claimed,
    now_ms,
    tell_refusal,
    today,
    with_books,
    with_rules,
)

if TYPE_CHECKING:
    from boiduong_records.store import Books

    from boiduong_exporter.rulebook.read import Rules
    from boiduong_exporter.sealing.seal import DaySeal
    from boiduong_exporter.study.archive import Archive
    from boiduong_exporter.study.errors import StudyError

SOURCES = "boiduong.study_sources"
"""The group of entry points by which a wing above brings what it holds of study into the books before the seal. Each is
called with the books, the folder of day files, where the books are, and the rules; it gives a line for each thing it
did."""


def configure(parser: Parser) -> None:
    parser.add_argument(
        "--engine", metavar="ĐỊA_CHỈ",
        help="công cụ tính toán: duckdb (mặc định), sqlite, postgresql://…, clickhouse://…, pyspark",
    )  # fmt: skip
    add_author(parser)
    add_books(parser)
    add_beats(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    return with_rules(arguments, lambda rules: with_books(arguments, lambda books: _seal(books, rules, arguments)))


def _seal(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_records.decision import Decision

    from boiduong_exporter.sealing.seal import Sealer
    from boiduong_exporter.study.engines import open_engine

    by = Decision("niêm phong ngày học", claimed(arguments.by), "", now_ms())
    with books.reading() as connection:
        folder = archive(arguments, connection)
    for line in _brought(books, folder, arguments.books, rules):
        print(line, flush=True)
    with open_engine(arguments.engine) as engine:
        sealer = Sealer(books, folder, engine, rules.rulebook.readings, by)
        failed = [_tell(each) for each in sealer.seal(today())]
        gone = sealer.discard(today())
    if not failed:
        print("Không có ngày học nào cần niêm phong. Ngày học hôm nay sẽ niêm phong được từ ngày mai.")
    if gone:
        span = f"{show_date(gone[0])} – {show_date(gone[-1])}"
        print(f"Đã xóa nhịp học thô của {len(gone)} ngày hết hạn giữ ({span}); tổng từng ngày vẫn còn trong sổ.")
    return PROBLEMS if any(failed) else FINE


def _brought(books: "Books", folder: "Archive", where: str, rules: "Rules") -> Iterator[str]:
    for source in distribution("boiduong").entry_points.select(group=SOURCES):
        try:
            bring = source.load()
        except ModuleNotFoundError as missing:  # an office without that wing's extra has nothing of it either
            if (missing.name or "").startswith("boiduong_"):
                raise
            continue
        yield from bring(books, folder, where, rules)


def _tell(each: "DaySeal | StudyError") -> bool:
    """Whether the day could not be sealed."""
    from boiduong_exporter.study.errors import StudyError

    if isinstance(each, StudyError):
        tell_refusal(each)
        return True
    print(each.told, flush=True)
    return False


COMMAND = Command("niêm phong các ngày học đã qua thành minh chứng", configure, run)
