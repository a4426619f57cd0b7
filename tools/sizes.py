"""How much room a province takes: `python -m tools.sizes 5000` (cadres). The sizes in docs/operations.md are from it.

A year of each cadre is laid down: twenty half days attended and read by telephone, twenty days of 45 minutes of study
(ninety beats) in ten topics. Told are the bytes of each part, then what a backup of all that takes in time and room,
and its restore.
"""

import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.spans import DAY_MS, SPANS
from boiduong_records.beats import DayFile, day_changes, enter_days
from boiduong_records.entry import Draft
from boiduong_records.ledger import append, append_act, origin
from boiduong_records.registers import seal_registers
from boiduong_records.store import open_books
from boiduong_records.tables import CADRE
from boiduong_server.backups.places import Places
from boiduong_server.backups.restoring import planned, restore
from boiduong_server.backups.writing import write_backup
from boiduong_server.store import open_store
from boiduong_server.tables import ATTEMPT, PACKAGE, SCAN, SCO, SITTING, USER
from boiduong_vocabulary.evidence import Half, StudyDay, StudyPart
from sqlalchemy import Table, insert, select

from tools.bench_books import AT_MS, BY, PIECES, province, slot

DAYS, BEATS, TOPICS = 20, 90, 10
FIRST = date(2026, 3, 2)
CMI = '{"cmi":{"suspend_data":"' + "x" * 1_000 + '"}}'


def main(words: list[str]) -> int:
    many = int(words[0]) if words else 5_000
    with tempfile.TemporaryDirectory() as scratch:
        places = Places(str(Path(scratch) / "so.sqlite"), Path(scratch) / "so.beats", Path(scratch) / "goi-bai")
        grown = [(f"books: registers and {PIECES} half days", laid_books(places, many))]
        grown += [(f"books: {DAYS} study days", laid_days(places, many)), ("beats", size(places.beats))]
        grown += [("server's tables: account, attempts, scans", laid_tables(places, many))]
        for what, count in grown:
            print(f"{what:48} {count / 1e6:9.1f} MB {count / many:9.0f} bytes a cadre")
        timed(places, Path(scratch))
    return 0


def laid_books(places: Places, many: int) -> int:
    with open_books(places.books, create=True) as books:
        province(books, many)
        with books.writing() as connection:
            seal_registers(connection, 1, BY)
    return size(places.books_file)


def laid_days(places: Places, many: int) -> int:
    before, archive = size(places.books_file), Archive(places.beats)
    with open_books(places.books) as books:
        with books.writing() as connection:
            subjects = list(connection.execute(select(CADRE.c.subject)).scalars())
            archive.claim(origin(connection, "beats"))
            files = {}
            for number in range(DAYS):
                day = FIRST + timedelta(days=7 * number)
                spans = studied(day, many)
                files[day] = DayFile(archive.write(day, spans), spans.num_rows)
            seq = append_act(connection, "import", "", {"kind": "đo"}, BY)
            enter_days(connection, day_changes(connection, files), seq)
            seal_registers(connection, seq, BY)
        for day, file in files.items():
            part = StudyPart("L", f"chuyen-de-{day.day % TOPICS}", "2026.1", Half.EVENING, 45 * 60_000)
            drafts = [
                Draft("study_day", who, f"đo|{who}|{day}", StudyDay(day, (part,), file.digest), "đo")
                for who in subjects
            ]
            with books.writing() as connection:
                append(connection, drafts, AT_MS)
    return size(places.books_file) - before


def studied(day: date, many: int) -> pa.Table:
    """Forty-five minutes of everybody, begun within two hours."""
    midnight = (day - date(1970, 1, 1)).days * DAY_MS - 7 * 3_600_000
    chance = np.random.default_rng(day.toordinal())
    begun = midnight + 19 * 3_600_000 + chance.integers(0, 7_200_000, many)
    start = (begun[:, None] + np.arange(BEATS) * 30_000 + chance.integers(0, 400, (many, BEATS))).ravel()
    columns = {
        "learner": np.repeat(np.arange(1, many + 1), BEATS),
        "study": np.repeat(np.arange(many) % TOPICS + 1, BEATS),
        "launch": np.repeat(chance.integers(1, 2**62, many), BEATS),
        "start_ms": start,
        "end_ms": start + 29_600,
        "offline": np.zeros(many * BEATS, np.int8),
    }
    return pa.table({name: columns[name] for name in SPANS.names}).cast(SPANS)


def laid_tables(places: Places, many: int) -> int:
    store = open_store(places.store_file)
    rows: list[tuple[Table, list[dict[str, object]]]] = [
        (PACKAGE, [{"id": 1, "key": "0" * 32, "digest": "0", "standard": "scorm12", "structure": "{}", "added_ms": 0}]),
        (SITTING, [sitting(number) for number in range(PIECES)]),
    ]
    rows += [
        (table, [row(table, cadre, number) for cadre in range(many) for number in range(times)])
        for table, times in ((USER, 1), (ATTEMPT, TOPICS), (SCO, TOPICS), (SCAN, PIECES))
    ]
    for table, found in rows:
        store.write(lambda connection, table=table, found=found: connection.execute(insert(table), found) and None)
    store.close()
    return size(places.store_file)


def sitting(number: int) -> dict[str, object]:
    day, half = slot(number)
    return {
        "id": number + 1, "public": f"{number:05}", "class_code": "L", "date": day, "half": half, "place": "",
        "key": b"0" * 32, "from_ms": AT_MS, "to_ms": AT_MS, "prepared_ms": AT_MS,
    }  # fmt: skip


def row(table: Table, cadre: int, number: int) -> dict[str, object]:
    of = cadre * TOPICS + number + 1
    rows: dict[str, dict[str, object]] = {
        USER.name: {
            "cadre": cadre, "code": f"{cadre:06}", "name": "Nguyễn Thị Hương", "password": "x" * 97,
            "created_ms": AT_MS,
        },
        ATTEMPT.name: {
            "id": of, "cadre": cadre, "class_code": "L", "topic": f"chuyen-de-{number}", "edition": "2026.1",
            "package": 1, "organization": "to-chuc", "begun_ms": AT_MS, "changed_ms": AT_MS,
        },
        SCO.name: {
            "attempt": of, "item": "bai", "cmi": CMI, "launch": 1, "sequence": 1, "status": "completed", "total_ms": 1,
            "session_ms": 1, "changed_ms": AT_MS,
        },
        SCAN.name: {
            "sitting": number + 1, "cadre": cadre, "user": cadre, "at_ms": AT_MS, "received_ms": AT_MS,
            "nonce": f"{cadre:016}{number:016}", "device": "d" * 22, "typed": False, "claimed_offline": False,
        },
    }  # fmt: skip
    return rows[table.name]


def timed(places: Places, scratch: Path) -> None:
    begun = time.perf_counter()
    written = write_backup(places, scratch / "b.zip", AT_MS)
    taken, whole = time.perf_counter() - begun, written.manifest.sizes
    print(f"backup: {taken:.1f} s, {written.size / 1e6:.1f} MB of {whole / 1e6:.1f} MB")
    begun = time.perf_counter()
    new = scratch / "moi"
    with planned(scratch / "b.zip", Places(str(new / "so.sqlite"), new / "so.beats", new / "goi")) as plan:
        restore(plan, AT_MS)
    print(f"restore on a new machine, ledger verified: {time.perf_counter() - begun:.1f} s")


def size(path: Path) -> int:
    return (
        path.stat().st_size
        if path.is_file()
        else sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
