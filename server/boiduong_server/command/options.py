"""What the server's subcommands share: where the books, the server's own tables and the packages are, and by which
names the server is reached."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import add_beats, add_books, add_rules, archive, now_ms, with_books, with_rules
from boiduong_vocabulary.command import PROBLEMS, Parser

if TYPE_CHECKING:
    from boiduong_exporter.rulebook.read import Rules
    from boiduong_records.store import Books

    from boiduong_server.errors import ServerError
    from boiduong_server.house import House

APPLICATION, CONTENT = "http://boiduong.localhost:8145", "http://goi.boiduong.localhost:8146"
"""Two names of one site, which every browser finds on its own machine."""
SHELF = "goi-bai"


def add_places(parser: Parser) -> None:
    """Where everything lies."""
    add_books(parser)
    add_beats(parser)
    add_rules(parser)
    parser.add_argument(
        "--shelf", metavar="THƯ_MỤC", type=Path, default=os.environ.get("BOIDUONG_SHELF"),
        help=f"thư mục các gói bài (mặc định: biến BOIDUONG_SHELF, hoặc {SHELF} cạnh tệp sổ)",
    )  # fmt: skip


def add_house(parser: Parser) -> None:
    """Where everything lies, and by which names it is reached."""
    add_places(parser)
    parser.add_argument(
        "--application", metavar="ĐỊA_CHỈ", default=os.environ.get("BOIDUONG_APPLICATION", APPLICATION),
        help=f"địa chỉ của trang học (mặc định: biến BOIDUONG_APPLICATION, hoặc {APPLICATION})",
    )  # fmt: skip
    parser.add_argument(
        "--content", metavar="ĐỊA_CHỈ", default=os.environ.get("BOIDUONG_CONTENT", CONTENT),
        help=f"địa chỉ của gói bài, một tên máy khác cùng tên miền (mặc định: biến BOIDUONG_CONTENT, hoặc {CONTENT})",
    )  # fmt: skip


def with_house(arguments: Namespace, work: "Callable[[House], int]") -> int:
    """Open books and tables and do the work; what either refuses is told."""
    return with_rules(
        arguments, lambda rules: with_books(arguments, lambda books: _opened(arguments, books, rules, work))
    )


def _opened(arguments: Namespace, books: "Books", rules: "Rules", work: "Callable[[House], int]") -> int:
    from boiduong_server.errors import ServerError
    from boiduong_server.house import House
    from boiduong_server.store import open_store, store_of

    try:
        shelf = shelf_of(arguments)
        with books.reading() as connection:
            beats = archive(arguments, connection)
        store = open_store(store_of(arguments.books))
        try:
            origins = (arguments.application.rstrip("/"), arguments.content.rstrip("/"))
            return work(House(books, store, beats, rules, shelf, *origins, now_ms))
        finally:
            store.close()
    except ServerError as error:
        tell(error)
        return PROBLEMS


def shelf_of(arguments: Namespace) -> Path:
    """The folder of packages: the one named, else the one beside the books.

    Raises ServerError where books on a server have none named.
    """
    from boiduong_server.errors import ServerError

    if arguments.shelf:
        return Path(arguments.shelf)
    if "://" in arguments.books:
        raise ServerError("chưa biết thư mục giữ các gói bài", "chỉ thư mục bằng --shelf, hoặc biến BOIDUONG_SHELF")
    return Path(arguments.books).parent / SHELF


def tell(error: "ServerError") -> None:
    """On the screen: what is refused, and what to do."""
    print(f"{error.message_vi[:1].upper()}{error.message_vi[1:]}.", file=sys.stderr)
    if error.hint_vi:
        print(f"    → {error.hint_vi}", file=sys.stderr)
