"""What a log means by its class and topic: said outright, told on the command line, or the only class that fits."""

from collections.abc import Iterable
from typing import Any

from boiduong_records.beats import Study
from boiduong_records.tables import CLASS
from boiduong_records.versions import contents
from boiduong_vocabulary.vietnamese import did_you_mean, fold
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import TrainingClass
from boiduong_exporter.faults import Code
from boiduong_exporter.gathering.world import classes
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.logs.catalogs import Catalogs
from boiduong_exporter.logs.record import Where

_SAY_CLASS = "nhập lại với --class MÃ_LỚP"
_SHOWN = 6
_STUDIED = ("có chuyên đề tự học này", "học chuyên đề này")
_HELD = ("mở bằng khóa học này", "mở bằng khóa học này")
"""What is said of a class that fits: of none, and of several."""


class Places:
    """The classes of the books. `chosen` is the class that the officer said the whole file is of, or empty."""

    def __init__(self, connection: Connection, catalogs: Catalogs, chosen: str) -> None:
        self._catalogs = catalogs
        self._chosen = chosen
        self._classes = classes(connection)
        self._programs = {row["code"]: row["program"] for row in contents(connection, CLASS)}
        self._spelled = {fold(code): code for code in self._classes}
        self._held: dict[Where, str | No] = {}

    def find(self, where: Where) -> Study | No:
        """Class, topic and edition."""
        topic, edition = self._topic(where)
        if not topic:
            hint = "nhập catalog.json của chương trình («boiduong import catalog»), hoặc xem lại tên gói bài"
            return No(Code.UNKNOWN_STUDY, f"chưa biết «{where.package}» là chuyên đề nào", hint)
        found = self._class(
            where, [each for each in self._classes.values() if _teaches(each, topic, edition)], _STUDIED
        )
        if isinstance(found, No):
            return found
        if topic not in found.topic_of:
            message = f"lớp «{found.code}» không có chuyên đề «{topic}»"
            return No(Code.UNKNOWN_STUDY, message, "thêm chuyên đề vào bảng «Chuyên đề» của lớp, rồi nhập lại")
        return found.code, topic, edition or found.topic_of[topic].edition

    def class_of(self, where: Where) -> str | No:
        """The class alone, where the log speaks of it as a whole; asked once for each place."""
        if where not in self._held:
            found = self._class(where, self._of_course(where.course, self._classes.values()), _HELD)
            self._held[where] = found if isinstance(found, No) else found.code
        return self._held[where]

    def _topic(self, where: Where) -> tuple[str, str]:
        if where.topic:
            return where.topic, where.edition
        topic, edition = self._catalogs.named(where.package)
        return topic, where.edition or edition

    def _class(self, where: Where, fitting: list[TrainingClass], said_of: tuple[str, str]) -> TrainingClass | No:
        if self._chosen and where.class_code and fold(where.class_code) != fold(self._chosen):
            message = f"dòng này là của lớp «{where.class_code}», không phải lớp «{self._chosen}» mà --class nêu"
            return No(Code.UNKNOWN_STUDY, message, "bỏ --class, hoặc sửa cho đúng lớp, rồi nhập lại")
        if said := where.class_code or self._chosen:
            code = self._spelled.get(fold(said))
            return self._classes[code] if code else self._unknown(said)
        if where.course and (of_course := self._of_course(where.course, fitting)):
            fitting = of_course
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            return No(Code.UNKNOWN_STUDY, f"không lớp nào {said_of[0]}{_named(where)}", _SAY_CLASS)
        codes = ", ".join(sorted(each.code for each in fitting)[:_SHOWN])
        return No(Code.UNKNOWN_STUDY, f"có {len(fitting)} lớp {said_of[1]}{_named(where)}: {codes}", _SAY_CLASS)

    def _of_course(self, course: str, among: Iterable[TrainingClass]) -> list[TrainingClass]:
        """The classes that are held as this course: its run is named after the class, or it is the programme's."""
        run = fold(course.rpartition("+")[2])
        programs = self._catalogs.programs(course)
        named = [each for each in among if run and fold(each.code) == run]
        return named or [each for each in among if self._programs[each.code] and self._is_of(each, programs)]

    def _is_of(self, found: TrainingClass, programs: set[str]) -> bool:
        program = self._programs[found.code]
        return program in programs or fold(program) in programs

    def _unknown(self, said: str) -> No:
        hint = did_you_mean(said, sorted(self._classes)) or "nhập danh sách lớp trước («boiduong import classes»)"
        return No(Code.UNKNOWN_STUDY, f"sổ không có lớp «{said}»", hint)


def _teaches(found: TrainingClass, topic: str, edition: str) -> bool:
    fixed = found.topic_of.get(topic)
    return bool(fixed and fixed.self_paced and (not edition or fixed.edition in ("", edition)))


def _named(where: Where) -> str:
    said: tuple[Any, ...] = (where.topic or where.package, where.course)
    return f" («{', '.join(each for each in said if each)}»)" if any(said) else ""
