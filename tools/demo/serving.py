"""What the sample's server has beside the books: packages on its shelf, an account for each role, a class that is under
way, and somebody who has studied today."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from boiduong_exporter.rulebook.read import read_rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.ledger import origin
from boiduong_records.matching import directory
from boiduong_records.store import open_books
from boiduong_server.accounts.roles import Role
from boiduong_server.command.options import APPLICATION, CONTENT, SHELF
from boiduong_server.house import House
from boiduong_server.shelf.shelf import Added, Package, add
from boiduong_server.store import open_store, store_of
from boiduong_server.study.beats import Sign, take_beats
from boiduong_server.study.commits import Commit, take_commit
from boiduong_server.study.launches import Opening, find_launch, open_launch
from boiduong_vocabulary.vietnamese import local_day

from tools.demo.accounts import AT_BRIDGES, MONITOR, PASSWORD, STAFF, Holder, Known, open_accounts
from tools.demo.cadres import OUTSIDE, Cadre
from tools.demo.classes import MAIN_HALL, Course, held_course, open_course
from tools.demo.files import write_classes, write_enrolment, write_seats
from tools.demo.province import CENTRE
from tools.demo.steps import Step, Walk
from tools.demo.walking import StrayedError, catalog_in, take

GUIDE = Path(__file__).with_name("guide.txt")
"""What lies in the folder; written into it last, so that a folder that has it is whole."""
HOME = "X01"
"""The ward whose head has an account; the learner is of it too."""
_BY = "Người quản lý máy chủ (mẫu)"
_CLASS_OF = 40
_EVERY_MS = 30_000
_SAT_MS = 25 * 60_000
_SINCE_MS = 10 * 60_000
"""How long the learner sat, and how long ago the sitting ended."""


def furnish(walk: Walk, now_ms: int, say: Callable[[str], object] = print) -> list[Known]:
    """Make the server's tables and shelf beside the books of the walk; the accounts, which the guide names too.

    Raises StrayedError where a command or a package does not come to what it should.
    """
    folder, today = walk.books.parent, local_day(now_ms)
    course = open_course(today, MONITOR)
    learners = newcomers(walk, today)
    for step in (*_open(walk, course, learners), *_gather(walk, held_course(today, MONITOR, AT_BRIDGES), learners)):
        take(step, {}, say)
    with house(walk, now_ms) as opened:
        packages = list(_shelve(opened, walk))
        accounts = open_accounts(opened.store, _holders(opened, walk, learners[0], today), now_ms)
        _study(opened, course, accounts[0], packages[0])
    (folder / "DOC-TRUOC.txt").write_text(GUIDE.read_text("utf-8") + _told(accounts), "utf-8")
    say(f"\n# Máy chủ mẫu: {len(packages)} gói bài, {len(accounts)} tài khoản, lớp đang học {course.code}\n")
    say(_told(accounts))
    return accounts


@contextmanager
def house(walk: Walk, now_ms: int) -> Iterator[House]:
    """The sample's server, as `boiduong serve` opens it."""
    rules, problems = read_rules(walk.desk.rules)
    if rules is None:
        raise StrayedError("read_rules", len(problems), "\n".join(map(str, problems)))
    folder = walk.books.parent
    archive = Archive(walk.books.with_suffix(".beats"))
    store = open_store(store_of(str(walk.books)))
    with open_books(walk.books) as books:
        with books.reading() as connection:
            archive.claim(origin(connection, "beats"))
        yield House(books, store, archive, rules, folder / SHELF, APPLICATION, CONTENT, lambda: now_ms)
    store.close()


def newcomers(walk: Walk, today: date) -> list[Cadre]:
    """Who is enrolled in the class that is under way: of the communes, without such a class so far; the home ward's
    come first, its head last."""
    fresh = [
        cadre for cadre in walk.desk.cadres
        if cadre.code not in walk.desk.enrolled and (post := cadre.post_on(today)) and post.unit.level == "Xã"
        and post.authority not in (OUTSIDE, CENTRE)
    ]  # fmt: skip
    return sorted(fresh, key=lambda each: (each.now.unit.code != HOME, -each.rank))[:_CLASS_OF]


def _open(walk: Walk, course: Course, learners: list[Cadre]) -> Iterator[Step]:
    """The class and its people, brought by the office's own commands."""
    folder = walk.books.parent / "lop-dang-hoc"
    folder.mkdir()
    topics = tuple(topic.id for topic in catalog_in(walk.catalog).topics)
    classes = write_classes(folder / "lop.xlsx", topics, (course,))
    people = write_enrolment(folder / "hoc-vien.xlsx", ((course, cadre) for cadre in learners))
    yield walk.brought("Một lớp đang học", "classes", classes)
    yield walk.brought("Học viên của lớp ấy", "enrolment", people)


def _gather(walk: Walk, course: Course, people: list[Cadre]) -> Iterator[Step]:
    """The class that meets these days, in the hall and at two bridges."""
    folder = walk.books.parent / "lop-dang-hop"
    folder.mkdir()
    classes = write_classes(folder / "lop.xlsx", (), (course,))
    seats = write_seats(folder / "hoc-vien.xlsx", course, (MAIN_HALL, *course.bridges), people)
    yield walk.brought("Một lớp họp trong tuần này, ở hội trường và các điểm cầu", "classes", classes)
    yield walk.brought("Học viên của lớp ấy, theo điểm học và tổ", "enrolment", seats)


def _shelve(opened: House, walk: Walk) -> Iterator[Package]:
    for topic in catalog_in(walk.catalog).topics:
        path = next(walk.catalog.parent / each.path for each in topic.packages if each.standard == "scorm12")
        with path.open("rb") as source:
            added = add(opened, source, _BY, path.name)
        if not isinstance(added, Added) or added.package.topic != topic.id:
            raise StrayedError(f"shelf.add {path.name}", 1, str(added))
        yield added.package


def _holders(opened: House, walk: Walk, learner: Cadre, today: date) -> list[Holder]:
    """The learner first, then the head of the home ward, who is a learner too, then the staff."""
    with opened.books.reading() as connection:
        numbers = {code: found[0].cadre for code, found in directory(connection).by_code.items()}
    at_home = [
        cadre for cadre in walk.desk.cadres if (post := cadre.post_on(today)) and post.unit.code == HOME
    ]  # fmt: skip
    head = min((each for each in at_home if each != learner), key=lambda each: each.rank)
    people = [
        Holder(learner.code, learner.name, cadre=numbers[learner.code], phone="0900000001"),
        Holder(head.code, head.name, Role.UNIT_OFFICER, HOME, numbers[head.code], "0900000002"),
    ]
    return [*people, *(Holder(*each) for each in STAFF)]


def _study(opened: House, course: Course, learner: Known, package: Package) -> None:
    """A sitting that ended a while ago, not sealed yet: as the frame around a package tells it."""
    assert learner.holder.cadre is not None
    ends = opened.now_ms() - _SINCE_MS
    opening = Opening(learner.user, learner.holder.cadre, course.code, package.topic, package.edition, package.id)
    launched = open_launch(opened.store, opening, ends - _SAT_MS)
    with opened.store.reading() as connection:
        live = find_launch(connection, launched.token)
    assert live is not None
    for number, at in enumerate(range(ends - _SAT_MS, ends + 1, _EVERY_MS), 1):
        take_beats(opened.store, live, [Sign(number, _EVERY_MS if number > 1 else 0, 0)], at)
    cmi = {"core": {"lesson_status": "incomplete", "session_time": "00:25:00"}}
    take_commit(opened.store, live, Commit(package.structure.units[0].identifier, 1_000_001, cmi), ends)


def _told(accounts: list[Known]) -> str:
    """The accounts as the guide names them."""
    rows = [
        f"{each.holder.code:<13} {each.holder.role.label if each.holder.role else 'Học viên':<28} {each.holder.name}"
        for each in accounts
    ]
    secrets = [f"{each.holder.code:<13} {each.secret}" for each in accounts if each.secret]
    return "\n".join([
        f"Máy chủ học tập: {APPLICATION}", f"Mật khẩu của mọi tài khoản mẫu: {PASSWORD}", "", *rows, "",
        "Tài khoản nào ngoài học viên còn được hỏi mã sáu số. Xem mã lúc này bằng lệnh:",
        "    .venv/bin/python -m tools.demo.code ban-to-chuc",
        "hoặc khai vào ứng dụng xác thực trên điện thoại bằng khóa:", *secrets, "",
    ])  # fmt: skip
