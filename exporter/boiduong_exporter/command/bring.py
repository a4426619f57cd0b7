"""`boiduong import`: lists and sheets of an office, into the books."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, Command, Parser

from boiduong_exporter.command.options import add_author, add_books, add_rules, claimed, now_ms, with_books, with_rules

if TYPE_CHECKING:
    from boiduong_records.store import Books

    from boiduong_exporter.imports.intake import Arrival, Report
    from boiduong_exporter.rulebook.read import Rules

KINDS = {
    "organizations": "tổ chức và nhiệm kỳ",
    "roster": "danh sách cán bộ",
    "classes": "lớp, buổi, điểm học, chuyên đề",
    "attendance": "bảng điểm danh và kết quả",
    "plan": "kế hoạch năm",
    "catalog": "catalog.json của chương trình đã đóng gói",
}


FOUNDING = "organizations"
"""The kind that new books begin with; any other list asks for books that are there."""


def configure(parser: Parser) -> None:
    parser.add_argument(
        "kind", metavar="LOẠI", choices=list(KINDS), help="; ".join(f"{kind}: {what}" for kind, what in KINDS.items())
    )
    parser.add_argument("files", metavar="TỆP", type=Path, nargs="+", help="tệp .xlsx hoặc .csv")
    add_author(parser)
    add_books(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    return with_rules(arguments, lambda rules: _all(rules, arguments))


def _all(rules: "Rules", arguments: Namespace) -> int:
    """Each file by itself, so that one that cannot be read does not hold up the others. All are read before the books
    are touched: a wrong name must not leave empty books behind."""
    arrivals = [_arrival(rules, arguments, path) for path in arguments.files]
    founds = arguments.kind == FOUNDING
    return with_books(arguments, lambda books: max(_one(books, rules, each) for each in arrivals), create=founds)


def _one(books: "Books", rules: "Rules", arrival: "Arrival") -> int:
    from boiduong_exporter.imports.intake import import_file

    report = import_file(books, rules, arrival)
    for problem in report.problems:
        print(problem)
    print(f"{arrival.file_name}: {_counted(report)}")
    return _exit(report)


def _arrival(rules: "Rules", arguments: Namespace, path: Path) -> "Arrival":
    from boiduong_exporter.imports.intake import Arrival
    from boiduong_exporter.imports.kinds import TABLES, read
    from boiduong_exporter.readers.sheet import Reading

    data = path.read_bytes()
    if arguments.kind == "catalog":
        from boiduong_vocabulary.canonical import digest

        from boiduong_exporter.imports.catalog import take_of

        take, reading = take_of(data, path.name), Reading((), (), digest(data))
    else:
        print(f"Đang đọc {path.name}…", file=sys.stderr)
        _, take = TABLES[arguments.kind]
        reading = read(arguments.kind, data, path.name, rules.kinds)
    return Arrival(arguments.kind, take, path.name, reading, claimed(arguments.by), now_ms())


def _counted(report: "Report") -> str:
    parts = [f"{count} dòng {outcome.label}" for outcome, count in sorted(report.counts.items()) if count]
    entry = f"; ghi ở mục {report.seq} của sổ" if report.seq else "; sổ không đổi"
    return f"{', '.join(parts) or 'không có dòng nào'}{entry} (lần nhập {report.batch})."


def _exit(report: "Report") -> int:
    from boiduong_records.receipts import Outcome
    from boiduong_vocabulary.problem import any_error

    refused = report.counts.get(Outcome.REFUSED, 0)
    return PROBLEMS if refused or any_error(report.problems) else FINE


COMMAND = Command("nhập danh sách, lớp, điểm danh, kế hoạch vào sổ", configure, run)
