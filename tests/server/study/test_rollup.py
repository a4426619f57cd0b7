"""What an attempt comes to, by the rule and never less than before."""

import pytest
from boiduong_server.study.rollup import Standing, better, further, rolled_up, sections_done


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ("not attempted", "incomplete", "incomplete"), ("incomplete", "failed", "failed"),
        ("failed", "incomplete", "incomplete"), ("failed", "passed", "passed"),
        ("completed", "incomplete", "completed"),
        ("completed", "failed", "completed"), ("completed", "passed", "passed"), ("passed", "completed", "passed"),
        ("passed", "failed", "passed"), ("", "browsed", "browsed"),
    ],
)  # fmt: skip
def test_what_was_done_is_never_undone(before: str, now: str, kept: str) -> None:
    assert further(before, now) == kept


@pytest.mark.parametrize(("before", "now", "kept"), [(None, None, None), (50, None, 50), (None, 0, 0), (50, 40, 50)])
def test_the_higher_score_stands(before: int | None, now: int | None, kept: int | None) -> None:
    assert better(before, now) == kept


@pytest.mark.parametrize(
    ("said", "count", "status"),
    [
        ([], 3, "not attempted"), (["failed"], 1, "failed"), (["browsed"], 1, "browsed"),
        (["passed"], 3, "incomplete"), (["passed", "completed", "incomplete"], 3, "incomplete"),
        (["completed", "completed"], 2, "completed"), (["passed", "completed"], 2, "passed"),
        (["passed", "failed"], 2, "failed"), (["failed"], 2, "incomplete"),
    ],
)  # fmt: skip
def test_the_whole_is_done_when_every_part_is(said: list[str], count: int, status: str) -> None:
    assert rolled_up([Standing(word, None, 0) for word in said], count).status == status


def test_scores_are_averaged_and_times_added() -> None:
    scos = [Standing("passed", 90, 1_000), Standing("passed", None, 2_000), Standing("passed", 75, 3_000)]
    assert rolled_up(scos, 3) == Standing("passed", 82, 6_000)  # rounded down
    assert sections_done(scos, 3) == 3
    assert sections_done(scos[:1], 1) is None
