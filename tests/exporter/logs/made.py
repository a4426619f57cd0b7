"""Logs in the shapes that the platforms write, of people who do not exist."""

import gzip
import json
from pathlib import Path
from typing import Any

from boiduong_exporter.logs.portion import Portion
from boiduong_exporter.logs.reading import read_log
from boiduong_exporter.logs.record import Record, Refused, Skipped

AT = 1_795_568_523_123
"""2026-11-25 01:02:03.123 UTC."""
ISO = "2026-11-25T01:02:03.123456+00:00"
OPENED = AT - 600_000
COURSE = "course-v1:TU+CD01+2026"


def beat(**changed: Any) -> dict[str, Any]:
    """A line of our own; a field changed to None is left out."""
    line = {
        "name": "boiduong.study.beat", "time_ms": AT, "learner": "an.nv", "class": "L01", "topic": "che-do",
        "edition": "2026.1", "launch": "7f3a", "sequence": 4, "opened_ms": OPENED, "elapsed_ms": 30_000, "age_ms": 0,
    }  # fmt: skip
    return {key: value for key, value in {**line, **changed}.items() if value is not None}


def progress(**changed: Any) -> dict[str, Any]:
    kept = {key: beat()[key] for key in ("time_ms", "learner", "class", "topic", "edition", "launch")}
    return {"name": "boiduong.study.progress", **kept, "sections_done": 3, "score": None, **changed}


def commit(**changed: Any) -> dict[str, Any]:
    kept = {key: beat()[key] for key in ("time_ms", "learner", "class", "topic", "edition", "launch", "sequence")}
    said = {"status": "completed", "score": 90, "reported_ms": 2_700_000}
    return {"name": "boiduong.scorm.commit", **kept, **said, **changed}


def payload(sign: dict[str, Any]) -> dict[str, Any]:
    """What a block publishes of a sign; the platform adds the rest."""
    return {key: value for key, value in sign.items() if key not in ("name", "time_ms", "learner", "class")}


def event(name: str, said: Any, **changed: Any) -> dict[str, Any]:
    """A line of a tracking log, its common fields in the platform's order."""
    return {
        "name": name, "context": context(name),
        "username": "an.nv", "session": "056aca2a1c6b76742b283e73d3424453", "ip": "172.19.0.1", "agent": "Mozilla/5.0",
        "host": "hoc.example", "referer": "", "accept_language": "vi", "event": said, "time": ISO, "event_type": name,
        "event_source": "server", "page": "x_module" if name.startswith("boiduong.") else None, **changed,
    }  # fmt: skip


def context(name: str, **changed: Any) -> dict[str, Any]:
    """That of an event of this name; ours are published by a block."""
    kind = "boiduong_attendance" if ".attendance." in name else "boiduong_study_clock"
    key = f"block-v1:TU+CD01+2026+type@{kind}+block@1"
    module = {"module": {"display_name": "", "usage_key": key}} if name.startswith("boiduong.") else {}
    path = f"/courses/{COURSE}/xblock/{key}/handler/beat"
    return {"course_id": COURSE, "user_id": 7, "path": path, "org_id": "TU", **module, **changed}


def grade(percent: Any = 0.85, user: str = "7", **changed: Any) -> dict[str, Any]:
    said = {
        "user_id": user, "course_id": COURSE, "course_version": "64e6", "percent_grade": percent, "letter_grade": "",
        "course_edited_timestamp": "2026-08-23 18:14:00.070241+00:00", "grading_policy_hash": "ChVp0=",
    }  # fmt: skip
    return event("edx.grades.course.grade_calculated", said, **changed)


def score(earned: Any = 8.5, possible: Any = 10, topic: str = "che-do", **changed: Any) -> dict[str, Any]:
    said = {
        "user_id": "7", "course_id": COURSE, "weighted_graded_earned": earned, "weighted_graded_possible": possible,
        "block_id": f"block-v1:TU+CD01+2026+type@sequential+block@sequential_{topic}",
    }  # fmt: skip
    return event("edx.grades.subsection.grade_calculated", said, **changed)


def attended(**changed: Any) -> dict[str, Any]:
    """What the attendance block says of one person on a closed sheet: from 8:01 to 11:15."""
    return {
        "class": "", "session": "buoi-1", "date": "2026-11-25", "half": "morning", "learner": "ba.tt",
        "presence": "present", "came_ms": 1_795_568_515_000, "left_ms": 1_795_580_159_999, "how": "code", "reason": "",
        "sheet": 1, **changed,
    }  # fmt: skip


def statement(verb: str = "http://adlnet.gov/expapi/verbs/completed", **changed: Any) -> dict[str, Any]:
    said = {
        "id": "0a941f5e-31ad-4c17-b802-76d6b1689fb1",
        "actor": {"objectType": "Agent", "account": {"homePage": "https://hoc.example", "name": "an.nv"}},
        "verb": {"id": verb, "display": {"en": verb.rpartition("/")[2]}},
        "object": {"objectType": "Activity", "id": "https://hoc.example/goi/che-do"},
        "timestamp": "2026-11-25T01:02:03.123Z", "stored": "2026-11-25T01:02:04.000Z",
    }  # fmt: skip
    return {key: value for key, value in {**said, **changed}.items() if value is not None}


def text(*lines: Any) -> bytes:
    """Lines of JSON; a str or bytes is a line as it stands."""
    return b"".join(_raw(line) + b"\n" for line in lines)


def _raw(line: Any) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def read(folder: Path, data: bytes) -> list[Record]:
    path = folder / "nhat-ky"
    path.write_bytes(data)
    return list(read_log(path))


def portion(folder: Path, data: bytes) -> Portion:
    path = folder / "nhat-ky"
    path.write_bytes(data)
    return read_log(path).portion()


def told(records: list[Record]) -> list[str]:
    """Each record in a word: the code of a refusal, or its kind, with its line."""
    return [f"{record.line}:{_word(record)}" for record in records]


def _word(record: Record) -> str:
    return str(record.code) if isinstance(record, Refused) else type(record).__name__


def only(records: list[Record]) -> Record:
    """The one record that is neither skipped nor refused."""
    (found,) = [record for record in records if not isinstance(record, Skipped | Refused)]
    return found
