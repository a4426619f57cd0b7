"""Logs of study as the tests write them, and an office whose class has a topic to study alone."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from boiduong_exporter.imports.intake import Report
from boiduong_exporter.imports.logs.bring import LogArrival, bring_log
from boiduong_exporter.logs.reading import read_log
from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.sealing.seal import Sealer
from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.engines import open_engine
from boiduong_records.bodies import decode, live
from boiduong_records.decision import Decision
from boiduong_records.store import Books
from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.catalog import Catalog, ItemEntry, PackageEntry, TopicEntry, to_json
from boiduong_vocabulary.evidence import Evidence

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench
from tests.exporter.logs import made as logs

HANOI = timezone(timedelta(hours=7))
AT = int(datetime(2026, 3, 20, 8, tzinfo=HANOI).timestamp() * 1000)
"""When logs are brought here."""
TODAY = date(2026, 3, 20)
TOPIC, EDITION = "cd-1", "2026.1"
BEAT, PROGRESS, COMMIT = "boiduong.study.beat", "boiduong.study.progress", "boiduong.scorm.commit"


def ms(day: int, hour: int, minute: int = 0, second: int = 0) -> int:
    """A moment of March 2026, Hanoi time."""
    return int(datetime(2026, 3, day, hour, minute, second, tzinfo=HANOI).timestamp() * 1000)


def said(name: str, time_ms: int, **changed: Any) -> dict[str, Any]:
    common = {"learner": "00001", "class": "L01", "topic": TOPIC, "edition": EDITION, "launch": "mot"}
    return {"name": name, "time_ms": time_ms, **common, **changed}


def beat(time_ms: int, elapsed_ms: int = 30_000, **changed: Any) -> dict[str, Any]:
    return said(BEAT, time_ms, **{"sequence": 1, "opened_ms": 0, "elapsed_ms": elapsed_ms, "age_ms": 0, **changed})


def beats(from_ms: int, minutes: int, **changed: Any) -> list[dict[str, Any]]:
    """Study without a pause: a beat every 30 s."""
    first = from_ms + 30_000
    return [beat(at, **changed) for at in range(first, first + minutes * 60_000, 30_000)]


def openedx(time_ms: int, name: str, payload: dict[str, Any], username: str, course: str) -> dict[str, Any]:
    """A line as the platform's tracking log has it."""
    time = datetime.fromtimestamp(time_ms / 1000, UTC).isoformat()
    context = logs.context(name, course_id=course, org_id="truong")
    return {
        "name": name, "event_type": name, "event_source": "server", "username": username, "time": time,
        "context": context, "event": payload,
    }  # fmt: skip


def write_log(path: Path, records: Iterable[Any], tail: str = "") -> Path:
    text = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records) + tail
    path.write_bytes(gzip.compress(text.encode(), mtime=0) if path.suffix == ".gz" else text.encode())
    return path


def catalog(edition: str = EDITION, minimum_seconds: int = 600) -> bytes:
    sections = tuple(ItemEntry(f"m{number}", f"Mục {number}") for number in (1, 2, 3))
    package = PackageEntry("scorm12", f"scorm12/{TOPIC}.zip", "boiduong-cd-1", "0" * 64)
    topic = TopicEntry(
        TOPIC, "Dân vận khéo", "b", 4, "Cấp ủy viên", edition, "Trường Chính trị", "open", digest(edition.encode()),
        80, minimum_seconds, 1200, sections, (ItemEntry("q1", "Câu 1"),), (package,),
    )  # fmt: skip
    course = PackageEntry("olx", "olx/ct.tar.gz", "course-v1:truong+ct+2026", "0" * 64)
    found = Catalog(
        "ct", "Chương trình", "145", "Cấp ủy viên", edition, "Trường Chính trị", "", (), (topic,), (course,)
    )
    return to_json(found).encode()


def furnish_for_study(bench: Bench) -> None:
    """A class of one day in the hall (02/03/2026, 7:30-11:30 and 13:30-17:00) and a topic of four periods alone."""
    topics = [made.TOPIC, ("L01", TOPIC, None, EDITION, None, made.SELF)]
    bench.brought("organizations", made.organizations(made.TU, made.XA, made.XB))
    bench.brought("roster", made.roster(made.AN, made.BA))
    bench.brought("catalog", catalog())
    bench.brought("classes", made.classes(made.L01, sessions=made.SESSIONS, places=made.PLACES, topics=topics))


@dataclass
class Study:
    """An office with its books, its folder of day files, and an engine."""

    bench: Bench
    folder: Path

    @property
    def books(self) -> Books:
        return self.bench.books

    @property
    def archive(self) -> Archive:
        found = Archive(self.folder / "so.beats")
        found.claim("sổ của phép thử")
        return found

    @property
    def rules(self) -> Rules:
        return self.bench.rules

    def bring(self, records: Iterable[Any], name: str = "nhip.jsonl", tail: str = "", class_code: str = "") -> Report:
        path = write_log(self.folder / name, records, tail)
        return bring_log(self.books, self.archive, LogArrival(read_log(path), name, "Phép thử", AT, class_code))

    def seal(self, today: date = TODAY, engine: str = "duckdb") -> list[Any]:
        with open_engine(engine) as opened:
            return list(self._sealer(opened).seal(today))

    def discard(self, today: date) -> list[date]:
        with open_engine() as opened:
            return self._sealer(opened).discard(today)

    def _sealer(self, engine: Any) -> Sealer:
        by = Decision("niêm phong ngày học", "Phép thử (tự khai)", "", AT)
        return Sealer(self.books, self.archive, engine, self.rules.rulebook.readings, by)

    def evidence(self, kind: type[Evidence]) -> list[Any]:
        """What stands of one kind, in order of entry."""
        with self.books.reading() as connection:
            found = sorted(live(connection))
        decoded = [decode(name, body) for _, _, name, body in found]
        return [each for each in decoded if isinstance(each, kind)]
