"""`boiduong ledger`: what was entered, whether it still stands, and taking an entry back."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser

from boiduong_exporter.command.options import add_beats, add_books, add_decision, archive, decision, with_books

if TYPE_CHECKING:
    from boiduong_records.store import Books

ACTIONS = {
    "head": "in mã đầu sổ",
    "verify": "kiểm tra cả sổ",
    "reverse": "đảo một mục (cần SỐ, --reason, --by, --approved-by)",
    "receipts": "xem kết quả từng dòng của một lần nhập (cần SỐ)",
}


def configure(parser: Parser) -> None:
    said = "; ".join(f"{action}: {what}" for action, what in ACTIONS.items())
    parser.add_argument("action", metavar="VIỆC", choices=list(ACTIONS), help=said)
    parser.add_argument("number", metavar="SỐ", type=int, nargs="?", help="số mục của sổ, hoặc số lần nhập")
    parser.add_argument("--head", metavar="MÃ", help="với verify: mã đầu sổ đã in trên báo cáo cũ, ví dụ 1204:9f3a5c1e")
    add_decision(parser)
    add_books(parser)
    add_beats(parser)


def run(arguments: Namespace) -> int:
    if arguments.action in ("reverse", "receipts") and arguments.number is None:
        print(f"boiduong ledger {arguments.action} cần một số.", file=sys.stderr)
        return USAGE
    work = {"head": _head, "verify": _verify, "reverse": _reverse, "receipts": _receipts}[arguments.action]
    return with_books(arguments, lambda books: work(books, arguments))


def _head(books: "Books", _arguments: Namespace) -> int:
    from boiduong_records.ledger import head

    with books.reading() as connection:
        print(head(connection))
    return FINE


def _verify(books: "Books", arguments: Namespace) -> int:
    from boiduong_records.beats import days
    from boiduong_records.findings import Fault
    from boiduong_records.ledger import head
    from boiduong_records.verify import verify

    from boiduong_exporter.study.intact import damaged

    with books.reading() as connection:
        found = verify(connection, arguments.head)
        wrong = [str(each) for each in found if each.fault is not Fault.OLD_HEAD]
        if kept := {day: file.digest for day, file in days(connection).items()}:
            wrong += damaged(archive(arguments, connection), kept)
        last = None if wrong else head(connection)
    for finding in wrong:
        print(finding)
    if last is None:
        print(f"\nSổ không còn nguyên vẹn: {len(wrong)} chỗ sai. Khôi phục từ bản sao lưu và báo người phụ trách.")
        return PROBLEMS
    if found:
        print(f"Chuỗi của sổ nguyên vẹn ({last.seq} mục, mã đầu sổ {last}), nhưng không chứa mã {arguments.head}.")
        print("    → xem lại mã trên giấy; nếu chép đúng, đây không phải cuốn sổ đã in tờ ấy:")
        print("      báo người phụ trách, đừng sửa gì")
        return PROBLEMS
    print(f"Sổ nguyên vẹn: {last.seq} mục, mã đầu sổ {last}.")
    return FINE


def _reverse(books: "Books", arguments: Namespace) -> int:
    from boiduong_records.ledger import reverse

    with books.writing() as connection:
        seq = reverse(connection, arguments.number, decision(arguments))
    print(f"Mục {arguments.number} đã được đảo ở mục {seq}.")
    return FINE


def _receipts(books: "Books", arguments: Namespace) -> int:
    from boiduong_records.receipts import read

    with books.reading() as connection:
        account = read(connection, arguments.number)
    for receipt in account.receipts:
        print(f"{receipt.place}: {receipt.outcome.label} {receipt.code} {receipt.reason}".rstrip())
    return FINE


COMMAND = Command("sổ theo dõi: mã đầu sổ, kiểm tra, đảo mục", configure, run)
