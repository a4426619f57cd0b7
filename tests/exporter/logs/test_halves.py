"""A large log is read by two processes, and nobody can tell."""

from multiprocessing import active_children
from pathlib import Path

import pytest
from boiduong_exporter.logs.halves import read_portion
from boiduong_exporter.logs.portion import Portion
from boiduong_exporter.logs.reading import Log, Stretch, read_log
from boiduong_exporter.study.errors import StudyError

from tests.exporter.logs.made import beat, event, grade, payload, text

LINES = text(
    *(event("boiduong.study.beat", payload(beat(launch=str(number % 7)))) for number in range(99)),
    grade(username=""),
    "{broken",
)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    path = tmp_path / "nhat-ky"
    path.write_bytes(LINES[:-5])
    return read_log(path)


@pytest.fixture
def wide(tmp_path: Path) -> Log:
    """More than a pipe holds until somebody reads it."""
    path = tmp_path / "nhat-ky"
    path.write_bytes(text(*(beat(launch=str(number)) for number in range(9000))))
    return read_log(path)


def test_two_halves_of_any_size_come_together(wide: Log) -> None:
    assert read_portion(wide, large=1) == wide.portion()


def test_two_processes_read_what_one_does(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, here, read = log.portion(), [], Stretch.portion

    def watched(stretch: Stretch) -> Portion:
        here.append(stretch.start)
        return read(stretch)

    monkeypatch.setattr(Stretch, "portion", watched)
    assert read_portion(log, large=1) == whole
    assert here == [0], "the second half is for the other process"
    assert active_children() == []


def test_a_small_log_needs_no_second_process(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Stretch, "portion")
    assert read_portion(log).last == 101


def test_a_second_process_that_is_killed_is_told(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def kill(_: Stretch) -> Portion:
        for child in active_children():
            child.kill()
        return Portion()

    monkeypatch.setattr(Stretch, "portion", kill)
    with pytest.raises(StudyError, match="dừng giữa chừng"):
        read_portion(log, large=1)


def test_a_file_that_goes_away_is_told_as_such(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def take_away(_: Stretch) -> Portion:
        (tmp_path / "nhat-ky").unlink()
        return Portion()

    monkeypatch.setattr(Stretch, "portion", take_away)
    with pytest.raises(FileNotFoundError) as told:
        read_portion(log, large=1)
    assert told.value.filename == str(tmp_path / "nhat-ky")


def test_no_process_is_left_where_the_first_half_cannot_be_read(wide: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Stretch) -> Portion:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Stretch, "portion", fail)
    with pytest.raises(OSError, match="Input"):
        read_portion(wide, large=1)
    assert active_children() == []
