"""Of whom and for when a question is: a person by code or name, a day or the end of a period, a ledger entry."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from boiduong_vocabulary.command import PROBLEMS, USAGE
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.command.options import today

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from boiduong_exporter.credit.facts import World
    from boiduong_exporter.reporting.basis import Asked
    from boiduong_exporter.reporting.periods import Period
    from boiduong_exporter.reports.figures import PersonReport
    from boiduong_exporter.rulebook.read import Rules


def asked_person(connection: "Connection", rules: "Rules", said: str, arguments: Namespace) -> "PersonReport | int":
    """The report on the person whom `said` names, or the exit code after telling why there is none."""
    from boiduong_exporter.gathering.world import world
    from boiduong_exporter.reporting.person import person_report, unit_of

    cadre = chosen_person(connection, said)
    if cadre is None:
        return PROBLEMS
    unit = unit_of(connection, cadre, today())
    want = asked(arguments, connection, world(connection, rules.kinds, arguments.at_entry), unit)
    if want is None:
        return USAGE
    report = person_report(connection, rules, cadre, want)
    if report is None:
        print(f"Sổ không có người này ở mục {arguments.at_entry}.", file=sys.stderr)
    return report or PROBLEMS


def asked_unit(connection: "Connection", rules: "Rules", arguments: Namespace) -> "tuple[str, Asked] | int":
    """The unit and the day that are asked for, or the exit code after telling what is wrong."""
    from boiduong_exporter.gathering.world import world
    from boiduong_exporter.imports.units import units

    unit = units(connection).find(arguments.who, Place("--"), "đơn vị")
    if isinstance(unit, Problem):
        print(f"Không có đơn vị «{arguments.who}». {unit.hint}", file=sys.stderr)
        return PROBLEMS
    want = asked(arguments, connection, world(connection, rules.kinds, arguments.at_entry), unit)
    return USAGE if want is None else (unit, want)


def asked(arguments: Namespace, connection: "Connection", world: "World", unit: str) -> "Asked | None":
    """The day and the entry that the options name; None after telling what is wrong with them."""
    from boiduong_records.ledger import head

    from boiduong_exporter.reporting.basis import Asked
    from boiduong_exporter.reporting.periods import NotBegunError

    last = head(connection).seq
    if arguments.at_entry is not None and not 0 < arguments.at_entry <= last:
        print(f"Sổ không có mục {arguments.at_entry}; mục cuối là {last}.", file=sys.stderr)
        return None
    try:
        period = _period(arguments, world, unit)
    except NotBegunError as ahead:
        print(f"{ahead}. Hôm nay là {show_date(today())}.", file=sys.stderr)
        return None
    if period and period.as_of > today():
        print(f"Lưu ý: ngày {show_date(period.as_of)} chưa đến; coi như từ nay đến đó không có gì thay đổi.")
    if period is None:
        given = arguments.quarter or arguments.term
        hint = "viết như 2026-Q3" if arguments.quarter else "xem tên nhiệm kỳ trong danh sách tổ chức"
        print(f"Không có {'quý' if arguments.quarter else 'nhiệm kỳ'} «{given}»: {hint}.", file=sys.stderr)
        return None
    return Asked(period, today(), getattr(arguments, "structure", "period"), arguments.at_entry)


def _period(arguments: Namespace, world: "World", unit: str) -> "Period | None":
    from boiduong_exporter.reporting import periods

    if arguments.quarter:
        return periods.quarter(arguments.quarter, today())
    if arguments.year:
        return periods.year(arguments.year, today())
    if arguments.term:
        return periods.term(world, unit, arguments.term, today())
    return periods.Period(arguments.as_of or today())


def chosen_person(connection: "Connection", said: str, record: bool = False) -> int | None:
    """The person that a code, a full name or "#number" means (with `record` the very file that it names, merged into
    another or not); None after telling who it may be."""
    from boiduong_records.matching import directory

    from boiduong_exporter.imports.roster import candidates
    from boiduong_exporter.reporting.person import looked_up

    if said.startswith("#") and said[1:].isdigit():
        found = directory(connection).files(int(said[1:]))
    else:
        found = looked_up(connection, said)
    if len({each.cadre if record else each.root for each in found}) == 1:
        return found[0].cadre if record else found[0].root
    if not found:
        print(f"Sổ không có người mang mã, họ tên hoặc số hồ sơ «{said}».", file=sys.stderr)
    else:
        print(f"Có {len(found)} người: {candidates(found)}. Hãy dùng mã cán bộ.", file=sys.stderr)
    return None
