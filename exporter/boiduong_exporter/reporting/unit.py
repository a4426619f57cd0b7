"""A unit's report: everyone who holds a post in it on the day, verdict by verdict, and what it did by year and plan."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Post, World
from boiduong_exporter.credit.verdict import Assessor, Verdict
from boiduong_exporter.gathering.people import Who
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.walk import walk
from boiduong_exporter.reports.figures import PersonFigures, UnitReport
from boiduong_exporter.rulebook.read import Rules


def unit_report(connection: Connection, rules: Rules, unit: str, asked: Asked) -> UnitReport:
    """The report of `unit` and all under it. Its people are read once, while it is written; what was attended is
    counted on the way, so that years and plan are known when the last of them was read."""
    read = walk(connection, rules, unit, asked)

    def people() -> Iterator[PersonFigures]:
        assessor = Assessor(read.world, rules.rulebook)
        for who, person in read.people():
            if who.cadre in read.now:
                yield figures(read.world, who, read.now[who.cadre], assessor.verdict(person, read.day), asked)

    return UnitReport(read.name, unit, read.basis(read.world, rules), people(), read.deeds, read.notes)


def figures(world: World, who: Who, posts: Iterable[Post], verdict: Verdict, asked: Asked) -> PersonFigures:
    """One person as reports show them, with the posts of the day (else those that ended last or begin first);
    organizations by their name on the day."""
    held = list(dict.fromkeys((post.title, _name(world, post.organization, asked)) for post in posts))
    said = [f"{title} – {organization}" if title else organization for title, organization in held]
    unit = held[0][1] if held else ""
    return PersonFigures(who.code, who.name, who.birth, tuple(said or _other_posts(world, who, asked)), unit, verdict)


def _other_posts(world: World, who: Who, asked: Asked) -> Iterator[str]:
    """What someone without a post on the day held before, or will hold."""
    day = asked.period.as_of
    ended = [(post.span.ends, post) for post in who.posts if post.span.ends and post.span.ends < day]
    for ends, post in sorted(ended, key=lambda pair: pair[0])[-1:]:
        since = show_date(ends + timedelta(days=1))
        yield f"đã thôi giữ từ {since}: {post.title} – {_name(world, post.organization, asked)}"
    coming = [(post.span.starts, post) for post in who.posts if post.span.starts and post.span.starts > day]
    for starts, post in sorted(coming, key=lambda pair: pair[0])[:1]:
        yield f"giữ từ {show_date(starts)}: {post.title} – {_name(world, post.organization, asked)}"


def _name(world: World, code: str, asked: Asked) -> str:
    found = world.organization(code, asked.period.as_of)
    return found.name if found else code
