"""What the stand-in LMS remembers of each package: one JSON file a package, so that a restart resumes too.

A launch is one opening of the package. scorm-again counts its commits from 1 in every launch; a commit of an earlier
launch, or with a number already seen, is refused, because a beacon may arrive late.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Condition
from typing import Any

from boiduong_packager.preview.archive import Launch

LEARNER_ID = "vi-du-001"
LEARNER_NAME = "Nguyễn Văn A (ví dụ)"
LATE_BEACON = 2.0
"""Seconds to wait for the last word of a launch that is just being left."""

Model = dict[str, Any]
"""The `cmi` tree as scorm-again writes it."""


@dataclass(frozen=True)
class Record:
    """`launch` counts openings, `sequence` the commits of this one, `commits` all of them; `saved_at` is local ISO
    time; `finished` says that the launch ended by Finish or Terminate."""

    launch: int = 0
    sequence: int = 0
    commits: int = 0
    saved_at: str = ""
    finished: bool = False
    cmi: Model = field(default_factory=dict)


class StateStore:
    """The records of all packages of a program, kept in `folder`. Safe to share between threads."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self._folder = folder
        self._now = now
        self._news = Condition()

    def record(self, standard: str, topic: str) -> Record:
        try:
            return Record(**json.loads(self._file(standard, topic).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):  # never opened, or written by another version
            return Record()

    def commit(self, standard: str, topic: str, launch: int, message: Model) -> bool:
        """Take in one commit; False when it is stale. `total_time` is cumulative: it replaces what was there."""
        sequence = int(message.get("commitSequence", 0))
        with self._news:
            old = self.record(standard, topic)
            if launch != old.launch or sequence <= old.sequence:
                return False
            finished = message.get("terminated") is True
            stamp = self._now().isoformat(timespec="seconds")
            self._write(standard, topic, Record(launch, sequence, old.commits + 1, stamp, finished, message["cmi"]))
            self._news.notify_all()
        return True

    def open_launch(
        self, standard: str, topic: str, after: tuple[int, int] = (0, 0), fresh: bool = False
    ) -> tuple[Record, Record]:
        """Begin the next launch: (the record left by the last one, the new one).

        `after` is (launch, sequence) of the last commit that the page knows to be on its way; it is waited for.
        `fresh` forgets all results.
        """
        with self._news:
            self._news.wait_for(lambda: self._has(standard, topic, after), LATE_BEACON)
            old = self.record(standard, topic)
            kept = Record() if fresh else old
            new = replace(kept, launch=old.launch + 1, sequence=0, finished=False)
            self._write(standard, topic, new)
        return kept, new

    def _has(self, standard: str, topic: str, after: tuple[int, int]) -> bool:
        record = self.record(standard, topic)
        return (record.launch, record.sequence) >= after

    def _file(self, standard: str, topic: str) -> Path:
        return self._folder / f"{standard}-{topic}.json"

    def _write(self, standard: str, topic: str, record: Record) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=self._folder, encoding="utf-8", delete=False) as file:
            json.dump(asdict(record), file, ensure_ascii=False, indent=1)
        Path(file.name).replace(self._file(standard, topic))


def launch_model(standard: str, record: Record, launch: Launch) -> Model:
    """The `cmi` tree that an LMS fills in before the package starts."""
    model = _launch_12 if standard == "scorm12" else _launch_2004
    return _without_blanks(model(record.cmi, launch))


def _launch_12(left: Model, launch: Launch) -> Model:
    core = dict(left.get("core", {}))
    suspended = core.pop("exit", "") == "suspend"
    core.pop("session_time", None)
    if core.get("lesson_status") == "not attempted":  # 405 when written
        del core["lesson_status"]
    entry = "ab-initio" if not left else "resume" if suspended else ""
    core |= {"student_id": LEARNER_ID, "student_name": LEARNER_NAME}
    core |= {"credit": "credit", "lesson_mode": "normal", "entry": entry}
    return {**left, "core": core, "student_data": {"mastery_score": launch.mastery}}


def _launch_2004(left: Model, launch: Launch) -> Model:
    """Values come back only after `cmi.exit=suspend`; any other way out ends the attempt."""
    suspended = left.get("exit") == "suspend"
    kept = {name: value for name, value in left.items() if name not in {"exit", "session_time"}} if suspended else {}
    return {
        **kept,
        "learner_id": LEARNER_ID,
        "learner_name": LEARNER_NAME,
        "credit": "credit",
        "mode": "normal",
        "entry": "resume" if suspended else "ab-initio",
        "scaled_passing_score": launch.scaled_pass,
        "completion_threshold": launch.progress,
    }


def _without_blanks(model: Model) -> Model:
    """Without empty texts and branches: loading them is an error in the runtime."""
    pruned = {name: _without_blanks(value) if isinstance(value, dict) else value for name, value in model.items()}
    return {name: value for name, value in pruned.items() if value not in ("", None, {}, [])}
