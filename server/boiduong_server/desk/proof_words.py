"""A piece of evidence in words, fact by fact."""

from collections.abc import Iterator

from boiduong_exporter.credit.facts import World
from boiduong_exporter.credit.words import days, number
from boiduong_exporter.rulebook.kinds import Kinds
from boiduong_vocabulary.evidence import (
    Attendance,
    Completion,
    Designation,
    Evidence,
    Exemption,
    Recognition,
    Reported,
    Result,
    Ruling,
    StudyDay,
    StudyPart,
)
from boiduong_vocabulary.vietnamese import show_date

from boiduong_server.desk.words import exactly, minutes

Pairs = Iterator[tuple[str, str]]
_LABELS = {
    "attendance": "Điểm danh",
    "result": "Kết quả lớp",
    "completion": "Hoàn thành chuyên đề",
    "study_day": "Ngày tự học đã niêm phong",
    "reported": "Thời gian do gói bài tự báo",
    "recognition": "Công nhận lớp nơi khác",
    "exemption": "Miễn, giảm số ngày",
    "designation": "Xếp nhóm theo văn bản",
    "ruling": "Quyết định về lớp",
}


def label_of(kind: str) -> str:
    return _LABELS[kind]


def words_of(said: Evidence, world: World, kinds: Kinds) -> Pairs:
    """Label and text of each fact in the body."""
    match said:
        case Recognition():
            yield from _recognition(said, kinds)
        case Exemption() | Designation() | Ruling():
            yield from _by_document(said, world)
        case _:
            yield from _observed(said, world)


def _observed(said: Attendance | Result | Completion | StudyDay | Reported, world: World) -> Pairs:
    match said:
        case Attendance():
            yield from _attendance(said, world)
        case Result():
            yield from _result(said, world)
        case Completion():
            yield from _completion(said, world)
        case StudyDay():
            yield from _study_day(said, world)
        case Reported():
            yield "Chuyên đề", _topic(world, said.class_code, said.topic, said.edition)
            yield "Gói bài tự báo", f"{minutes(said.ms)}, đến {show_date(said.date)} ({said.system})"


def _by_document(said: Exemption | Designation | Ruling, world: World) -> Pairs:
    match said:
        case Exemption():
            yield "Miễn", days(said.days) if said.days is not None else "toàn bộ số ngày của nhiệm kỳ"
            yield "Nhiệm kỳ có ngày", show_date(said.date)
        case Designation():
            yield "Nhóm", said.group
            yield "Thời gian", _span(show_date(said.starts), show_date(said.ends) if said.ends else "nay")
        case Ruling():
            yield "Lớp", _class(world, said.class_code)
    yield from _decided(said.document, said.reason)


def _attendance(said: Attendance, world: World) -> Pairs:
    yield "Lớp", _class(world, said.class_code)
    yield "Buổi", f"{said.half.label} {show_date(said.date)}"
    yield "Hình thức", said.delivery.label
    yield "Có mặt", said.presence.label
    if said.place:
        yield "Điểm học", said.place
    for label, at in (("Điểm danh vào", said.check_in), ("Điểm danh ra", said.check_out)):
        if at is not None:
            yield label, f"{at // 60}:{at % 60:02}"


def _result(said: Result, world: World) -> Pairs:
    yield "Lớp", _class(world, said.class_code)
    yield "Ngày", show_date(said.date)
    if said.score is not None:
        yield "Điểm", f"{number(said.score)}/10"
    if said.essay_passed is not None:
        yield "Bài thu hoạch", "đạt" if said.essay_passed else "chưa đạt"
    if said.assessor:
        yield "Người chấm", said.assessor


def _completion(said: Completion, world: World) -> Pairs:
    yield "Chuyên đề", _topic(world, said.class_code, said.topic, said.edition)
    yield "Ngày", show_date(said.date)
    yield "Số mục đã xem", f"{said.sections_done} trên {said.sections}"
    if said.score is not None:
        yield "Điểm cao nhất", f"{said.score}% (cần {said.pass_mark}%)"
    yield "Thời gian tối thiểu", minutes(said.minimum_seconds * 1000)


def _study_day(said: StudyDay, world: World) -> Pairs:
    yield "Ngày", show_date(said.date)
    for part in said.parts:
        yield _topic(world, part.class_code, part.topic, part.edition), _part(part)
    if not said.parts:
        yield "Thời gian học", "không còn (đã thay bằng mục khác, hoặc trùng giờ lên lớp)"


def _part(part: StudyPart) -> str:
    claimed = f", trong đó {exactly(part.offline_ms)} tự báo khi mất mạng" if part.offline_ms else ""
    return f"{part.half.label}: {exactly(part.ms)}{claimed}"


def _recognition(said: Recognition, kinds: Kinds) -> Pairs:
    yield "Lớp nơi khác", said.title
    yield "Loại lớp", kinds.classes.labels.get(said.kind, said.kind)
    yield "Hình thức", said.delivery.label
    yield "Thời gian", _span(show_date(said.starts), show_date(said.ends))
    yield "Được công nhận", days(said.days)
    yield from _decided(said.document, said.reason)


def _decided(document: str, reason: str) -> Pairs:
    yield "Văn bản", document
    yield "Lý do", reason


def _span(starts: str, ends: str) -> str:
    return f"{starts} – {ends}"


def _class(world: World, code: str) -> str:
    found = world.classes.get(code)
    return f"{found.name} ({code})" if found and found.name else code


def _topic(world: World, class_code: str, topic: str, edition: str) -> str:
    found = world.classes.get(class_code)
    known = found.topic_of.get(topic) if found else None
    return f"{known.title if known and known.title else topic}, bản {edition}, lớp {class_code}"
