"""`boiduong decide`: decisions by hand, each with its document, its reason, and two people who answer for it."""

import sys
from argparse import ArgumentTypeError, Namespace
from fractions import Fraction
from typing import TYPE_CHECKING

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.evidence import (
    NAMES,
    Designation,
    Evidence,
    Exemption,
    Half,
    Question,
    Recognition,
    Ruling,
)
from boiduong_vocabulary.vietnamese import did_you_mean, show_date

from boiduong_exporter.command.asking import chosen_person
from boiduong_exporter.command.options import (
    add_books,
    add_decision,
    add_rules,
    day,
    decision,
    today,
    with_books,
    with_rules,
)
from boiduong_exporter.credit.words import number

if TYPE_CHECKING:
    from boiduong_records.store import Books
    from sqlalchemy import Connection

    from boiduong_exporter.credit.facts import TrainingClass
    from boiduong_exporter.rulebook.read import Rules

ABOUT_PEOPLE = {
    "exempt": "miễn số ngày (--from: ngày văn bản có hiệu lực; --days, bỏ trống là cả nhiệm kỳ)",
    "recognize": "công nhận lớp học nơi khác (--title, --from, --to, --days, --delivery, --kind)",
    "group": "xác định nhóm theo văn bản (--group, --from, --to)",
}
ABOUT_CLASSES = {
    "content": "nội dung lớp hoặc buổi có được tính hay không (--counts yes|no)",
    "form": "điểm cầu của lớp có phải trực tiếp hay không (--counts yes|no)",
}


def _days(text: str) -> Fraction:
    try:
        value = Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise ArgumentTypeError(f"số ngày «{text}» không hiểu được; viết 2,5 hoặc 5/2") from None
    if value <= 0:
        raise ArgumentTypeError(f"số ngày «{text}» phải lớn hơn 0")
    return value


def configure(parser: Parser) -> None:
    said = "; ".join(f"{name}: {what}" for name, what in (ABOUT_PEOPLE | ABOUT_CLASSES).items())
    parser.add_argument("about", metavar="VIỆC", choices=[*ABOUT_PEOPLE, *ABOUT_CLASSES], help=said)
    parser.add_argument("whom", metavar="MÃ", help="mã cán bộ (exempt, recognize, group) hoặc mã lớp (content, form)")
    parser.add_argument("--document", metavar="VĂN_BẢN", default="", help="số, ngày văn bản quyết định")
    parser.add_argument("--days", metavar="SỐ", type=_days, help="số ngày, ví dụ 2,5")
    parser.add_argument("--title", metavar="TÊN", default="", help="tên lớp được công nhận")
    parser.add_argument("--kind", metavar="LOẠI", default="cap-nhat", help="loại lớp (mã trong danh-muc.toml)")
    parser.add_argument(
        "--delivery", choices=[each.value for each in Delivery], default=Delivery.HALL.value, help="hình thức học"
    )
    parser.add_argument("--from", dest="starts", metavar="NGÀY", type=day, help="từ ngày")
    parser.add_argument("--to", dest="ends", metavar="NGÀY", type=day, help="đến ngày")
    parser.add_argument("--group", metavar="NHÓM", default="", help="nhóm, ví dụ 1")
    parser.add_argument("--counts", choices=["yes", "no"], help="được tính (yes) hay không (no)")
    parser.add_argument("--date", metavar="NGÀY", type=day, help="chỉ buổi của ngày này (cùng --half)")
    parser.add_argument("--half", choices=[half.value for half in Half], help="sáng, chiều hay tối")
    add_decision(parser)
    add_books(parser)
    add_rules(parser)


def run(arguments: Namespace) -> int:
    missing = _missing(arguments)
    if missing:
        print(f"boiduong decide {arguments.about} thiếu {', '.join(missing)}.", file=sys.stderr)
        return USAGE
    return with_rules(arguments, lambda rules: with_books(arguments, lambda books: _decide(books, rules, arguments)))


def _missing(arguments: Namespace) -> list[str]:
    needed = {
        "exempt": ("starts",), "recognize": ("title", "starts", "ends", "days"), "group": ("group", "starts"),
        "content": ("counts",), "form": ("counts",),
    }.get(arguments.about, ())  # fmt: skip
    names = {"starts": "--from", "ends": "--to"}
    found = [names.get(key, f"--{key}") for key in ("document", "reason", *needed) if not getattr(arguments, key)]
    return found + (["--date và --half cùng nhau"] if bool(arguments.date) != bool(arguments.half) else [])


def _decide(books: "Books", rules: "Rules", arguments: Namespace) -> int:
    with books.writing() as connection:
        wrong = _wrong(connection, rules, arguments)
        if wrong:
            print(wrong, file=sys.stderr)
            return PROBLEMS
        subject, about = _subject(connection, arguments)
        if not about:
            return PROBLEMS
        seq = _enter(connection, subject, _evidence(arguments), arguments)
    entered = f"Đã ghi ở mục {seq} của sổ" if seq else "Quyết định này đã có trong sổ; sổ không đổi"
    print(f"{entered}: {_said(arguments)}, {about}.")
    return FINE


def _subject(connection: "Connection", arguments: Namespace) -> tuple[str, str]:
    """The ledger's key of the person (empty for a class) and whom it is about in words; no words where nobody is."""
    if arguments.about in ABOUT_CLASSES:
        return "", f"lớp {arguments.whom}"
    from boiduong_records.matching import directory
    from boiduong_records.people import subject_of

    cadre = chosen_person(connection, arguments.whom)
    if cadre is None:
        return "", ""
    (who,) = directory(connection).files(cadre)
    return subject_of(connection, cadre), f"{who.name} (mã {who.code or 'chưa có'})"


def _said(arguments: Namespace) -> str:
    """The decision in words, with what was left to its default."""
    days_ = f"{number(arguments.days)} ngày" if arguments.days else "cả nhiệm kỳ"
    since = show_date(arguments.starts) if arguments.starts else ""
    counts = "được tính" if arguments.counts == "yes" else "không tính"
    return {
        "exempt": f"miễn {days_} từ ngày {since}",
        "recognize": f"công nhận {days_}, {Delivery(arguments.delivery).label.lower()}",
        "group": f"nhóm {arguments.group} từ ngày {since}",
        "content": f"nội dung {counts}",
        "form": f"điểm cầu {'là' if arguments.counts == 'yes' else 'không là'} trực tiếp",
    }[arguments.about]


def _wrong(connection: "Connection", rules: "Rules", arguments: Namespace) -> str:
    """What the decision names that is not there, or that it cannot decide."""
    if arguments.about == "exempt":
        return ""
    if arguments.about == "recognize":
        return _wrong_recognition(rules, arguments)
    if arguments.about == "group":
        return _wrong_group(rules, arguments)
    return _wrong_ruling(connection, rules, arguments)


def _wrong_ruling(connection: "Connection", rules: "Rules", arguments: Namespace) -> str:
    from boiduong_exporter.gathering.world import classes

    known = classes(connection)
    found = known.get(arguments.whom)
    if found is None:
        return f"Sổ không có lớp «{arguments.whom}». {did_you_mean(arguments.whom, known)}".rstrip()
    if arguments.date and (arguments.date, Half(arguments.half)) not in found.session_at:
        return f"Lớp «{arguments.whom}» không có buổi này."
    if arguments.about == "form":
        bridged = _has_bridge(connection, found)
        return "" if bridged else f"Lớp «{arguments.whom}» không có buổi hay điểm học nào ở điểm cầu."
    return _fixed(rules, found) if arguments.counts == "yes" else ""


def _fixed(rules: "Rules", found: "TrainingClass") -> str:
    """The words of the regulation that exclude the class's kind past any decision."""
    central = rules.rulebook.central(today())
    kinds = {kind.id: kind for kind in central.excluded if not kind.may_be_decided} if central else {}
    if found.kind not in kinds:
        return ""
    named = kinds[found.kind]
    return f"{named.label}: quy định đã loại trừ («{named.citation.quote}»), không quyết khác được."


def _has_bridge(connection: "Connection", found: "TrainingClass") -> bool:
    from boiduong_records.tables import PLACE
    from boiduong_records.versions import contents

    places = (row["delivery"] for row in contents(connection, PLACE) if row["class_code"] == found.code)
    return Delivery.BRIDGE in {*(session.delivery for session in found.sessions), *map(Delivery, places)}


def _wrong_recognition(rules: "Rules", arguments: Namespace) -> str:
    if arguments.kind not in rules.rulebook.kinds:
        known = ", ".join(rules.rulebook.kinds)
        return (
            f"Không có loại lớp «{arguments.kind}». {did_you_mean(arguments.kind, rules.rulebook.kinds)} Nhận: {known}"
        )
    length = (arguments.ends - arguments.starts).days + 1
    if length < 1:
        return "--to sớm hơn --from."
    if length < arguments.days:
        return f"Từ --from đến --to có {length} ngày, không đủ {number(arguments.days)} ngày."
    return ""


def _wrong_group(rules: "Rules", arguments: Namespace) -> str:
    central = rules.rulebook.central(arguments.starts)
    known = [group.id for group in central.groups] if central else []
    if arguments.group in known:
        return ""
    return f"Quy định có hiệu lực từ --from không có nhóm «{arguments.group}». Nhận: {', '.join(known) or 'chưa có'}."


def _evidence(arguments: Namespace) -> Evidence:
    document, reason = arguments.document, arguments.reason
    match arguments.about:
        case "exempt":
            return Exemption(arguments.starts, arguments.days, document, reason)
        case "recognize":
            return Recognition(
                arguments.title, arguments.kind, Delivery(arguments.delivery), arguments.starts, arguments.ends,
                arguments.days, document, reason,
            )  # fmt: skip
        case "group":
            return Designation(arguments.group, arguments.starts, arguments.ends, document, reason)
    half = Half(arguments.half) if arguments.half else None
    counts = arguments.counts == "yes"
    return Ruling(arguments.whom, Question(arguments.about), counts, document, reason, arguments.date, half)


def _enter(connection: "Connection", subject: str, evidence: Evidence, arguments: Namespace) -> int | None:
    from boiduong_records.entry import Draft
    from boiduong_records.ledger import append
    from boiduong_vocabulary.canonical import canonical, digest

    by = decision(arguments)
    by.require()
    body, kind = canonical(evidence), NAMES[type(evidence)]
    (appended,) = append(
        connection, [Draft(kind, subject, f"{kind}|{subject}|{digest(body)}", body, by.author, by.approver)], by.at_ms
    )
    return appended.seq


COMMAND = Command("ghi quyết định: miễn, công nhận, xác định nhóm, có tính hay không", configure, run)
