"""What the block of days shows a learner: the books' figures in the server's own words, and what the course alone
knows, as lines that the page draws (assets/days.js). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from boiduong_xblocks.moments import local
from boiduong_xblocks.owed.kept import Kept
from boiduong_xblocks.words import marked

_MINUTE_MS = 60_000
_HALVES = {"morning": marked("sáng {date}"), "afternoon": marked("chiều {date}"), "evening": marked("tối {date}")}
_FIGURES = (
    ("required", marked("Tối thiểu")),
    ("credited", marked("Được tính")),
    ("waiting", marked("Chờ quyết định")),
)

NOT_CONNECTED = marked(
    "Khóa học này chưa nối với sổ theo dõi bồi dưỡng, nên chỉ nêu được những gì khóa học tự ghi ở dưới đây."
)
UNKNOWN = marked("Tài khoản này chưa có trong sổ theo dõi bồi dưỡng: báo cán bộ quản lý lớp để khai tài khoản.")
CURRENT = marked("Số liệu lúc {moment}.")
OLD = marked("Máy chủ sổ theo dõi bồi dưỡng chưa trả lời; số liệu cũ lúc {moment}.")
SILENT = marked("Máy chủ sổ theo dõi bồi dưỡng chưa trả lời; mở lại trang này sau ít phút.")
ASKING = marked("Đang hỏi sổ theo dõi bồi dưỡng…")
UNASKED = marked("Chưa hỏi được sổ theo dõi bồi dưỡng; kiểm tra kết nối mạng rồi tải lại trang.")
NOTHING_YET = marked("Khóa học chưa ghi phút học hay buổi đã dự nào của tài khoản này.")


class Say(Protocol):
    """A text in the language of the page, with its values (base.Block.say)."""

    def __call__(self, text: str, **values: object) -> str: ...


@dataclass(frozen=True)
class Course:
    """What one course knows of a person: milliseconds by topic id, the sessions attended as (ISO date, half), and the
    titles of topics, where the course gives them."""

    studied_ms: Mapping[str, int]
    sessions: Sequence[tuple[str, str]]
    titles: Mapping[str, str]


def shown(kept: Kept, course: Course, say: Say, is_connected: bool) -> dict[str, Any]:
    """`result` and `notes` are the server's own sentences and so Vietnamese; `figures` and `course` pairs of a name and
    what it is; `state` says of when the figures are, or why there are none; `nothing`, where the course has none."""
    said = kept.said if is_connected else None
    known = _known(course, say)
    return {
        "result": said["text"] if said else "",
        "figures": _figures(said, say) if said else [],
        "notes": [said["notice"]] if said and said["notice"] else [],
        "provisional": _provisional(said["provisional_minutes"], say) if said else "",
        "state": _state(kept, say) if is_connected else say(NOT_CONNECTED),
        "course": known,
        "nothing": "" if known else say(NOTHING_YET),
    }


def _state(kept: Kept, say: Say) -> str:
    if kept.unknown:
        return say(UNKNOWN)
    if kept.said is not None:
        return say(OLD if kept.failed_ms else CURRENT, moment=_moment(kept.at_ms, say))
    return say(SILENT if kept.failed_ms else ASKING)


def _figures(said: Mapping[str, Any], say: Say) -> list[tuple[str, str]]:
    rows = [(say(name), _days(said[key], say)) for key, name in _FIGURES if _is_worth_a_line(key, said[key])]
    if said["shortfall"]:
        rows.append((say(marked("Còn thiếu")), _shortfall(said, say)))
    return [*rows, (say(marked("Tình trạng")), said["standing_text"])]


def _is_worth_a_line(key: str, figure: Mapping[str, str] | None) -> bool:
    return figure is not None and (key != "waiting" or figure["text"] != "0")


def _days(figure: Mapping[str, str], say: Say) -> str:
    return say(marked("{number} ngày"), number=figure["text"])


def _shortfall(said: Mapping[str, Any], say: Say) -> str:
    days = _days(said["shortfall"], say)
    if not said["until"] or said["shortfall"]["text"] == "0":
        return days
    return say(marked("{days}, đến hết ngày {date}"), days=days, date=_date(said["until"]))


def _provisional(minutes: int, say: Say) -> str:
    if not minutes:
        return ""
    return say(marked("Ngoài ra có {time} học tạm tính, chưa niêm phong."), time=_time(minutes, say))


def _known(course: Course, say: Say) -> list[tuple[str, str]]:
    rows = [
        (str(course.titles.get(topic, topic)), _time(ms // _MINUTE_MS, say))
        for topic, ms in course.studied_ms.items()
        if ms
    ]
    if course.sessions:
        halves = [say(_HALVES[half], date=_date(day)) for day, half in course.sessions]
        rows.append((say(marked("Đã dự {count} buổi"), count=len(halves)), "; ".join(halves)))
    return rows


def _time(minutes: int, say: Say) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say(marked("{minutes} phút"), minutes=rest)
    return say(marked("{hours} giờ {minutes} phút"), hours=hours, minutes=rest)


def _moment(ms: int, say: Say) -> str:
    there = local(ms)
    return say(
        marked("{hour} giờ {minute} ngày {date}"), hour=there.hour, minute=f"{there:%M}", date=f"{there:%d/%m/%Y}"
    )


def _date(said: str) -> str:
    return f"{date.fromisoformat(said):%d/%m/%Y}"
