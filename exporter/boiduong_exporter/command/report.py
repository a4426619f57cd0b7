"""`boiduong report`: figures of a person, a unit or a province as a file, or what a draft of the rules would change."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import slug

from boiduong_exporter.command.asking import asked_person, asked_unit
from boiduong_exporter.command.layout import with_layout
from boiduong_exporter.command.options import add_books, add_period, add_rules, tell, with_books, with_rules

if TYPE_CHECKING:
    from boiduong_records.store import Books
    from sqlalchemy import Connection

    from boiduong_exporter.reporting.basis import Asked
    from boiduong_exporter.rulebook.layout import Layout
    from boiduong_exporter.rulebook.read import Rules

TABLES = ("xlsx", "csv", "json")
PAPERS = ("xlsx", "pdf", "csv", "json")


@dataclass(frozen=True)
class Scope:
    """What can be reported: in a word, how its file is called, the endings that it can have (the first by default), and
    who writes it: handed the books, the rules and the options, it gives the exit code."""

    about: str
    name: str
    endings: tuple[str, ...]
    write: "Callable[[Connection, Rules, Namespace], int]"


@dataclass(frozen=True)
class Order:
    """A report of a unit that can be made: of whom and for when it is, and where it goes."""

    connection: "Connection"
    rules: "Rules"
    unit: str
    asked: "Asked"
    paths: list[Path]
    arguments: Namespace


def configure(parser: Parser) -> None:
    scopes = "; ".join(f"{name}: {scope.about}" for name, scope in SCOPES.items())
    parser.add_argument("scope", metavar="PHẠM_VI", choices=list(SCOPES), help=scopes)
    parser.add_argument("who", metavar="MÃ", help="mã hoặc tên đơn vị; mã cán bộ hoặc họ tên")
    for name, options in _OPTIONS.items():
        parser.add_argument(name, **options)
    add_period(parser)
    add_books(parser)
    add_rules(parser)


_OPTIONS: dict[str, dict[str, Any]] = {
    "--out": {
        "metavar": "TỆP", "type": Path, "action": "append",
        "help": "nơi ghi, dạng theo đuôi tệp: .xlsx, .pdf, .csv, .json, .docx; ghi được nhiều lần "
        "(mặc định: bao-cao-MÃ-NGÀY.xlsx)",
    },
    "--structure": {
        "choices": ["period", "today"], "default": "period",
        "help": "đơn vị theo tổ chức của kỳ báo cáo (period) hay hiện nay (today)",
    },
    "--compare": {
        "metavar": "THƯ_MỤC", "type": Path,
        "help": "với unit, province: so sánh với dự thảo quy tắc trong thư mục này, thay cho báo cáo",
    },
    "--template": {
        "metavar": "MẪU", "type": Path,
        "help": "với review: mẫu Word của đơn vị (lấy bằng «boiduong template review»)",
    },
    "--cover": {
        "metavar": "TỆP", "type": Path, "help": "với review: ghi thêm dự thảo công văn gửi kèm, .docx",
    },
}  # fmt: skip


def run(arguments: Namespace) -> int:
    if wrong := _misused(arguments):
        print(wrong, file=sys.stderr)
        return USAGE
    return with_rules(arguments, lambda rules: with_books(arguments, lambda books: _report(books, rules, arguments)))


def _misused(arguments: Namespace) -> str:
    if arguments.compare and arguments.scope not in COMPARED:
        return f"--compare chỉ dùng với {', '.join(COMPARED)}."
    if (arguments.template or arguments.cover) and arguments.scope != REVIEW:
        return f"--template, --cover chỉ dùng với {REVIEW}."
    endings = _scope(arguments).endings
    for path in (*(arguments.out or ()), *([arguments.cover] if arguments.cover else [])):
        if path.suffix.lstrip(".").lower() not in endings:
            said = ", ".join(f".{ending}" for ending in endings)
            return f"Không ghi được «{path}»: đuôi tệp phải là một trong {said}."
    return ""


def _report(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    with books.reading() as connection:
        return _scope(arguments).write(connection, rules, arguments)


def _of_unit(write: Callable[[Order], int]) -> "Callable[[Connection, Rules, Namespace], int]":
    """`write`, once it is clear which unit and which day are asked for; else what is wrong is told."""

    def write_or_tell(connection: "Connection", rules: "Rules", arguments: Namespace) -> int:
        found = asked_unit(connection, rules, arguments)
        if isinstance(found, int):
            return found
        unit, want = found
        paths = _paths(arguments, unit, want.period.as_of.isoformat())
        return write(Order(connection, rules, unit, want, paths, arguments))

    return write_or_tell


@_of_unit
def _unit(order: Order) -> int:
    from boiduong_exporter.reporting.unit import unit_report
    from boiduong_exporter.reports.writing import UNIT

    for path in order.paths:  # the unit's people are read once, by each writer anew
        report = unit_report(order.connection, order.rules, order.unit, order.asked)
        UNIT[path.suffix.lower()](report, path)
        print("\n".join((f"Đã ghi {path}", *report.notes)))
    return FINE


@_of_unit
def _province(order: Order) -> int:
    from boiduong_exporter.reporting.province import province_report
    from boiduong_exporter.reports.writing import PROVINCE

    report = province_report(order.connection, order.rules, order.unit, order.asked)
    for path in order.paths:
        PROVINCE[path.suffix.lower()](report, path)
        print(f"Đã ghi {path}")
    print("".join(f"{note}\n" for note in report.notes), end="")
    return FINE


def _person(connection: "Connection", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_exporter.reports.writing import PERSON

    report = asked_person(connection, rules, arguments.who, arguments)
    if isinstance(report, int):
        return report
    for path in _paths(arguments, arguments.who, report.basis.as_of.isoformat()):
        PERSON[path.suffix.lower()](report, path)
        print(f"Đã ghi {path}")
    return FINE


@_of_unit
def _review(order: Order) -> int:
    cover = order.arguments.cover
    if cover and cover.resolve() in {path.resolve() for path in order.paths}:
        print(f"Báo cáo và công văn không ghi vào cùng một tệp được: «{cover}».", file=sys.stderr)
        return USAGE
    for path in (*order.paths, *([cover] if cover else [])):
        if path.exists():  # the office may have written in it
            print(f"Đã có tệp «{path}»; dùng tên khác, hoặc đổi tên tệp cũ.", file=sys.stderr)
            return PROBLEMS
    return with_layout(order.arguments, lambda layout: _reviewed(order, layout))


def _reviewed(order: Order, layout: "Layout") -> int:
    from boiduong_exporter.papers.cover import write_cover
    from boiduong_exporter.papers.review import write_review
    from boiduong_exporter.reporting.province import province_report

    report = province_report(order.connection, order.rules, order.unit, order.asked)
    for path in order.paths:
        if wrong := write_review(report, path, layout, order.arguments.template):
            return tell([wrong])
        print(f"Đã ghi {path} (dự thảo: số, ngày, nơi nhận, người ký và phần đánh giá do đơn vị điền)")
    if cover := order.arguments.cover:
        write_cover(report, cover, layout)
        print(f"Đã ghi {cover}")
    return FINE


@_of_unit
def _slips(order: Order) -> int:
    from boiduong_exporter.reporting.person import reports_of_unit
    from boiduong_exporter.reports.slip import write_slips

    for path in order.paths:
        reports = reports_of_unit(order.connection, order.rules, order.unit, order.asked)
        count = write_slips(reports, path)
        nobody = "Ngày này không có ai giữ chức vụ trong đơn vị; không ghi phiếu."
        print(f"Đã ghi {path}: {count} phiếu" if count else nobody)
    return FINE


@_of_unit
def _compare(order: Order) -> int:
    from boiduong_exporter.reporting.compare import comparison
    from boiduong_exporter.reports.compare import summary_text
    from boiduong_exporter.reports.writing import COMPARISON as WRITERS
    from boiduong_exporter.rulebook.read import read_rules

    draft, problems = read_rules(order.arguments.compare)
    if draft is None:
        return tell(problems)
    result = comparison(order.connection, order.rules, draft, order.unit, order.asked)
    for path in order.paths:
        WRITERS[path.suffix.lower()](result, path)
        print(f"Đã ghi {path}")
    print(summary_text(result), end="")
    return FINE


def _paths(arguments: Namespace, name: str, day: str) -> list[Path]:
    """Where to write: as said, or in the working folder; another report of the same unit has another name."""
    if arguments.out:
        return list(arguments.out)
    scope = _scope(arguments)
    return [Path(f"{scope.name}-{slug(name)}-{day}.{scope.endings[0]}")]


def _scope(arguments: Namespace) -> Scope:
    return COMPARISON if arguments.compare else SCOPES[arguments.scope]


SCOPES: Mapping[str, Scope] = {
    "unit": Scope("một đơn vị, từng người", "bao-cao", PAPERS, _unit),
    "person": Scope("một người, từng buổi", "bao-cao", PAPERS, _person),
    "province": Scope("một tỉnh, hoặc tổ chức có đơn vị trực thuộc", "tong-hop", PAPERS, _province),
    "review": Scope("dự thảo báo cáo sơ kết bằng Word", "so-ket", ("docx",), _review),
    "slips": Scope("phiếu tính ngày của mọi người trong đơn vị, mỗi người một trang", "phieu", ("pdf",), _slips),
}
REVIEW = "review"
"""The scope that has a template of the office's, and a cover letter."""
COMPARED = ("unit", "province")
"""Whose people can be held against a draft; the comparison is the same."""
COMPARISON = Scope("so sánh với dự thảo quy tắc", "so-sanh", TABLES, _compare)

COMMAND = Command("báo cáo số ngày của một người, một đơn vị, một tỉnh; so sánh dự thảo quy tắc", configure, run)
