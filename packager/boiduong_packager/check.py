"""The rules about a whole programme: each a function that yields Problems, and two lists of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from boiduong_vocabulary.catalog import Catalog, TopicEntry
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, show_date

from boiduong_packager.assumptions import assumptions
from boiduong_packager.documents import Register, citation_faults
from boiduong_packager.faults import Code, fault
from boiduong_packager.gather import Gathered
from boiduong_packager.model import Topic


@dataclass(frozen=True)
class Subject:
    """What is checked: a programme as read, the catalog of its last build, the register of documents, and the day."""

    gathered: Gathered
    previous: Catalog | None
    register: Register
    as_of: date

    def topics(self) -> Iterator[Topic]:
        """Those with errors too, as far as they could be read."""
        found = (reading.topic or reading.draft for reading in self.gathered.readings.values())
        return (topic for topic in found if topic)


def periods_are_like_reading(subject: Subject) -> Iterator[Problem]:
    factor, period = assumptions().periods.factor, assumptions().reading.period_minutes
    for topic in subject.topics():
        planned, reading = topic.periods * period, topic.reading_seconds / 60
        if reading * factor < planned or reading > planned * factor:
            message = f"{topic.periods} tiết là {planned} phút, nhưng đọc và làm bài ước tính {reading:.0f} phút"
            hint = "sửa số tiết, hoặc thêm bớt nội dung; cách ước tính: docs/problems.md, mã T01"
            yield fault(Code.PERIODS_UNLIKE_READING, Place(topic.path, 1), message, hint)


def ids_of_the_last_build_are_there(subject: Subject) -> Iterator[Problem]:
    """Learners' places and answers are kept by id: one that vanishes takes them along."""
    now = {topic.id: topic for topic in subject.topics()}
    unread = len(subject.gathered.files) > len(now)
    for entry in subject.previous.topics if subject.previous else ():
        topic = now.get(entry.id)
        if topic is not None:
            yield from _vanished_items(entry, topic)
        elif not unread and subject.gathered.head:
            place = Place(subject.gathered.head.path)
            keep = f"giữ dòng «mã: {entry.id}» ở khối đầu đề"
            yield _vanished(("chuyên đề", entry.id, entry.title), place, keep, did_you_mean(entry.id, now))


def _vanished_items(entry: TopicEntry, topic: Topic) -> Iterator[Problem]:
    place = Place(topic.path, 1)
    sections = {section.id for section in topic.sections}
    questions = {question.id for question in topic.questions}
    for what, items, ids in (("mục", entry.sections, sections), ("câu hỏi", entry.questions, questions)):
        for item in items:
            if item.id not in ids:
                keep = f"giữ mã cũ {{#{item.id}}}"
                yield _vanished((what, item.id, item.title), place, keep, did_you_mean(item.id, ids))


def _vanished(what: tuple[str, str, str], place: Place, keep: str, guess: str) -> Problem:
    kind, id_, title = what
    message = f"{kind} «{id_}» ({title}) của lần đóng gói trước không còn"
    hint = f"nếu chỉ sửa chữ thì {keep}, để không mất kết quả của người đang học. {guess}".rstrip()
    return fault(Code.VANISHED_ID, place, message, hint)


def citations_are_current(subject: Subject) -> Iterator[Problem]:
    for source in subject.gathered.sources.values():
        yield from citation_faults(subject.register, source, subject.as_of)


def reviews_are_not_overdue(subject: Subject) -> Iterator[Problem]:
    for topic in subject.topics():
        if topic.review_by < subject.as_of:
            message = f"đã quá hạn rà soát {show_date(topic.review_by)}"
            yield fault(Code.REVIEW_OVERDUE, Place(topic.path, 1), message, "rà soát nội dung, rồi ghi hạn mới")


Check = Callable[[Subject], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (periods_are_like_reading, ids_of_the_last_build_are_there)
"""Hold on any day; a build runs these."""

DATED_CHECKS: tuple[Check, ...] = (citations_are_current, reviews_are_not_overdue)
"""Depend on the day asked about: `boiduong check --as-of`."""


def run(checks: tuple[Check, ...], subject: Subject) -> list[Problem]:
    return [problem for check in checks for problem in check(subject)]
