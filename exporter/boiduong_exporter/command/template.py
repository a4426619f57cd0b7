"""`boiduong template`: the workbooks that `boiduong import` reads, empty or with what the books know of a class."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import did_you_mean

from boiduong_exporter.command.layout import with_layout
from boiduong_exporter.command.options import add_books, add_rules, with_books, with_rules

if TYPE_CHECKING:
    from boiduong_records.store import Books

    from boiduong_exporter.rulebook.layout import Layout
    from boiduong_exporter.rulebook.read import Rules

KINDS = ("organizations", "roster", "classes", "enrolment", "attendance", "plan", "accounts", "review")


def configure(parser: Parser) -> None:
    parser.add_argument("kind", metavar="LOẠI", choices=list(KINDS), help=", ".join(KINDS))
    parser.add_argument("--class", dest="class_code", metavar="MÃ_LỚP", help="với attendance: lớp cần điểm danh")
    parser.add_argument(
        "--form", choices=["party", "state"], default="party",
        help="với review: thể thức văn bản của Đảng (party) hay của Nhà nước (state)",
    )  # fmt: skip
    parser.add_argument("--out", metavar="TỆP", type=Path, help="nơi ghi (mặc định: mau-LOẠI.xlsx, mau-so-ket.docx)")
    add_books(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    try:
        return _write(arguments)
    except FileExistsError as there:  # it may have been filled in
        print(f"Đã có tệp «{there.filename}»; dùng --out TÊN_KHÁC, hoặc đổi tên tệp cũ.", file=sys.stderr)
        return PROBLEMS


def _write(arguments: Namespace) -> int:
    if arguments.kind == "attendance" and not arguments.class_code:
        print("Bảng điểm danh là của một lớp: thêm --class MÃ_LỚP.", file=sys.stderr)
        return USAGE
    if arguments.kind == "attendance":
        return with_rules(arguments, lambda rules: with_books(arguments, lambda books: _sheet(books, rules, arguments)))
    if arguments.kind == "review":
        return with_layout(arguments, lambda layout: _review(layout, arguments))
    return with_rules(arguments, lambda rules: _empty(rules, arguments))


def _review(layout: "Layout", arguments: Namespace) -> int:
    from boiduong_exporter.papers.template import review_template

    path = arguments.out or Path("mau-so-ket.docx")
    if path.suffix.lower() != ".docx":
        print(f"Mẫu báo cáo là tệp Word: «{path}» phải có đuôi .docx.", file=sys.stderr)
        return USAGE
    with path.open("xb") as file:
        file.write(review_template(layout, arguments.form))
    print(f"Đã ghi {path}")
    return FINE


def _empty(rules: "Rules", arguments: Namespace) -> int:
    from boiduong_exporter.imports.kinds import TABLES
    from boiduong_exporter.templates.blank import write_blank

    specs, _ = TABLES[arguments.kind]
    path = arguments.out or Path(f"mau-{arguments.kind}.xlsx")
    write_blank(arguments.kind, specs(rules.kinds), rules.kinds, path)
    print(f"Đã ghi {path}")
    return FINE


def _sheet(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_exporter.templates.sheet import SheetOf, sheet_of, write_sheet

    del rules
    with books.reading() as connection:
        found: SheetOf | list[str] = sheet_of(connection, arguments.class_code)
    if not isinstance(found, SheetOf):
        guess = did_you_mean(arguments.class_code, found)
        print(f"Sổ không có lớp «{arguments.class_code}». {guess}".rstrip(), file=sys.stderr)
        return PROBLEMS
    named = arguments.class_code.replace("/", "-").replace("\\", "-")
    path = arguments.out or Path(f"diem-danh-{named}.xlsx")
    write_sheet(found, path)
    print(f"Đã ghi {path}")
    return FINE


COMMAND = Command("ghi mẫu bảng tính để điền rồi nhập", configure, run)
