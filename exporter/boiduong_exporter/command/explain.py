"""`boiduong explain`: one person's whole sum, so that it can be redone by hand."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, Command, Parser

from boiduong_exporter.command.asking import asked_person
from boiduong_exporter.command.options import add_books, add_period, add_rules, with_books, with_rules

if TYPE_CHECKING:
    from boiduong_records.store import Books

    from boiduong_exporter.rulebook.read import Rules


def configure(parser: Parser) -> None:
    parser.add_argument("cadre", metavar="CÁN_BỘ", help="mã cán bộ, hoặc họ tên")
    parser.add_argument("--pdf", metavar="TỆP", type=Path, help="ghi «Phiếu tính ngày», một trang A4")
    add_period(parser)
    add_books(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    return with_rules(arguments, lambda rules: with_books(arguments, lambda books: _explain(books, rules, arguments)))


def _explain(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_exporter.reports.explained import explain_text
    from boiduong_exporter.reports.writing import write_slip

    with books.reading() as connection:
        report = asked_person(connection, rules, arguments.cadre, arguments)
    if isinstance(report, int):
        return report
    if arguments.pdf:
        write_slip(report, arguments.pdf)
        print(f"Đã ghi {arguments.pdf}")
    else:
        print(explain_text(report), end="")
    return FINE


COMMAND = Command("giải thích số ngày của một người, từng bước", configure, run)
