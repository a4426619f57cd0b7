"""What a cadre has to study and to attend: topics of the classes that they are enrolled in, how far each came, where to
go on, and the next sessions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from boiduong_exporter.credit.facts import ClassTopic, Session, TrainingClass
from boiduong_exporter.credit.rules import Rulebook
from boiduong_exporter.credit.topics import missing, progress_of
from boiduong_exporter.reporting.person import Account
from boiduong_records.beats import Study
from boiduong_vocabulary.catalog import Delivery

from boiduong_server.desk.words import hours, minutes
from boiduong_server.desk.worlds import Shared

_ENDED = frozenset({"completed", "passed"})


@dataclass(frozen=True)
class Task:
    """One topic to study alone. `minimum_ms` is what its edition asks, None where no catalog tells; `lacks` says what
    completion still needs, by the ledger; `changed_ms` is when it was last open here, None where it never was."""

    study: Study
    title: str
    class_name: str
    periods: int
    minimum_ms: int | None
    sealed_ms: int
    fresh_ms: int
    lacks: str
    status: str
    changed_ms: int | None
    is_here: bool

    @property
    def address(self) -> str:
        return "/hoc/{}/{}".format(*map(quote, self.study[:2]))

    @property
    def state(self) -> str:
        if not self.lacks:
            return "Đã hoàn thành"
        if self.status in _ENDED:
            return "Đã học xong, chờ niêm phong"
        return "Đang học" if self.is_begun else "Chưa học"

    @property
    def is_begun(self) -> bool:
        return bool(self.changed_ms or self.sealed_ms or self.fresh_ms)

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return bool(self.lacks) and self.status not in _ENDED

    @property
    def studied(self) -> str:
        """How long, sealed and not; empty where it never was open."""
        sealed = f"đã niêm phong {minutes(self.sealed_ms)}" if self.sealed_ms else ""
        fresh = f"tạm tính {minutes(self.fresh_ms)}" if self.fresh_ms else ""
        lacking = f"theo sổ {self.lacks}" if self.is_open and self.sealed_ms else ""
        return ", ".join(each for each in (sealed, fresh, lacking) if each)


@dataclass(frozen=True)
class Course:
    """The topics of one class."""

    code: str
    name: str
    tasks: tuple[Task, ...]

    @property
    def left(self) -> int:
        return sum(task.is_open for task in self.tasks)


@dataclass(frozen=True)
class Coming:
    """A session that lies ahead, or is today."""

    session: Session
    class_name: str
    places: tuple[str, ...]

    @property
    def hours(self) -> str:
        return hours(self.session.starts, self.session.ends)


class Tried(Protocol):
    """What is asked of an attempt on this server (study/attempts.py)."""

    @property
    def class_code(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def changed_ms(self) -> int: ...


@dataclass(frozen=True)
class Known:
    """What is known of one person's studying: their account, the codes of their classes, attempts on this server, time
    that is not sealed yet, and the topics that have a package here."""

    account: Account
    classes: Collection[str]
    attempts: Iterable[Tried]
    fresh_ms: Mapping[Study, int]
    here: Collection[tuple[str, str]]


def tasks(known: Known, shared: Shared, rulebook: Rulebook) -> list[Task]:
    """The topics to study, those that were open last first, then by class and in its order."""
    progress = progress_of(known.account.person.pieces, rulebook)
    tried: dict[Study, Tried] = {}
    for each in known.attempts:  # one topic may be tried in several packages: what was touched last comes first
        tried.setdefault((each.class_code, each.topic, each.edition), each)
    found = []
    for class_, topic in _self_paced(known.classes, shared):
        study = (class_.code, topic.topic, topic.edition)
        done, attempt = progress.get(study), tried.get(study)
        entry = shared.catalogs.entry(topic.topic, topic.edition)
        found.append(
            Task(
                study, topic.title or topic.topic, class_.name or class_.code, topic.periods,
                entry.minimum_seconds * 1000 if entry else None, done.total_ms() if done else 0,
                known.fresh_ms.get(study, 0), missing(done) if done else _NOTHING,
                attempt.status if attempt else "", attempt.changed_ms if attempt else None,
                (topic.topic, topic.edition) in known.here,
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: -(each.changed_ms or 0))


_NOTHING = "chưa học"


def topics(classes: Collection[str], shared: Shared) -> set[tuple[str, str]]:
    """The topics to study alone in these classes, with their editions."""
    return {(topic.topic, topic.edition) for _, topic in _self_paced(classes, shared)}


def _self_paced(classes: Collection[str], shared: Shared) -> Iterator[tuple[TrainingClass, ClassTopic]]:
    for code in classes:
        if class_ := shared.world.classes.get(code):
            yield from ((class_, topic) for topic in class_.topics if topic.self_paced)


def courses(found: Iterable[Task]) -> list[Course]:
    """Topics by class; classes with something left to do first."""
    by_class: dict[str, list[Task]] = defaultdict(list)
    for task in found:
        by_class[task.study[0]].append(task)
    made = [Course(code, tasks[0].class_name, tuple(tasks)) for code, tasks in by_class.items()]
    return sorted(made, key=lambda course: not course.left)


def go_on(found: Iterable[Task]) -> Task | None:
    """The topic that was left last and is not done; else one begun elsewhere; else the first that there is."""
    open_here = (each for each in found if each.is_open and each.is_here)
    return max(open_here, key=lambda each: (each.changed_ms or 0, each.is_begun), default=None)


def coming(classes: Collection[str], shared: Shared, today: date) -> list[Coming]:
    """Sessions of these classes from today on, the next first."""
    found = [
        Coming(session, class_.name or code, _places(shared, code, session.delivery))
        for code in classes
        if (class_ := shared.world.classes.get(code))
        for session in class_.sessions
        if session.date >= today
    ]
    return sorted(found, key=lambda each: (each.session.date, each.session.starts or 0, each.class_name))


def _places(shared: Shared, code: str, delivery: Delivery) -> tuple[str, ...]:
    """Halls and bridges belong together: a session in a hall is heard at the bridges too."""
    in_rooms = (Delivery.HALL, Delivery.BRIDGE)
    if delivery not in in_rooms:
        return ()
    return tuple(name for name, held in shared.places.get(code, ()) if held in in_rooms)
