"""Logs as servers write them: the school's own, a file a month, and one of Open edX."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from boiduong_vocabulary.vietnamese import slug

from tools.demo.cadres import Cadre
from tools.demo.study import Line

COURSE_KEY = "course-v1:TCT-LamHoa+145-2026+K5"
_CLOCK = "block-v1:TCT-LamHoa+145-2026+K5+type@boiduong_study_clock+block@dong-ho"
OPEN_EDX = "Open edX"
_LOCAL = timedelta(hours=7)
_TORN = 61
"""How many characters of the last line a server had written when its disk was copied."""


def account(cadre: Cadre) -> str:
    """The login of a cadre on Open edX."""
    given, *others = reversed(slug(cadre.name).split("-"))
    return f"{given}{''.join(word[0] for word in reversed(others))}{int(cadre.code[2:])}"


def write_own(folder: Path, lines: Iterable[Line]) -> list[Path]:
    """One file a month. The last one ends in the middle of a line, as a copy of a running server's file does."""
    months: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=_order):
        months[f"{_moment(line) + _LOCAL:%Y-%m}"].append(line)
    paths = []
    for month, found in sorted(months.items()):
        text = "".join(f"{_json(line)}\n" for line in found)
        if month == max(months):
            text += _json(found[-1])[:_TORN]
        paths.append(_write(folder / f"nhip-hoc-{month}.jsonl.gz", text))
    return paths


def write_tracking(path: Path, lines: Iterable[Line], accounts: Mapping[str, str]) -> Path:
    """The platform's tracking log: the same signs under its own envelope, between events of its own."""
    text = []
    for number, line in enumerate(sorted(lines, key=_order)):
        text.append(_json(_tracked(line, accounts)))
        if number % 25 == 0:
            text.append(_json(_visit(line, accounts)))
    return _write(path, "\n".join(text) + "\n")


def _order(line: Line) -> tuple[Any, ...]:
    return line["time_ms"], line["learner"], line["launch"], line.get("sequence", 1 << 30)


def _tracked(line: Line, accounts: Mapping[str, str]) -> Line:
    """The payload leaves out the class: the platform knows the course alone."""
    payload = {key: value for key, value in line.items() if key not in ("name", "time_ms", "class", "learner")}
    return {**_envelope(line, accounts), "event_type": line["name"], "name": line["name"], "event": payload}


def _visit(line: Line, accounts: Mapping[str, str]) -> Line:
    name = "edx.ui.lms.sequence.next_selected"
    return {**_envelope(line, accounts), "event_type": name, "name": name, "event": {"current_tab": 1, "tab_count": 4}}


def _envelope(line: Line, accounts: Mapping[str, str]) -> Line:
    learner = line["learner"]
    context = {
        "course_id": COURSE_KEY, "user_id": 1000 + sum(learner.encode()), "org_id": "TCT-LamHoa",
        "module": {"display_name": "Đồng hồ học tập", "usage_key": _CLOCK},
    }  # fmt: skip
    return {
        "username": accounts.get(learner, learner), "time": _moment(line).isoformat(timespec="microseconds"),
        "event_source": "server", "context": context,
    }  # fmt: skip


def _moment(line: Line) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=line["time_ms"])


def _json(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> Path:
    """The same text gives the same bytes: the archive holds no time."""
    path.write_bytes(gzip.compress(text.encode(), 6, mtime=0))
    return path
