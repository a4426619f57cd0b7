"""`boiduong report`: a unit's or a person's figures as XLSX, CSV or JSON."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import slug

from boiduong_exporter.command.asking import asked, asked_person
from boiduong_exporter.command.options import add_books, add_period, add_rules, with_books, with_rules

if TYPE_CHECKING:
    from boiduong_records.store import Books
    from sqlalchemy import Connection

    from boiduong_exporter.rulebook.read import Rules

FORMATS = ("xlsx", "csv", "json")


def configure(parser: Parser) -> None:
    parser.add_argument("scope", metavar="PHẠM_VI", choices=["unit", "person"], help="unit: đơn vị; person: một người")
    parser.add_argument("who", metavar="MÃ", help="mã hoặc tên đơn vị; mã cán bộ hoặc họ tên")
    parser.add_argument(
        "--out", metavar="TỆP", type=Path, action="append",
        help="nơi ghi, đuôi .xlsx, .csv hoặc .json; ghi được nhiều lần (mặc định: bao-cao-MÃ-NGÀY.xlsx)",
    )  # fmt: skip
    parser.add_argument(
        "--structure", choices=["period", "today"], default="period",
        help="đơn vị theo tổ chức của kỳ báo cáo (period) hay hiện nay (today)",
    )  # fmt: skip
    add_period(parser)
    add_books(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    wrong = [path for path in arguments.out or () if path.suffix.lstrip(".").lower() not in FORMATS]
    if wrong:
        print(f"Không ghi được «{wrong[0]}»: đuôi tệp phải là .xlsx, .csv hoặc .json.", file=sys.stderr)
        return USAGE
    return with_rules(arguments, lambda rules: with_books(arguments, lambda books: _report(books, rules, arguments)))


def _report(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    with books.reading() as connection:
        write = _unit if arguments.scope == "unit" else _person
        return write(connection, rules, arguments)


def _unit(connection: "Connection", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_exporter.gathering.world import world
    from boiduong_exporter.imports.units import units
    from boiduong_exporter.reporting.unit import unit_report
    from boiduong_exporter.reports.writing import write_unit

    unit = units(connection).find(arguments.who, Place("--"), "đơn vị")
    if isinstance(unit, Problem):
        print(f"Không có đơn vị «{arguments.who}». {unit.hint}", file=sys.stderr)
        return PROBLEMS
    want = asked(arguments, connection, world(connection, rules.kinds, arguments.at_entry), unit)
    if want is None:
        return USAGE
    for path in arguments.out or [_default(unit, want.period.as_of.isoformat())]:
        report = unit_report(connection, rules, unit, want)
        write_unit(report, path)
        print("\n".join((f"Đã ghi {path}", *report.notes)))
    return FINE


def _person(connection: "Connection", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_exporter.reports.writing import write_person

    report = asked_person(connection, rules, arguments.who, arguments)
    if isinstance(report, int):
        return report
    for path in arguments.out or [_default(arguments.who, report.basis.as_of.isoformat())]:
        write_person(report, path)
        print(f"Đã ghi {path}")
    return FINE


def _default(name: str, day: str) -> Path:
    return Path(f"bao-cao-{slug(name)}-{day}.xlsx")


COMMAND = Command("báo cáo số ngày của một đơn vị hoặc một người", configure, run)
