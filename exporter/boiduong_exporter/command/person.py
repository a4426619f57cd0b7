"""`boiduong person`: records that may be one person's, merging and parting them, erasing, handing over."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import fold, show_birth, slug, unmarked

from boiduong_exporter.command.asking import chosen_person
from boiduong_exporter.command.options import (
    add_beats,
    add_books,
    add_decision,
    add_rules,
    archive,
    decision,
    with_books,
    with_rules,
)

if TYPE_CHECKING:
    from boiduong_records.matching import Candidate
    from boiduong_records.store import Books
    from sqlalchemy import Connection

    from boiduong_exporter.rulebook.read import Rules

ACTIONS = {
    "duplicates": "liệt kê hồ sơ có thể của cùng một người",
    "merge": "gộp hồ sơ thứ hai vào hồ sơ thứ nhất",
    "unmerge": "tách lại một hồ sơ đã gộp",
    "erase": "xóa danh tính của một người",
    "handover": "xuất mọi điều sổ ghi về một người",
}


def configure(parser: Parser) -> None:
    said = "; ".join(f"{action}: {what}" for action, what in ACTIONS.items())
    parser.add_argument("action", metavar="VIỆC", choices=list(ACTIONS), help=said)
    parser.add_argument("who", metavar="CÁN_BỘ", nargs="*", help="mã cán bộ, họ tên, hoặc #số hồ sơ")
    parser.add_argument("--bodies", action="store_true", help="với erase: xóa cả nội dung các mục trong sổ")
    parser.add_argument("--out", metavar="TỆP", type=Path, help="với handover: nơi ghi")
    parser.add_argument(
        "--different-identity", action="store_true", help="với merge: vẫn gộp dù khác họ tên hoặc ngày sinh"
    )
    add_decision(parser)
    add_books(parser)
    add_beats(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    needed = {"duplicates": 0, "merge": 2}.get(arguments.action, 1)
    if len(arguments.who) != needed:
        print(f"boiduong person {arguments.action} cần {needed} người.", file=sys.stderr)
        return USAGE
    work = {
        "duplicates": _duplicates, "merge": _merge, "unmerge": _unmerge, "erase": _erase, "handover": _hand_over,
    }[arguments.action]  # fmt: skip
    return with_rules(arguments, lambda rules: with_books(arguments, lambda books: work(books, rules, arguments)))


def _duplicates(books: "Books", _rules: "Rules", _arguments: Namespace) -> int:
    from boiduong_records.duplicates import duplicates
    from boiduong_records.matching import directory

    with books.reading() as connection:
        found = duplicates(connection)
        known = directory(connection)
    for each in found:
        (one,), (other,) = known.files(each.first), known.files(each.second)
        print(f"{_shown(one)} và {_shown(other)}: {each.likeness.label}")
    print(f"{len(found)} cặp hồ sơ có thể của cùng một người.")
    return FINE


def _merge(books: "Books", _rules: "Rules", arguments: Namespace) -> int:
    from boiduong_records.merging import merge

    with books.writing() as connection:
        kept = chosen_person(connection, arguments.who[0])
        absorbed = chosen_person(connection, arguments.who[1], record=True)
        if kept is None or absorbed is None:
            return PROBLEMS
        one, other = (_file(connection, cadre) for cadre in (kept, absorbed))
        if not (arguments.different_identity or _may_be_one(one, other)):
            print(f"Hai hồ sơ khác họ tên hoặc ngày sinh: {_shown(one)}; {_shown(other)}.", file=sys.stderr)
            print("    → nếu đúng là một người, thêm --different-identity", file=sys.stderr)
            return PROBLEMS
        seq = merge(connection, kept, absorbed, decision(arguments))
    print(f"Đã gộp {_shown(other)} vào {_shown(one)}, ghi ở mục {seq}.")
    print(f"Tách lại: boiduong person unmerge '#{absorbed}' --reason … --by … --approved-by …")
    return FINE


def _file(connection: "Connection", cadre: int) -> "Candidate":
    from boiduong_records.matching import directory

    (found,) = directory(connection).files(cadre)
    return found


def _may_be_one(one: "Candidate", other: "Candidate") -> bool:
    from boiduong_records.matching import compatible

    return fold(unmarked(one.name)) == fold(unmarked(other.name)) and compatible(one.birth, other.birth)


def _shown(who: "Candidate") -> str:
    return f"#{who.cadre} {who.name}, sinh {show_birth(who.birth)}, mã {who.code or 'chưa có'}"


def _unmerge(books: "Books", _rules: "Rules", arguments: Namespace) -> int:
    from boiduong_records.merging import unmerge

    with books.writing() as connection:
        absorbed = chosen_person(connection, arguments.who[0], record=True)
        if absorbed is None:
            return PROBLEMS
        seq = unmerge(connection, absorbed, decision(arguments))
        shown = _shown(_file(connection, absorbed))
    print(f"Đã tách {shown}, ghi ở mục {seq}.")
    return FINE


def _erase(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    from boiduong_records.beats import days
    from boiduong_records.personal import erase, everyone

    from boiduong_exporter.gathering.sweeping import sweep
    from boiduong_exporter.reporting.retention import duty_to_keep
    from boiduong_exporter.sealing.forget import forget

    with books.writing() as connection:
        cadre = chosen_person(connection, arguments.who[0])
        if cadre is None:
            return PROBLEMS
        duty = duty_to_keep(connection, rules, cadre)
        by, whole = decision(arguments), everyone(connection, cadre)
        gone = erase(connection, cadre, by, duty=duty, bodies=arguments.bodies)
        folder = archive(arguments, connection) if arguments.bodies and days(connection) else None
        beats = forget(connection, folder, whole, gone.seqs[-1], by) if folder else []
    if folder:
        sweep(books, folder)
    what = f"{gone.identities} danh tính, {gone.accounts} tài khoản, {gone.bodies} nội dung"
    print(f"Đã xóa {what}; ghi ở mục {', '.join(map(str, gone.seqs))}.")
    if beats:
        print(
            f"Đã bỏ nhịp học của người này khỏi {len(beats)} ngày; chạy «boiduong seal» để niêm phong lại các ngày ấy."
        )
    return FINE


def _hand_over(books: "Books", _rules: "Rules", arguments: Namespace) -> int:
    from boiduong_records.hand_over import hand_over
    from boiduong_records.ledger import is_sample

    from boiduong_exporter.reporting.basis import SAMPLE

    with books.reading() as connection:
        cadre = chosen_person(connection, arguments.who[0])
        if cadre is None:
            return PROBLEMS
        handed = {"notice": SAMPLE if is_sample(connection) else "", **hand_over(connection, cadre)}
    path = arguments.out or Path(f"ban-giao-{slug(arguments.who[0])}.json")
    path.write_text(json.dumps(handed, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
    print(f"Đã ghi {path}: chứa dữ liệu cá nhân, chỉ giao cho người có trách nhiệm.")
    return FINE


COMMAND = Command("hồ sơ trùng, gộp và tách, xóa danh tính, bàn giao", configure, run)
