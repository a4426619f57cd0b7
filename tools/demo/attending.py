"""Who went to which class, and what the attendance sheets say of them."""

from dataclasses import dataclass
from datetime import date
from random import Random

from tools.demo.cadres import OUTSIDE, Cadre, Held
from tools.demo.classes import BRIDGES, COURSES, MAIN_HALL, OTHER, PROVINCIAL, UPDATE, Course, Crowd, Form
from tools.demo.province import CENTRE, TERM_STARTS

_IDLE = 0.08
"""Below this diligence nothing is attended."""
_BUSY = 0.3
"""From this one on everything that is owed is attended."""
_EARLIER, _MANY = 0.05, 0.3
_MARKS = {"x": 0.945, "v": 0.017, "p": 0.018, "part": 0.02}
_PARTS = {"sáng": ("8:40-11:30", "7:30-9:45", "9:05-11:30"), "chiều": ("14:30-17:00", "13:30-15:20", "15:10-17:00")}


@dataclass(frozen=True)
class Attendee:
    """A row of an attendance sheet: the marks in the order of the sessions, the score and essay where there is one."""

    cadre: Cadre
    unit: str
    place: str
    marks: tuple[str, ...]
    score: str = ""
    essay: str = ""


def attendance(cadres: list[Cadre], random: Random) -> dict[str, list[Attendee]]:
    """The rows of each class's sheet, by the class's code."""
    chosen = _choices(cadres, random)
    found = {}
    for course in COURSES:
        rows = [(cadre, post) for cadre in cadres if (post := _comes(course, cadre, chosen, random))]
        rows = rows or [(cadre, post) for cadre in cadres if (post := cadre.post_on(course.starts))][:1]
        found[course.code] = [_attendee(course, cadre, post, random) for cadre, post in rows]
    return found


def _choices(cadres: list[Cadre], random: Random) -> dict[str, set[str]]:
    """Which of the small classes of the term each cadre goes to."""
    small = [course for course in COURSES if course.starts >= TERM_STARTS and _is_small(course)]
    found: dict[str, set[str]] = {}
    for cadre in cadres:
        offered = [course.code for course in small if (post := cadre.post_on(course.starts)) and _fits(course, post)]
        wanted = _wanted(cadre, random)
        found[cadre.code] = set(random.sample(offered, min(wanted, len(offered))))
    return found


def _wanted(cadre: Cadre, random: Random) -> int:
    if cadre.diligence < _IDLE or cadre.now.authority == OUTSIDE:
        return 0
    if cadre.diligence < _BUSY:
        return int(random.random() < 0.3)
    return 2 if random.random() < 0.3 else 1


def _is_small(course: Course) -> bool:
    return course.crowd is Crowd.SOME and course.kind == UPDATE


def _fits(course: Course, post: Held) -> bool:
    """Blended classes are the programme of the communes; those of the province's offices are theirs."""
    communal = post.unit.level == "Xã"
    if course.audience == PROVINCIAL:
        return not communal
    return communal or course.form is Form.HALL


def _comes(course: Course, cadre: Cadre, chosen: dict[str, set[str]], random: Random) -> Held | None:
    """The post in which the cadre came to the class, or None."""
    post = cadre.post_on(course.starts)
    chance = random.random()
    if post is None or post.authority == CENTRE:
        return None
    if course.starts < TERM_STARTS and course.crowd is Crowd.SOME:
        comes = chance < _EARLIER
    elif _is_small(course):
        comes = course.code in chosen[cadre.code]
    elif course.crowd is Crowd.MOST:
        comes = cadre.diligence > _IDLE and chance < (0.1 if post.authority == OUTSIDE else 0.96)
    else:
        comes = chance < (_EARLIER if course.crowd is Crowd.SOME else _MANY)
    return post if comes else None


def _attendee(course: Course, cadre: Cadre, post: Held, random: Random) -> Attendee:
    marks = tuple(_mark(course, half, random) for _, half in course.slots)
    place = ""
    if course.form is Form.BRIDGED:
        place = BRIDGES[int(post.unit.code[1:]) % len(BRIDGES)] if post.unit.level == "Xã" else MAIN_HALL
    if course.kind in (OTHER, UPDATE) and course.crowd is Crowd.SOME and course.starts >= date(2024, 5, 10):
        score = f"{random.randrange(12, 20) / 2:g}".replace(".", ",")
        return Attendee(cadre, post.unit.name, place, marks, score, "Đạt")
    return Attendee(cadre, post.unit.name, place, marks)


def _mark(course: Course, half: str, random: Random) -> str:
    mark = random.choices([*_MARKS], [*_MARKS.values()])[0]
    if mark == "part":
        return random.choice(_PARTS[half])
    return _times(half, random) if mark == "x" and course.timed else mark


def _times(half: str, random: Random) -> str:
    """In and out as a gate takes them down."""
    opens, closes = {"sáng": (7 * 60 + 15, 11 * 60 + 30), "chiều": (13 * 60 + 15, 17 * 60)}[half]
    came, left = opens + random.randrange(25), closes + random.randrange(12)
    return f"{came // 60}:{came % 60:02}-{left // 60}:{left % 60:02}"
