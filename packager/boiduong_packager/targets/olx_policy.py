"""What a course says of itself: its dates, grading, pages about it, and a cover."""

import json
import re
import struct
import zlib
from datetime import date, datetime, time
from typing import Any

from lxml.builder import E

from boiduong_packager.model import Program, Session
from boiduong_packager.targets.olx_days import DAYS
from boiduong_packager.targets.olx_session import ATTENDANCE, VIETNAM, utc, when
from boiduong_packager.targets.olx_topic import ASSIGNMENT, STUDY_CLOCK, is_graded
from boiduong_packager.targets.olx_tree import CourseKey, Element, Tree, html_text

COVER = "bia.png"
_COVER_SIZE = (378, 225)
_COVER_COLOUR = bytes.fromhex("1a5fa8")
_SHORT = 150
"""Characters that Open edX shows of a short description."""


def add_policies(program: Program, key: CourseKey, tree: Tree, blocks: bool) -> None:
    """The course's settings, grading and about pages, and its cover."""
    folder = f"course/policies/{key.run}"
    tree.add(f"{folder}/policy.json", _json({f"course/{key.run}": _settings(program, blocks)}))
    tree.add(f"{folder}/grading_policy.json", _json(_grading(program)))
    tree.add("course/policies/assets.json", _json({}))
    tree.add("course/about/overview.html", html_text(_overview(program)).encode())
    tree.add("course/about/short_description.html", _short_description(program).encode())
    tree.add(f"course/static/{COVER}", _cover())


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _settings(program: Program, blocks: bool) -> dict[str, Any]:
    first, last = _open_days(program)
    settings = {
        "display_name": program.title,
        "language": "vi",
        "start": utc(datetime.combine(first, time(), VIETNAM)),
        "end": utc(datetime.combine(last, time(23, 59, 59), VIETNAM)),
        "course_image": COVER,
        "self_paced": False,
        "tabs": [
            {"type": "courseware", "name": "Nội dung"},
            {"type": "progress", "name": "Tiến độ"},
            {"type": "dates", "name": "Các mốc thời gian"},
        ],
    }
    return settings | ({"advanced_modules": [STUDY_CLOCK, ATTENDANCE, DAYS]} if blocks else {})


def _open_days(program: Program) -> tuple[date, date]:
    """The first day of the course's first year, and the day by which its last topic must be reviewed.

    A build has no clock, so these come from the source; whoever runs the course sets them as they please in Studio.
    """
    days = [session.date for session in program.sessions if session.date]
    reviews = [topic.review_by for topic in program.topics]
    named = re.findall(r"20\d\d", program.edition)
    first = min([*(day.year for day in days), *map(int, named)] or [day.year for day in reviews] or [2020])
    last = max([*days, *reviews, date(first, 12, 31)])
    return date(first, 1, 1), last


def _grading(program: Program) -> dict[str, Any]:
    """The questions of the topics make the whole grade, every topic alike."""
    count = sum(map(is_graded, program.topics))
    grader = {"type": ASSIGNMENT, "short_label": "CĐ", "min_count": max(count, 1), "drop_count": 0, "weight": 1.0}
    return {"GRADER": [grader], "GRADE_CUTOFFS": {"Pass": program.pass_mark / 100}}


def _overview(program: Program) -> Element:
    return E.section(
        {"class": "about"},
        E.h2(program.title),
        *([E.p(program.summary)] if program.summary else []),
        E.ul(E.li(f"Đối tượng: {program.audience}"), E.li(f"Cơ quan ban hành: {program.issuing_body}")),
        E.h2("Điều kiện hoàn thành"),
        E.p(program.terms),
        E.h2("Các buổi học"),
        E.ol(*(E.li(line) for line in _session_lines(program))),
    )


def _session_lines(program: Program) -> list[str]:
    return [
        "; ".join((session.title, session.delivery.label.lower(), f"{session.periods} tiết", *_appointment(session)))
        for session in program.sessions
    ]


def _appointment(session: Session) -> list[str]:
    return [] if session.date is None else [when(session), *([session.place] if session.place else [])]


def _short_description(program: Program) -> str:
    text = program.summary or program.audience
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rsplit(" ", 1)[0] + "…"


def _cover() -> bytes:
    """A plain PNG: Open edX asks every course for a picture, and draws a broken one where there is none."""
    width, height = _COVER_SIZE
    rows = (b"\0" + _COVER_COLOUR * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
