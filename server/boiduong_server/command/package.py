"""`boiduong package add`: packages onto the server's shelf, without a browser."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import add_author, claimed
from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser

from boiduong_server.command.options import add_house, with_house

if TYPE_CHECKING:
    from boiduong_vocabulary.catalog import Catalog

    from boiduong_server.house import House

_CATALOG = "catalog.json"
_STANDARDS = ("scorm12", "scorm2004")
"""One package a topic is offered: SCORM 1.2 where there is the choice, whose run-time is a third of the other's on a
phone (34 against 107 KB), while our player keeps all it has to keep in either."""


def configure(parser: Parser) -> None:
    parser.add_argument("action", metavar="VIỆC", choices=["add"], help="add: đưa gói bài lên máy chủ")
    parser.add_argument(
        "sources", metavar="GÓI", type=Path, nargs="+",
        help=f"tệp .zip, hoặc thư mục do «boiduong build» ghi ra (có {_CATALOG}; danh mục cũng được nhập vào sổ)",
    )  # fmt: skip
    add_author(parser)
    add_house(parser)


def run(arguments: Namespace) -> int:
    for source in arguments.sources:
        if not source.exists() or (source.is_dir() and not (source / _CATALOG).is_file()):
            what = f"thư mục «{source}» không có {_CATALOG}" if source.is_dir() else f"không có «{source}»"
            print(f"boiduong package: {what}.", file=sys.stderr)
            return USAGE
    return with_house(arguments, lambda house: max(_bring(house, source, arguments) for source in arguments.sources))


def _bring(house: "House", source: Path, arguments: Namespace) -> int:
    by = claimed(arguments.by)
    if not source.is_dir():
        return _add(house, source, by)
    from boiduong_vocabulary.catalog import from_json

    data = (source / _CATALOG).read_bytes()
    try:
        catalog = from_json(data.decode("utf-8-sig"))
    except ValueError:
        print(f"boiduong package: «{source / _CATALOG}» không phải danh mục chương trình.", file=sys.stderr)
        return PROBLEMS
    _import(house, data, by)
    return max((_add(house, path, by) for path in _packages(source, catalog)), default=FINE)


def _import(house: "House", data: bytes, by: str) -> None:
    """The catalog, as `boiduong import catalog` brings it."""
    from boiduong_exporter.imports.catalog import take_of
    from boiduong_exporter.imports.intake import Arrival, import_file
    from boiduong_exporter.readers.sheet import Reading
    from boiduong_vocabulary.canonical import digest

    reading = Reading((), (), digest(data))
    arrival = Arrival("catalog", take_of(data, _CATALOG), _CATALOG, reading, by, house.now_ms())
    import_file(house.books, house.rules, arrival)


def _packages(folder: Path, catalog: "Catalog") -> Iterator[Path]:
    for topic in catalog.topics:
        built = {package.standard: folder / package.path for package in topic.packages}
        found = next((built[standard] for standard in _STANDARDS if standard in built), None)
        if found is None:
            print(f"{topic.id}: chưa có gói SCORM; chạy «boiduong build» với scorm12.", file=sys.stderr)
        else:
            yield found


def _add(house: "House", path: Path, by: str) -> int:
    from boiduong_server.shelf.shelf import Added, add

    with path.open("rb") as source:
        added = add(house, source, by, path.name)
    if not isinstance(added, Added):
        print(*added, sep="\n")
        return PROBLEMS
    package = added.package
    print(*package.findings, sep="\n", end="\n" if package.findings else "")
    state = "đã đưa lên" if added.is_new else "đã có từ trước"
    use = f"chuyên đề «{package.topic}», bản {package.edition}" if package.topic else "chưa có mô tả nên chưa học được"
    print(f"{path.name}: {state}; {use}.")
    return FINE


COMMAND = Command("đưa gói bài (SCORM) lên máy chủ học tập", configure, run)
