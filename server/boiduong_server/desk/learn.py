"""Studying a topic: the page around the player, and what a browser had to keep for a while."""

from dataclasses import dataclass

from boiduong_exporter.credit.facts import ClassTopic
from boiduong_records.enrolment import may_study
from boiduong_records.merging import people_of
from flask import Blueprint, Response, abort, make_response, render_template, request

from boiduong_server.accounts.roles import Role
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.packages.structure import Organization
from boiduong_server.shelf import shelf
from boiduong_server.study.arriving import take, take_signs
from boiduong_server.study.launches import LiveLaunch, Opening, launch_of, open_launch
from boiduong_server.study.provisional import provisional

BLUEPRINT = Blueprint("learn", __name__)


@dataclass(frozen=True)
class Way:
    """A way to study a topic: one organization of one of its packages."""

    package: shelf.Package
    organization: Organization

    @property
    def title(self) -> str:
        return self.organization.title or self.package.title

    @property
    def query(self) -> dict[str, str]:
        return {"goi": self.package.key, "to-chuc": self.organization.identifier}


@dataclass(frozen=True)
class Lesson:
    """What someone who may study it has before them. `minimum_ms`: what its edition asks, None where none is said."""

    class_code: str
    class_name: str
    topic: ClassTopic
    minimum_ms: int | None
    people: tuple[int, ...]

    @property
    def title(self) -> str:
        return self.topic.title or self.topic.topic


@BLUEPRINT.get("/hoc/<path:class_code>/<topic>")
@allow(Role.LEARNER)
def learn(class_code: str, topic: str) -> Response:
    """Each load mints a launch of its own; a reload or a second window makes the older one stale."""
    lesson = _lesson(class_code, topic)
    ways = _ways(lesson)
    if _comes_from_elsewhere() or not ways:
        return _answer("learn/before.html", lesson=lesson, ways=ways)
    asked = request.args.to_dict().items()
    chosen = ways if len(ways) == 1 else [way for way in ways if way.query.items() <= asked]
    if not chosen:
        return _answer("learn/choose.html", lesson=lesson, ways=ways)
    return _played(lesson, chosen[0])


def _played(lesson: Lesson, way: Way) -> Response:
    here, now_ms = account(), house().now_ms()
    assert here.cadre is not None
    topic = lesson.topic
    study = (lesson.class_code, topic.topic, topic.edition)
    opening = Opening(here.user, here.cadre, *study, way.package.id, way.organization.identifier)
    launch = open_launch(house().store, opening, now_ms)
    fresh_ms = provisional(house(), lesson.people).by_study.get(study, 0)
    address = f"{house().content}/phien/{launch.token}/"
    return _answer(
        "learn/learn.html", lesson=lesson, launch=launch, address=address, fresh_ms=fresh_ms, reading=_pages(way)
    )


def _pages(way: Way) -> list[dict[str, str]]:
    """What can be read without a script."""
    root = f"{house().content}/goi/{way.package.key}/"
    return [{"title": item.title, "address": root + item.href} for item in way.organization.walk() if item.href]


@BLUEPRINT.post("/hoc/<public>/nhip")
@allow(Role.LEARNER)
def late_signs(public: str) -> dict[str, object]:
    """Signs of the study clock that the browser kept while there was no connection."""
    return {"stale": take_signs(house(), _launch(public), request.get_data(), house().now_ms()).stale}


@BLUEPRINT.post("/hoc/<public>/ghi")
@allow(Role.LEARNER)
def late_commit(public: str) -> dict[str, object]:
    """A SCO's last word that the browser kept; newer words of a later launch are not overwritten."""
    take(house(), _launch(public), request.get_data(), house().now_ms(), late=True)
    return {"result": True}


def _launch(public: str) -> LiveLaunch:
    with house().store.reading() as connection:
        found = launch_of(connection, public, account().user)
    if found is None:
        abort(404)
    return found


def _lesson(class_code: str, topic: str) -> Lesson:
    """What is asked for, if the one who asks is enrolled there; else there is no such page."""
    cadre = account().cadre
    with house().books.reading() as connection:
        people = people_of(connection, cadre) if cadre is not None else ()
        if not people or not may_study(connection, people, class_code):
            abort(404)
        known = shared(connection, house())
    found = known.world.classes.get(class_code)
    fixed = found.topic_of.get(topic) if found else None
    if found is None or fixed is None or not fixed.self_paced:
        abort(404)
    return Lesson(class_code, found.name or class_code, fixed, _minimum_ms(known, fixed), people)


def _minimum_ms(known: Shared, topic: ClassTopic) -> int | None:
    entry = known.catalogs.entry(topic.topic, topic.edition)
    return entry.minimum_seconds * 1000 if entry else None


def _ways(lesson: Lesson) -> list[Way]:
    with house().store.reading() as connection:
        packages = shelf.packages_for(connection, lesson.topic.topic, lesson.topic.edition)
    return [Way(package, each) for package in packages for each in package.structure.organizations if each.items]


def _comes_from_elsewhere() -> bool:
    """A link followed from another host, a package's perhaps: to open the page would take the launch from the window
    that is being studied in, so that the learner is asked first. A browser that is too old to say where a request comes
    from, as in iOS 14, must have come from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is None or request.method != "GET":
        return not (request.referrer or "").startswith(f"{house().application}/")
    return site not in ("none", "same-origin")


def _answer(template: str, **values: object) -> Response:
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "no-store"
    return response
