"""One person's report: the whole account, and the posts held on the day."""

from datetime import date

from boiduong_records.matching import Candidate, Directory, directory
from boiduong_records.merging import roots
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection

from boiduong_exporter.credit.verdict import Assessor
from boiduong_exporter.gathering.people import Who, everyone, with_evidence
from boiduong_exporter.gathering.world import world as world_of
from boiduong_exporter.reporting.basis import Asked, basis
from boiduong_exporter.reporting.unit import figures
from boiduong_exporter.reports.figures import PersonReport
from boiduong_exporter.rulebook.read import Rules


def looked_up(connection: Connection, said: str) -> list[Candidate]:
    """Whom "mã cán bộ" or a full name may mean: one, none, or several."""
    known: Directory = directory(connection)
    by_code = known.by_code.get(said, [])
    return list({each.root: each for each in by_code or known.by_name.get(fold(said), [])}.values())


def unit_of(connection: Connection, cadre: int, on: date) -> str:
    """The body whose terms are the person's: the one that manages them on the day, else managed them last, else the
    organization of a post."""
    root = roots(connection).get(cadre, cadre)
    (who,) = (who for who in everyone(connection) if who.cadre == root)
    managing = sorted((each for each in who.managements if each.authority), key=lambda each: each.span.holds(on))
    return managing[-1].authority if managing else next((post.organization for post in who.posts), "")


def person_report(connection: Connection, rules: Rules, cadre: int, asked: Asked) -> PersonReport | None:
    """The report on one cadre; None where the books (at that entry) do not have them."""
    world = world_of(connection, rules.kinds, asked.at_seq)
    root = roots(connection, asked.at_seq).get(cadre, cadre)
    found = [who for who in everyone(connection, asked.at_seq) if who.cadre == root]
    if not found:
        return None
    ((who, person),) = with_evidence(connection, found, asked.at_seq)
    verdict = Assessor(world, rules.rulebook).verdict(person, asked.period.as_of)
    shown = figures(world, who, who.posts_on(asked.period.as_of), verdict, asked)
    return PersonReport(shown, basis(connection, world, rules, _authorities(who), asked))


def _authorities(who: Who) -> set[str]:
    return {each.authority for each in who.managements if each.authority}
