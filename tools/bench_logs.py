"""Measures how fast a log comes into the books: `make bench` runs it after the books. See tools/bench.py.

A tracking log of a platform as it is really written: of ten lines six are signs of our study clock, the others events
that are none of ours; long lines, many learners, in the order of time. What is timed is the installed command as a
whole process: reading, finding people and topics, the day files, the receipts, the books.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.catalog import Catalog, ItemEntry, TopicEntry, to_json

from tools.bench import Figure, run
from tools.bench_books import ROSTER_HEAD, roster_row, workbook

EVENTS, LEARNERS, TOPICS = 1_000_000, 5_000, 40
SEED = 145
FIRST_MS = 1_790_000_000_000
AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
COURSE = "course-v1:truong+ct+L01"


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        figures = list(measure(Path(scratch)))
    for figure in figures:
        print(figure, flush=True)
    return int(any(figure.value > figure.goal for figure in figures))


def measure(scratch: Path) -> Iterator[Figure]:
    """Microseconds an event, so that less is better; beside the standard library's bare reading of the same lines."""
    log = write_log(scratch / "tracking.log")
    bare = bare_reading(log)
    books = furnished(scratch)
    for name in ("first", "again"):
        cost = run("import", "log", log, *books)
        speed = f"{EVENTS / cost.wall:,.0f} events a second, {cost.wall / bare:.1f} x bare json.loads"
        note = f"{speed}, {cost.megabytes:.0f} MB"
        yield Figure(f"ingest of {EVENTS:,} events, {name}", cost.wall, EVENTS / 200_000, "s", note)
    cost = run("seal", *books)
    yield Figure("seal of the days of that log", cost.wall, 60, "s", f"{cost.megabytes:.0f} MB")


def bare_reading(log: Path) -> float:
    start = time.perf_counter()
    with log.open("rb") as lines:
        for line in lines:
            json.loads(line)
    return time.perf_counter() - start


def write_log(path: Path) -> Path:
    """Ten days; each learner reads a topic in sessions of some minutes, a sign every 30 s."""
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    step = 10 * 86_400_000 // EVENTS
    with path.open("w", encoding="utf-8") as file:
        for number in range(EVENTS):
            learner, at_ms = chance.randrange(LEARNERS), FIRST_MS + number * step
            ours = number % 10 < 6
            event = (
                sign(learner, at_ms)
                if ours
                else {"problem": "block-v1:truong+ct+type@problem+block@q1", "n": "x" * 180}
            )
            name = "boiduong.study.beat" if ours else "edx.ui.lms.link_clicked"
            file.write(json.dumps(envelope(name, learner, at_ms, event)) + "\n")
    return path


def sign(learner: int, at_ms: int) -> dict[str, object]:
    return {
        "topic": f"cd-{learner % TOPICS}", "edition": "2026.1", "launch": f"{learner}-{at_ms // 86_400_000}",
        "sequence": 7, "opened_ms": at_ms - 600_000, "elapsed_ms": 30_000, "age_ms": 0,
    }  # fmt: skip


def envelope(name: str, learner: int, at_ms: int, event: dict[str, object]) -> dict[str, object]:
    moment = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat()
    context = {
        "course_id": COURSE, "course_user_tags": {}, "user_id": learner, "org_id": "truong",
        "path": f"/courses/{COURSE}/xblock/block-v1:truong+ct+type@boiduong_study_clock+block@dong-ho/handler/sign",
        "module": {"display_name": "Đồng hồ học", "usage_key": "block-v1:truong+ct+type@boiduong_study_clock+block@d"},
    }  # fmt: skip
    return {
        "name": name, "context": context, "username": f"{learner:06}", "session": "", "ip": "10.0.0.1", "agent": AGENT,
        "host": "hoc.tinh.example", "referer": "", "accept_language": "vi", "event": event, "time": moment,
        "event_type": name, "event_source": "server", "page": None,
    }  # fmt: skip


def furnished(scratch: Path) -> tuple[object, ...]:
    """Books with the learners, one class and its topics; the options that name them."""
    books = ("--books", scratch / "so.sqlite")
    units = [("Mã tổ chức", "Tên tổ chức", "Loại tổ chức", "Cấp"), ("TU", "Tỉnh ủy", "Cấp ủy", "Tỉnh")]
    run("import", "organizations", workbook(scratch / "to-chuc.xlsx", units), *books)
    rows = [ROSTER_HEAD, *(roster_row(number) for number in range(LEARNERS))]
    run("import", "roster", workbook(scratch / "can-bo.xlsx", rows), *books)
    topics = tuple(topic(number) for number in range(TOPICS))
    catalog = Catalog("ct", "Chương trình", "145", "Nhóm 3", "2026.1", "Trường", "", (), topics, ())
    (scratch / "catalog.json").write_text(to_json(catalog), "utf-8")
    run("import", "catalog", scratch / "catalog.json", *books)
    run("import", "classes", classes(scratch / "lop.xlsx"), *books)
    return books


def topic(number: int) -> TopicEntry:
    return TopicEntry(
        f"cd-{number}", f"Chuyên đề {number}", "b", 1, "Nhóm 3", "2026.1", "Trường", "open",
        digest(str(number).encode()), 70, 600, 900, (ItemEntry("m1", "Mục 1"),), (), (),
    )  # fmt: skip


def classes(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        lop, topics = book.add_worksheet("Lớp"), book.add_worksheet("Chuyên đề")
        lop.write_row(0, 0, ("Mã lớp", "Tên lớp", "Loại lớp", "Đối tượng", "Số ngày"))
        lop.write_row(1, 0, ("L01", "Lớp 1", "Cập nhật kiến thức, kỹ năng", "Nhóm 3", 6))
        topics.write_row(0, 0, ("Mã lớp", "Mã chuyên đề", "Hình thức"))
        for number in range(TOPICS):
            topics.write_row(number + 1, 0, ("L01", f"cd-{number}", "Tự học trên hệ thống"))
    return path


if __name__ == "__main__":
    sys.exit(main())
