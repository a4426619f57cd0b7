"""`boiduong import`: lists and sheets of an office, into the books."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser

from boiduong_exporter.command.options import (
    add_author,
    add_beats,
    add_books,
    add_rules,
    archive,
    claimed,
    now_ms,
    today,
    with_books,
    with_rules,
)

if TYPE_CHECKING:
    from boiduong_records.store import Books

    from boiduong_exporter.imports.intake import Arrival, Report
    from boiduong_exporter.rulebook.read import Rules
    from boiduong_exporter.study.archive import Archive

KINDS = {
    "organizations": "tổ chức và nhiệm kỳ",
    "roster": "danh sách cán bộ",
    "classes": "lớp, buổi, điểm học, chuyên đề",
    "enrolment": "danh sách học viên của lớp",
    "attendance": "bảng điểm danh và kết quả",
    "plan": "kế hoạch năm",
    "accounts": "tài khoản học trực tuyến",
    "catalog": "catalog.json của chương trình đã đóng gói",
    "log": "nhật ký học tập (nhịp học, Open edX, xAPI, Moodle), cả tệp .gz",
}


FOUNDING = "organizations"
"""The kind that new books begin with; any other list asks for books that are there."""
LOG = "log"
"""The kind that has no rows of an office."""


def configure(parser: Parser) -> None:
    parser.add_argument(
        "kind", metavar="LOẠI", choices=list(KINDS), help="; ".join(f"{kind}: {what}" for kind, what in KINDS.items())
    )
    parser.add_argument("files", metavar="TỆP", type=Path, nargs="+", help="tệp .xlsx, .csv; nhật ký: .log, .json, .gz")
    parser.add_argument("--class", dest="class_code", metavar="LỚP", default="", help="với log: cả tệp là của lớp này")
    parser.add_argument("--sample", action="store_true", help="với organizations: lập sổ mẫu, giấy tờ in ra đều ghi rõ")
    add_author(parser)
    add_books(parser)
    add_beats(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    if wrong := _misused(arguments):
        print(wrong, file=sys.stderr)
        return USAGE
    if arguments.kind == LOG:
        return _logs(arguments)
    return with_rules(arguments, lambda rules: _all(rules, arguments))


def _misused(arguments: Namespace) -> str:
    if arguments.class_code and arguments.kind != LOG:
        return f"--class chỉ dùng với «import {LOG}»."
    if arguments.sample and arguments.kind != FOUNDING:
        return f"--sample chỉ dùng với «import {FOUNDING}», khi lập sổ mới."
    return ""


def _logs(arguments: Namespace) -> int:
    """Each log by itself; all are opened before the books are touched, so that a wrong name stops nothing halfway."""
    from boiduong_records.beats import unsealed_days

    from boiduong_exporter.imports.logs.bring import LogArrival, bring_log
    from boiduong_exporter.logs.reading import read_log

    by = claimed(arguments.by)
    arrivals = [LogArrival(read_log(path), path.name, by, now_ms(), arguments.class_code) for path in arguments.files]

    def work(books: "Books") -> int:
        with books.reading() as connection:
            folder = archive(arguments, connection)
        code = max(_read(books, folder, each) for each in arrivals)
        with books.reading() as connection:
            waiting = [day for day in unsealed_days(connection) if day < today()]
        if waiting:
            print(f"Có {len(waiting)} ngày chưa niêm phong: chạy «boiduong seal» trước khi báo cáo.")
        return code

    def _read(books: "Books", folder: "Archive", arrival: LogArrival) -> int:
        print(f"Đang đọc {arrival.name}…", file=sys.stderr)
        return _told(bring_log(books, folder, arrival), arrival.name)

    return with_books(arguments, work)


def _all(rules: "Rules", arguments: Namespace) -> int:
    """Each file by itself, so that one that cannot be read does not hold up the others. All are read before the books
    are touched: a wrong name must not leave empty books behind."""
    arrivals = [_arrival(rules, arguments, path) for path in arguments.files]

    def work(books: "Books") -> int:
        if arguments.sample:
            _found_sample(books, claimed(arguments.by), now_ms())
        return max(_one(books, rules, each) for each in arrivals)

    return with_books(arguments, work, create=arguments.kind == FOUNDING)


def _found_sample(books: "Books", author: str, at_ms: int) -> None:
    """Say in new books that everything in them is invented.

    Raises BooksError where the books hold something already.
    """
    from boiduong_records.decision import Decision
    from boiduong_records.entry import SAMPLE
    from boiduong_records.errors import BooksError
    from boiduong_records.ledger import append_act, lock

    with books.writing() as connection:
        if lock(connection).seq:
            raise BooksError("sổ này đã có dữ liệu, không thành sổ mẫu được", "chọn tệp sổ khác bằng --books")
        append_act(connection, SAMPLE, "", {"what": "dữ liệu mẫu"}, Decision("lập sổ mẫu", author, "", at_ms))


def _one(books: "Books", rules: "Rules", arrival: "Arrival") -> int:
    from boiduong_exporter.imports.intake import import_file

    return _told(import_file(books, rules, arrival), arrival.file_name)


def _told(report: "Report", name: str) -> int:
    for problem in report.problems:
        print(problem)
    print(f"{name}: {_counted(report)}")
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


COMMAND = Command("nhập danh sách, lớp, điểm danh, kế hoạch, nhật ký học tập vào sổ", configure, run)
