"""What the officer's subcommands share: where the books and the rules are, who acts, and for which day."""

import os
import sys
import time
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, Parser
from boiduong_vocabulary.problem import Problem, Severity
from boiduong_vocabulary.vietnamese import local_day, parse_date

if TYPE_CHECKING:
    from boiduong_records.decision import Decision
    from boiduong_records.errors import BooksError
    from boiduong_records.store import Books
    from sqlalchemy import Connection

    from boiduong_exporter.rulebook.read import Rules
    from boiduong_exporter.study.archive import Archive

BOOKS = "so-boi-duong.sqlite"
FIRST_YEAR, LAST_YEAR = 1990, 2100


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """The local day."""
    return local_day(now_ms())


def day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise ArgumentTypeError(f"ngày «{text}» không hiểu được; viết 31/12/2026") from None


def whole_year(text: str) -> int:
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ArgumentTypeError(f"năm «{text}» phải viết đủ bốn chữ số, ví dụ 2026")
    return int(text)


def add_books(parser: Parser) -> None:
    parser.add_argument(
        "--books", metavar="SỔ", default=os.environ.get("BOIDUONG_BOOKS") or os.environ.get("DATABASE_URL") or BOOKS,
        help=f"tệp sổ hoặc địa chỉ postgresql://… (mặc định: biến BOIDUONG_BOOKS, DATABASE_URL, hoặc {BOOKS})",
    )  # fmt: skip


def add_beats(parser: Parser) -> None:
    parser.add_argument(
        "--beats", metavar="THƯ_MỤC", type=Path, default=os.environ.get("BOIDUONG_BEATS"),
        help="thư mục giữ nhịp học theo ngày (mặc định: biến BOIDUONG_BEATS, hoặc cạnh tệp sổ, đuôi .beats)",
    )  # fmt: skip


def archive(arguments: Namespace, connection: "Connection") -> "Archive":
    """The folder of day files: the one named, else the one beside the books; claimed for them.

    Raises StudyError where it is other books' folder, BooksError where books on a server have none named.
    """
    from boiduong_records.errors import BooksError
    from boiduong_records.ledger import origin

    from boiduong_exporter.study.archive import Archive

    if not arguments.beats and "://" in arguments.books:
        raise BooksError(
            "chưa biết thư mục giữ nhịp học của sổ này", "chỉ thư mục bằng --beats, hoặc biến BOIDUONG_BEATS"
        )
    found = Archive(Path(arguments.beats or Path(arguments.books).with_suffix(".beats")))
    found.claim(origin(connection, "beats"))
    return found


def add_rules(parser: Parser) -> None:
    parser.add_argument(
        "--rules", metavar="THƯ_MỤC", type=Path,
        help="thư mục quy tắc (mặc định: content/rules, hoặc bản kèm chương trình)",
    )  # fmt: skip


def add_author(parser: Parser) -> None:
    parser.add_argument("--by", metavar="HỌ_TÊN", default="", help="người thực hiện (ghi vào sổ theo lời khai)")


def add_decision(parser: Parser) -> None:
    """Who acts, who approves, and why: for what two people must answer for."""
    add_author(parser)
    parser.add_argument("--approved-by", metavar="HỌ_TÊN", default="", help="người phê duyệt, khác người thực hiện")
    parser.add_argument("--reason", metavar="LÝ_DO", default="", help="lý do, căn cứ")


def add_period(parser: Parser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--as-of", metavar="NGÀY", type=day, help="tính đến ngày này (mặc định: hôm nay)")
    group.add_argument("--quarter", metavar="QUÝ", help="tính đến hết quý, ví dụ 2026-Q3")
    group.add_argument("--year", metavar="NĂM", type=whole_year, help="tính đến hết năm, ví dụ 2026")
    group.add_argument("--term", metavar="NHIỆM_KỲ", help="tính đến hết nhiệm kỳ, ví dụ 2025-2030")
    parser.add_argument("--at-entry", metavar="SỐ", type=int, help="theo sổ ở mục này (mặc định: mục cuối)")


def claimed(name: str) -> str:
    """A name given on the command line; nobody has proved it."""
    return f"{name.strip() or os.environ.get('USER', '') or 'không rõ'} (tự khai)"


def decision(arguments: Namespace) -> "Decision":
    """Raises BooksError (when it is used) unless two people and a reason are named."""
    from boiduong_records.decision import Decision

    by, approver = arguments.by.strip(), arguments.approved_by.strip()
    return Decision(
        arguments.reason, claimed(by) if by else "", claimed(approver) if approver else "", now_ms()
    )  # fmt: skip


def with_books(arguments: Namespace, work: "Callable[[Books], int]", create: bool = False) -> int:
    """Open the books and do the work; what the books refuse is told."""
    from boiduong_records.errors import BooksError
    from boiduong_records.store import open_books

    new = create and "://" not in arguments.books and not Path(arguments.books).exists()
    try:
        with open_books(arguments.books, create) as books:
            if new:
                print(f"Đã lập sổ mới: {arguments.books}")
            return work(books)
    except BooksError as error:
        tell_refusal(error)
        return PROBLEMS


def tell_refusal(error: "BooksError") -> None:
    print(f"{_capital(error.message_vi)}.", file=sys.stderr)
    if error.hint_vi:
        print(f"    → {error.hint_vi}", file=sys.stderr)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def with_rules(arguments: Namespace, work: "Callable[[Rules], int]") -> int:
    """Read the rules and do the work; what does not hold in them is told."""
    from boiduong_exporter.rulebook.read import read_rules, rules_folder

    rules, problems = read_rules(rules_folder(arguments.rules))
    return tell(problems) if rules is None else work(rules)


def tell(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem)
    return PROBLEMS if any(problem.severity is Severity.ERROR for problem in problems) else FINE
