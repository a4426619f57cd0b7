"""The roster: who the cadres are, what posts they hold, and who manages them. One person may fill several rows."""

from collections import defaultdict

from boiduong_records import people
from boiduong_records.matching import Directory, directory
from boiduong_records.people import Management, Person, Post
from boiduong_records.receipts import Outcome
from boiduong_records.tables import IDENTITY, MANAGEMENT, POST
from boiduong_records.versions import in_chunks
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import Connection

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.imports.lives import UndatedError, managements_together, posts_together, still_held
from boiduong_exporter.imports.roster_rows import OUTSIDE, Told, gather
from boiduong_exporter.imports.units import units
from boiduong_exporter.imports.whose import candidates
from boiduong_exporter.readers.fields import Field, Spec, birth, code, day, name, text
from boiduong_exporter.readers.sheet import Reading
from boiduong_exporter.rulebook.kinds import Kinds

__all__ = ["OUTSIDE", "ROSTER", "candidates", "specs", "take"]

ROSTER = "roster"


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    del kinds
    return (
        Spec(
            ROSTER,
            "Danh sách cán bộ",
            (
                Field("code", "Mã cán bộ", code, ("Mã CB", "Mã số cán bộ", "Mã số")),
                Field("name", "Họ và tên", name, ("Họ tên", "Họ, tên", "Họ và tên cán bộ"), required=True, filled=True),
                Field("birth", "Ngày sinh", birth, ("Ngày, tháng, năm sinh", "Năm sinh"), required=True, filled=True),
                Field("title", "Chức vụ", text, ("Chức vụ, chức danh", "Chức danh")),
                Field("unit", "Đơn vị", text, ("Đơn vị công tác", "Nơi công tác"), required=True, filled=True),
                Field("post_from", "Giữ chức vụ từ", day, ("Từ ngày", "Ngày bổ nhiệm")),
                Field("post_to", "Giữ chức vụ đến", day, ("Đến ngày", "Thôi giữ chức vụ từ")),
                Field(
                    "authority", "Diện quản lý", text, ("Cấp quản lý", "Cấp quản lý cán bộ", "Thuộc diện quản lý"),
                    required=True, filled=True,
                ),
                Field("managed_from", "Thuộc diện từ", day),
                Field("managed_to", "Thuộc diện đến", day),
            ),
        ),
    )  # fmt: skip


def take(desk: Desk, reading: Reading, intake: Intake) -> None:
    """New people are registered, known ones updated; a row that does not say surely whom it means is refused."""
    known = directory(desk.connection)
    told = gather(intake.sound(reading, ROSTER), known, units(desk.connection), intake.refuse)
    codes = _register(intake, [each for each in told if each.cadre is None])
    codes += _update(desk.connection, intake, known, {each.cadre: each for each in told if each.cadre is not None})
    if without := codes.count(""):
        intake.problems.append(_without_code(reading, without))


def _register(intake: Intake, told: list[Told]) -> list[str]:
    """The codes of those who are new."""
    newcomers = []
    for each in told:
        try:
            managements = managements_together((), each.managements)
        except UndatedError as undated:
            _refuse(intake, each, undated)
            continue
        newcomers.append(Person(each.code, each.name, each.birth, posts_together((), each.posts), managements))
        _receive(intake, each, Outcome.TAKEN)
    if newcomers:
        intake.enter.append(lambda connection, seq: people.register(connection, newcomers, seq))
    return [each.code for each in newcomers]


def _update(connection: Connection, intake: Intake, known: Directory, told: dict[int, Told]) -> list[str]:
    """The codes of those whom the books had."""
    posts, managements = _lives(connection, told)
    identities = {row["cadre"]: row for row in in_chunks(connection, IDENTITY, IDENTITY.c.cadre, list(told))}
    wanted: dict[int, Person] = {}
    for cadre, each in told.items():
        try:
            together = managements_together(managements[cadre], each.managements)
        except UndatedError as undated:
            _refuse(intake, each, undated)
            continue
        intake.problems += [_passed_over(each, post) for post in still_held(posts[cadre], each.posts)]
        code_ = _code(identities[cadre]["code"], each, known)
        wanted[cadre] = Person(code_, each.name, each.birth, posts_together(posts[cadre], each.posts), together)
    changed = people.changes(connection, wanted)
    if changed:
        intake.enter.append(lambda connection, seq: people.update(connection, changed, seq))
    for cadre in wanted:
        _receive(intake, told[cadre], Outcome.TAKEN if cadre in changed.cadres else Outcome.UNCHANGED)
    return [each.code for each in wanted.values()]


def _code(believed: str, told: Told, known: Directory) -> str:
    """The code is not lost to rows without one; that of a file that was merged into this one stays that file's."""
    absorbed = any(each.cadre != told.cadre for each in known.by_code.get(told.code, ()))
    return believed if absorbed and believed else told.code or believed


def _lives(connection: Connection, told: dict[int, Told]) -> tuple[dict[int, list[Post]], dict[int, list[Management]]]:
    posts: dict[int, list[Post]] = defaultdict(list)
    for row in in_chunks(connection, POST, POST.c.cadre, list(told)):
        posts[row["cadre"]].append(Post(row["title"], row["organization"], row["valid_from"], row["valid_to"]))
    managements: dict[int, list[Management]] = defaultdict(list)
    for row in in_chunks(connection, MANAGEMENT, MANAGEMENT.c.cadre, list(told)):
        managements[row["cadre"]].append(Management(row["authority"], row["valid_from"], row["valid_to"]))
    return posts, managements


def _refuse(intake: Intake, told: Told, undated: UndatedError) -> None:
    believed = undated.believed
    since = f" từ {show_date(believed.valid_from)}" if believed.valid_from else ""
    message = f"diện quản lý khác với đã ghi («{believed.authority or OUTSIDE}»{since}), chưa rõ đổi từ ngày nào"
    for row in told.rows:
        intake.refuse(row, [fault(Code.UNDATED_CHANGE, row.place, message, "ghi ngày đổi vào cột «Thuộc diện từ»")])


def _passed_over(told: Told, post: Post) -> Problem:
    message = f"trong sổ người này còn giữ «{post.title or 'chức vụ chưa ghi'}» ở «{post.organization}»"
    hint = "nếu đã thôi giữ, thêm một dòng của chức vụ ấy có «Giữ chức vụ đến»"
    return fault(Code.STILL_HELD, told.rows[0].place, message, hint)


def _without_code(reading: Reading, count: int) -> Problem:
    hint = "ghi mã khi tỉnh đã cấp; trước đó dòng nào cũng cần đủ họ tên, ngày sinh và đơn vị"
    return fault(Code.WITHOUT_CODE, reading.tables[0].place, f"{count} người chưa có mã cán bộ", hint)


def _receive(intake: Intake, told: Told, outcome: Outcome) -> None:
    for row in told.rows:
        intake.receive(row, outcome)
