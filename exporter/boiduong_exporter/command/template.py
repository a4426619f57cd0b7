"""`boiduong template`: the workbooks that `boiduong import` reads, empty or with what the books know of a class."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import did_you_mean, fold, show_date, slug

from boiduong_exporter.command.layout import with_layout
from boiduong_exporter.command.options import add_books, add_rules, day, with_books, with_rules

if TYPE_CHECKING:
    from boiduong_records.store import Books

    from boiduong_exporter.rulebook.layout import Layout
    from boiduong_exporter.rulebook.read import Rules
    from boiduong_exporter.templates.enrolled import SheetOf

KINDS = ("organizations", "roster", "classes", "enrolment", "attendance", "plan", "accounts", "review")


def configure(parser: Parser) -> None:
    parser.add_argument("kind", metavar="LOẠI", choices=list(KINDS), help=", ".join(KINDS))
    parser.add_argument("--class", dest="class_code", metavar="MÃ_LỚP", help="với attendance: lớp cần điểm danh")
    parser.add_argument("--place", metavar="ĐIỂM_HỌC", help="với attendance: chỉ người của một hội trường, điểm cầu")
    parser.add_argument("--date", metavar="NGÀY", type=day, help="với attendance: chỉ các buổi của một ngày")
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
    if arguments.kind != "attendance" and (arguments.place or arguments.date):
        print("--place và --date chỉ dùng với attendance.", file=sys.stderr)
        return USAGE
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
        found = sheet_of(connection, arguments.class_code)
    if not isinstance(found, SheetOf):
        guess = did_you_mean(arguments.class_code, found)
        print(f"Sổ không có lớp «{arguments.class_code}». {guess}".rstrip(), file=sys.stderr)
        return PROBLEMS
    part = _part(found, arguments)
    if isinstance(part, str):
        print(part.rstrip(), file=sys.stderr)
        return PROBLEMS
    path = arguments.out or Path(f"{_named(arguments)}.xlsx")
    write_sheet(part, path)
    print(f"Đã ghi {path}")
    return FINE


def _part(found: "SheetOf", arguments: Namespace) -> "SheetOf | str":
    """What is asked for of the class, or why there is no such thing."""
    place = next((each for each in found.places if fold(each) == fold(arguments.place or "")), "")
    if arguments.place and not place:
        return f"Lớp không có điểm học «{arguments.place}». {did_you_mean(arguments.place, found.places)}"
    slots = tuple(slot for slot in found.sessions if slot[0] == arguments.date)
    if arguments.date and not slots:
        return f"Lớp không có buổi nào ngày {show_date(arguments.date)}."
    return found.part(place, slots)


def _named(arguments: Namespace) -> str:
    """The name of a file that says what part of which class it holds."""
    parts = [arguments.class_code.replace("/", "-").replace("\\", "-"), slug(arguments.place or "")]
    parts += [arguments.date.isoformat()] if arguments.date else []
    return "-".join(("diem-danh", *filter(None, parts)))


COMMAND = Command("ghi mẫu bảng tính để điền rồi nhập", configure, run)
