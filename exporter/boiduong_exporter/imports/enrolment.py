"""Enrolment: who is to study a class, and may open its topics. A list adds to what the books have; whom it passes over
stays, and only a row that says so lets someone leave: half a list must never shut the other half out. The same holds
of where they sit: an empty cell leaves that as it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from boiduong_records.enrolment import changes, files_of
from boiduong_records.matching import Candidate, Directory, directory
from boiduong_records.receipts import Outcome
from boiduong_records.seating import NOWHERE, Said, Seat, Seated, seats_in, team_name
from boiduong_records.seating import changes as seating_changes
from boiduong_records.tables import ENROLMENT, SEATING
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.attendance_class import HeldClass, held_classes
from boiduong_exporter.imports.class_faults import no_class
from boiduong_exporter.imports.intake import Desk, Intake, Take
from boiduong_exporter.imports.units import units
from boiduong_exporter.imports.whose import who
from boiduong_exporter.readers.fields import Field, Spec, birth, code, name, text, yes_no
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

ENROLMENTS = "enrolment"
NOTHING = ("-", "–", "—")
"""What a cell says that takes back a place or a team."""
_PARTS = ("place", "team", "leads")


@dataclass(frozen=True)
class _Told:
    """A row, the class and the person that it means, whether they leave, and where they sit if not."""

    row: Row
    seat: Seat
    leaves: bool
    said: Said


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    del kinds
    return (
        Spec(
            ENROLMENTS,
            "Học viên",
            (
                Field("class_code", "Mã lớp", code),
                Field("code", "Mã cán bộ", code, ("Mã CB", "Mã số cán bộ", "Mã số")),
                Field("name", "Họ và tên", name, ("Họ tên", "Họ và tên học viên"), required=True, filled=True),
                Field("birth", "Ngày sinh", birth, ("Năm sinh",)),
                Field("unit", "Đơn vị", text, ("Đơn vị công tác",)),
                Field("place", "Điểm học", text, ("Điểm", "Điểm cầu")),
                Field("team", "Tổ", text, ("Tổ học tập", "Tên tổ")),
                Field("leads", "Tổ trưởng", yes_no),
                Field("leaves", "Thôi học", yes_no),
            ),
            marks=(Field("class_code", "Mã lớp", code),),
        ),
    )


def take_within(cadres: Callable[[int], bool], class_code: str = "") -> Take:
    """How a list is taken from someone who has these people in their care: it finds nobody else, so that it cannot be
    asked either who there is. What names no class is of `class_code`."""

    def within(desk: Desk, reading: Reading, intake: Intake) -> None:
        told = [*_told(desk, reading, intake, _narrowed(directory(desk.connection), cadres), class_code)]
        before = seats_in(desk.connection, {each.seat[0] for each in told})
        told = [*_led(told, before, intake)]
        there = files_of(desk.connection, {each.seat[0] for each in told})
        joining = [each.seat for each in told if not each.leaves]
        leaving = [each.seat for each in told if each.leaves]
        said = _together(told)
        intake.changes.append((ENROLMENT, changes(desk.connection, joining, leaving)))
        seating = seating_changes(desk.connection, said, leaving)
        intake.changes.append((SEATING, seating))
        for each in told:
            is_new = (each.seat in there) == each.leaves or _moves(each.seat, said, before)
            intake.receive(each.row, Outcome.TAKEN if is_new else Outcome.UNCHANGED)
        intake.problems += _several_leaders(told, before)

    return within


take = take_within(lambda _: True)


def _narrowed(known: Directory, cadres: Callable[[int], bool]) -> Directory:
    def some(found: list[Candidate]) -> list[Candidate]:
        return [one for one in found if cadres(one.root)]

    return Directory(
        {code_: kept for code_, found in known.by_code.items() if (kept := some(found))},
        {name_: kept for name_, found in known.by_name.items() if (kept := some(found))},
    )


def _told(desk: Desk, reading: Reading, intake: Intake, people: Directory, own: str) -> Iterator[_Told]:
    """What the sound rows say; the others are refused."""
    classes = held_classes(desk.connection)
    organizations = units(desk.connection)
    marks = {id(row): table.marks.get("class_code") for table in reading.tables for row in table.rows}
    first: dict[Seat, _Told] = {}
    for row in intake.sound(reading, ENROLMENTS):
        class_code: str = row.values.get("class_code") or marks.get(id(row)) or own
        if class_code not in classes:
            intake.refuse(row, [no_class(row, class_code, classes)])
            continue
        whose, said = who(row, people, organizations), _seat(row, classes[class_code])
        if isinstance(whose, Problem) or isinstance(said, Problem):
            intake.refuse(row, [each for each in (whose, said) if isinstance(each, Problem)])
            continue
        each = _Told(row, (class_code, whose), bool(row.values.get("leaves")), said)
        earlier = first.setdefault(each.seat, each)
        if told_otherwise := _contradiction(earlier, each):
            intake.refuse(row, [told_otherwise])
        else:
            first[each.seat] = replace(each, said=_both(earlier.said, said))
            yield each


def _seat(row: Row, of_class: HeldClass) -> Said | Problem:
    """What the row says of the seat; of someone who leaves, nothing."""
    place, team, leads = (row.values.get(key) for key in ("place", "team", "leads"))
    if row.values.get("leaves"):
        return Said()
    if place in NOTHING:
        place = ""
    elif place:
        venue = of_class.venue(place, ())
        if isinstance(venue, No):
            return fault(venue.code, row.place, f"{row.at('place')}: {venue.message}", venue.hint)
        place = venue[0]
    return Said(place, "" if team in NOTHING else team and team_name(team), leads)


def _both(earlier: Said, later: Said) -> Said:
    parts = ((getattr(later, key), getattr(earlier, key)) for key in _PARTS)
    return Said(*(new if new is not None else old for new, old in parts))


def _contradiction(earlier: _Told, later: _Told) -> Problem | None:
    """Where two rows of one person and class say different things; what one of them leaves open is none."""
    pairs = {key: (getattr(earlier.said, key), getattr(later.said, key)) for key in _PARTS}
    pairs["leaves"] = (earlier.leaves, later.leaves)
    for key, (old, new) in pairs.items():
        if None not in (old, new) and fold(str(old)) != fold(str(new)):
            message = f"{later.row.at(key)}: một dòng trên nói khác về người này ở lớp «{later.seat[0]}»"
            return fault(Code.TOLD_TWICE, later.row.place, message, "giữ một dòng cho mỗi người ở mỗi lớp")
    return None


def _together(told: Iterable[_Told]) -> dict[Seat, Said]:
    """What all rows say of each seat, whatever order they stand in."""
    found: dict[Seat, Said] = {}
    for each in told:
        if not each.leaves:
            found[each.seat] = _both(found.get(each.seat, Said()), each.said)
    return found


def _led(told: list[_Told], before: Mapping[Seat, Seated], intake: Intake) -> Iterator[_Told]:
    """The rows, without those that make somebody lead no team."""
    said = _together(told)
    for each in told:
        if each.said.leads and not said[each.seat].over(before.get(each.seat, NOWHERE)).team:
            message = f"{each.row.at('leads')}: tổ trưởng mà chưa rõ của tổ nào"
            hint = "điền cột «Tổ» cho người này, hoặc bỏ dấu ở cột «Tổ trưởng»"
            intake.refuse(each.row, [fault(Code.LEADER_WITHOUT_TEAM, each.row.place, message, hint)])
        else:
            yield each


def _moves(seat: Seat, said: Mapping[Seat, Said], before: Mapping[Seat, Seated]) -> bool:
    old = before.get(seat, NOWHERE)
    return seat in said and said[seat].over(old) != old


def _several_leaders(told: list[_Told], before: Mapping[Seat, Seated]) -> Iterator[Problem]:
    """Told once of each team to which the list gives a leader beside another."""
    left = {each.seat for each in told if each.leaves}
    after = {seat: seated for seat, seated in before.items() if seat not in left}
    after |= {seat: said.over(before.get(seat, NOWHERE)) for seat, said in _together(told).items()}
    leaders = Counter((seat[0], seated.team_key) for seat, seated in after.items() if seated.leads)
    for each in told:
        code_, seated = each.seat[0], after.get(each.seat, NOWHERE)
        if each.said.leads and (count := leaders.pop((code_, seated.team_key), 0)) > 1:
            message = f"{each.row.at('leads')}: «{seated.team}» của lớp «{code_}» có {count} tổ trưởng"
            hint = "cả mấy người đều ghi điểm danh được cho tổ; chỉ một người thôi thì ghi «không» cho người còn lại"
            yield fault(Code.SEVERAL_LEADERS, each.row.place, message, hint)
