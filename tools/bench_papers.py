"""Measures the papers: `make bench` runs it after the logs. See tools/bench.py.

The sample province with 1,000 people and its 60 organizations: writing alone, and the installed command as a whole
process, from the books to the file, beside the command that prints one person's sum.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from boiduong_exporter.papers.review import write_review
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.periods import Period
from boiduong_exporter.reporting.province import province_report
from boiduong_exporter.rulebook.layout import read_layout
from boiduong_exporter.rulebook.read import read_rules
from boiduong_records.store import open_books

from tools.bench import Cost, Figure, run
from tools.demo.province import PROVINCE
from tools.demo.steps import Walk
from tools.demo.walking import demo

PEOPLE, DAY = 1_000, date(2026, 11, 20)


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        figures = list(measure(Path(scratch)))
    for figure in figures:
        print(figure, flush=True)
    return int(any(figure.value > figure.goal for figure in figures))


def measure(scratch: Path) -> Iterator[Figure]:
    walk = demo(scratch / "mau", DAY, PEOPLE, say=lambda _: None)
    where = ("--as-of", "20/11/2026", "--books", walk.books, "--rules", walk.desk.rules)
    one = run("explain", walk.desk.shown, *where)
    written = writing(walk, scratch / "so-ket.docx")
    yield Figure("DOCX review of 60 units, figures to file", written, 2, "s", ratio(written, one))
    for name, scope, ending, goal in (
        (f"DOCX review of 60 units, {PEOPLE:,} people, books to file", "review", "docx", 10),
        (f"{PEOPLE:,} slips as one PDF, books to file", "slips", "pdf", 20),
    ):
        cost = run("report", scope, PROVINCE, "--out", scratch / f"{scope}.{ending}", *where)
        yield Figure(name, cost.wall, goal, "s", f"{ratio(cost.wall, one)}, {cost.megabytes:.0f} MB")


def ratio(seconds: float, one: Cost) -> str:
    return f"{seconds / one.wall:.1f} x one person's sum on the screen"


def writing(walk: Walk, path: Path) -> float:
    """Seconds from the figures of the province to its review on the disk."""
    rules, _ = read_rules(walk.desk.rules)
    layout, _ = read_layout(walk.desk.rules)
    assert rules
    assert layout
    with open_books(walk.books) as books, books.reading() as connection:
        report = province_report(connection, rules, PROVINCE, Asked(Period(DAY), DAY))
    start = time.perf_counter()
    assert write_review(report, path, layout) is None
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
