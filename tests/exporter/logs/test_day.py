"""A day of a platform's log, with everything that goes on there."""

from collections import Counter
from pathlib import Path

from boiduong_exporter.logs.attendance import SCANNED
from boiduong_exporter.logs.named import OTHER
from boiduong_exporter.logs.openedx_grades import NO_TOPIC
from boiduong_exporter.logs.record import Skipped
from boiduong_exporter.logs.signs import OPENING

from tests.exporter.logs.day import AN, evening, morning
from tests.exporter.logs.made import read, text


def test_of_a_days_log_just_our_events_are_taken(tmp_path: Path) -> None:
    records = read(tmp_path, text(*morning(), *evening()))
    assert Counter(type(each).__name__ for each in records) == {"Beat": 40, "Attended": 6, "Skipped": 15, "Progress": 2}
    reasons = Counter(each.reason for each in records if isinstance(each, Skipped))
    assert reasons == {OTHER: 10, SCANNED: 3, OPENING: 1, NO_TOPIC: 1}
    assert {each.learner for each in records if not isinstance(each, Skipped)} >= {AN[0]}  # type: ignore[union-attr]
