"""`boiduong rules`: which documents hold on a day, how open points are read, and whether a folder of rules is sound."""

from argparse import Namespace
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import FINE, Command, Parser
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.command.options import add_rules, day, today, with_rules

if TYPE_CHECKING:
    from boiduong_exporter.credit.rules import RuleSet
    from boiduong_exporter.rulebook.read import Rules


def configure(parser: Parser) -> None:
    parser.add_argument("--as-of", metavar="NGÀY", type=day, help="văn bản có hiệu lực ngày này (mặc định: hôm nay)")
    add_rules(parser)


def run(arguments: Namespace) -> int:
    return with_rules(arguments, lambda rules: _tell(rules, arguments))


def _tell(rules: "Rules", arguments: Namespace) -> int:
    as_of = arguments.as_of or today()
    print(f"Quy tắc bản {rules.rulebook.version}, ngày {show_date(as_of)}\n")
    for document in rules.rulebook.rulesets:
        print(_document(document, "có hiệu lực" if document.holds(as_of) else "không còn hoặc chưa có hiệu lực"))
    print("\nCách hiểu nơi văn bản chưa nói rõ:")
    for entry in rules.rulebook.readings.entries:
        print(f"  {entry.title}: {entry.said} ({entry.status.label})")
    return FINE


def _document(document: "RuleSet", force: str) -> str:
    where = f", áp dụng: {', '.join(document.scope)}" if document.scope else ""
    issued = f"ngày {show_date(document.issued)} của {document.issuer} (bản {document.version})"
    head = f"{document.number} {issued}: {force}{where}"
    return f"{head}\n    {document.after}" if document.after else head


COMMAND = Command("văn bản, con số và cách hiểu đang dùng", configure, run)
