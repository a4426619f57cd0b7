"""A programme read whole: order, processes and progress change nothing of what is read."""

from pathlib import Path

from boiduong_packager.cache import Cache
from boiduong_packager.gather import each, gather
from boiduong_vocabulary.problem import in_order

from tests.packager.programs import name_topics, write_program


def test_topics_stand_in_the_order_of_the_sessions_that_name_them(tmp_path: Path) -> None:
    program = write_program(tmp_path / "ct")
    name_topics(program, ("hai", "ba", "mot"))
    gathered = gather(program, "ct", Cache(None))
    assert gathered.program is not None
    assert [topic.id for topic in gathered.program.topics] == ["hai", "ba", "mot"]


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    program = write_program(tmp_path / "ct")
    one, two = (gather(program, "ct", Cache(None), jobs) for jobs in (1, 2))
    assert (one.readings, one.problems) == (two.readings, two.problems)


def test_progress_is_told_topic_by_topic(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    gather(write_program(tmp_path / "ct"), "ct", Cache(None), report=lambda *step: told.append(step))
    assert told == [("đọc", 1, 3), ("đọc", 2, 3), ("đọc", 3, 3)]


def test_problems_come_sorted_by_file_line_and_code(tmp_path: Path) -> None:
    program = write_program(tmp_path / "ct")
    for name in ("mot.md", "hai.md"):
        text = (program / name).read_text("utf-8")
        (program / name).write_text(text + "\n[x](#b)\n\n[x](#a) <b>\n", "utf-8")
    problems = in_order(gather(program, "ct", Cache(None)).problems)
    places = [(problem.place.path, problem.place.line, problem.place.column) for problem in problems]
    assert places == sorted(places)
    assert len(places) == 6


def test_work_comes_back_in_order_from_many_processes() -> None:
    assert list(each(abs, [-3, -1, -2], 2)) == [3, 1, 2]
