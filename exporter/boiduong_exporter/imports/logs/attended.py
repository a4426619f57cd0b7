"""From the sheets that staff closed in a course to attendance: the last sheet of a session holds, by the rules that an
attendance sheet of the office follows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from boiduong_records.merging import roots
from boiduong_vocabulary.evidence import Attendance
from sqlalchemy import Connection

from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.attendance_class import HeldClass, held_classes
from boiduong_exporter.imports.attendance_ledger import Known, files
from boiduong_exporter.imports.logs.progress import Said
from boiduong_exporter.logs.record import Attended

_SAY_PLACE = (
    "nhật ký không cho biết ai ngồi ở đâu: tải bảng điểm danh của buổi từ khóa học, thêm cột «Điểm học», "
    "rồi nhập bằng «boiduong import attendance»"
)


def attended(connection: Connection, told: Mapping[tuple[int, str], list[Attended]], author: str) -> Iterator[Said]:
    """What the lines of each person and session say together; `told` goes by file and class."""
    if not told:
        return
    root, people, classes = roots(connection), files(connection), held_classes(connection)
    subjects = {cadre: people.subjects[root.get(cadre, cadre)] for cadre, _ in told}
    known = Known(connection, people, set(subjects.values()))
    for (cadre, class_code), lines in told.items():
        for sheets in _by_session(lines):
            yield _said(subjects[cadre], classes[class_code], sheets, known, author)


def _by_session(lines: list[Attended]) -> list[list[Attended]]:
    """The sheets of each session, the last one last. Two accounts of one person are held against one another."""
    found: dict[tuple[str, str, str], list[Attended]] = defaultdict(list)
    for each in lines:
        found[each.where.course, each.session, each.learner].append(each)
    return [sorted(sheets, key=lambda each: (each.sheet, each.at_ms, each.line)) for sheets in found.values()]


def _said(subject: str, found: HeldClass, sheets: list[Attended], known: Known, author: str) -> Said:
    lines, last = [each.line for each in sheets], sheets[-1]
    said = _evidence(found, last)
    if isinstance(said, No):
        return Said(lines, [], said)
    if no := next(known.clashes(subject, [said]), None):
        return Said(lines, [], no._replace(private=last.learner))
    return Said(lines, [] if known.stands(subject, said) else [*known.drafts(subject, [said], author)])


def _evidence(found: HeldClass, last: Attended) -> Attendance | No:
    slot = last.date, last.half
    delivery, venue = found.session(slot), found.venue("", [slot])
    if isinstance(delivery, No):
        return delivery
    if isinstance(venue, No):
        return venue._replace(hint=_SAY_PLACE)
    return found.attendance(slot, delivery, venue, (last.presence, last.came, last.left))
