"""Vietnamese for what a package reports: statuses, scores, times."""

import re
from typing import Any

STATUSES = {
    "not attempted": "Chưa học",
    "incomplete": "Đang học",
    "completed": "Hoàn thành",
    "passed": "Đạt",
    "failed": "Chưa đạt",
    "browsed": "Đã xem qua",
    "unknown": "Chưa rõ",
}
_CLOCK = re.compile(r"(\d+):(\d+):(\d+)(?:\.\d+)?")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")


def summary(standard: str, cmi: dict[str, Any]) -> str:
    """One line on a saved attempt: "Đang học · 80 điểm · 3 phút 12 giây"; empty before anything was saved."""
    core = cmi.get("core", {}) if standard == "scorm12" else cmi
    status = core.get("lesson_status") if standard == "scorm12" else _status_2004(cmi)
    score = str(core.get("score", {}).get("raw", ""))
    points = f"{score.replace('.', ',')} điểm" if score else ""
    total = seconds(str(core.get("total_time", "")))
    parts = (STATUSES.get(str(status), ""), points, spoken(total) if total else "")
    return " · ".join(filter(None, parts))


def seconds(text: str) -> int:
    """Whole seconds of a time as either standard writes it (`00:03:12.00`, `PT3M12S`); 0 for anything else."""
    if clock := _CLOCK.fullmatch(text):
        days, parts = 0, clock.groups()
    elif duration := _DURATION.fullmatch(text):
        days, parts = int(duration[1] or 0), duration.groups()[1:]
    else:
        return 0
    hours, minutes, rest = (int(part or 0) for part in parts)
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def spoken(length: int) -> str:
    """`length` seconds as people say it: "1 giờ 2 phút 3 giây"."""
    hours, minutes, rest = length // 3600, length // 60 % 60, length % 60
    parts = [f"{number} {unit}" for number, unit in ((hours, "giờ"), (minutes, "phút"), (rest, "giây")) if number]
    return " ".join(parts) or "0 giây"


def _status_2004(cmi: dict[str, Any]) -> str:
    success, completion = str(cmi.get("success_status", "")), str(cmi.get("completion_status", ""))
    return success if completion == "completed" and success in {"passed", "failed"} else completion
