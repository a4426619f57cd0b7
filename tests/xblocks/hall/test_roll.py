"""The list of a session: codes and the monitor's lines, without a block."""

from datetime import UTC, datetime

import pytest
from boiduong_xblocks.hall.roll import (
    SHELVES,
    Entry,
    Mark,
    Scan,
    by_name,
    entry_of,
    holding,
    rows,
    shelf_of,
    with_scan,
    written,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = int(datetime(2026, 12, 15, 0, 31, tzinfo=UTC).timestamp() * 1000)
"""7:31 in Hà Nội."""
MINUTE = 60_000
PEOPLE = ("lan", "minh", "nam", "hoa", "tu")


class Shared:
    """One shelf as the platform keeps it: each request reads at its beginning and writes whole at its end."""

    def __init__(self) -> None:
        self.kept: dict[str, list] = {}

    def request(self, learner: str):
        read = self.kept
        yield
        after = with_scan(read, learner, Scan(learner, NOW, None))
        if after is not read:
            self.kept = dict(after)


@given(
    polls=st.lists(st.sampled_from(PEOPLE), max_size=8),
    steps=st.lists(st.integers(min_value=-3, max_value=3), max_size=30),
    last=st.permutations(PEOPLE),
)
def test_any_order_of_check_ins_and_polls_gives_the_same_list(
    polls: list[str], steps: list[int], last: list[str]
) -> None:
    """A step below nothing begins a request; another ends one of those under way."""
    shared, under_way, todo = Shared(), [], [*PEOPLE, *polls]
    for step in [*steps, *[-1, 0] * len(todo)]:
        if step < 0 and todo:
            request = shared.request(todo.pop(0))
            next(request)
            under_way.append(request)
        elif under_way:
            next(under_way.pop(step % len(under_way)), None)
    for request in under_way:
        next(request, None)
    for learner in last:  # the hall is quiet, and each page asks once more
        [*shared.request(learner)]
    assert shared.kept == {learner: [learner, NOW, None] for learner in PEOPLE}


def test_a_hall_is_spread_over_all_shelves() -> None:
    counted = [0] * SHELVES
    for number in range(400):
        counted[shelf_of(f"can.bo{number}")] += 1
    assert min(counted) > 10
    assert max(counted) < 45


def entry(mark: Mark, learner: str = "lan", at_ms: int = NOW, reason: str = "hết pin") -> Entry:
    return Entry(learner, "Nguyễn Thị Lan", mark, reason, "thay", at_ms)


def presences(shelf: dict, *entries: Entry, told: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    found = rows([shelf], [written(each) for each in entries], dict.fromkeys(told, ""))
    return [(row.learner, row.presence, row.how) for row in found]


CAME = {"lan": ["Nguyễn Thị Lan", NOW, None]}


@pytest.mark.parametrize(
    ("shelf", "entries", "expected"),
    [
        (CAME, [], [("lan", "present", "code")]),
        ({}, [Mark.PRESENT], [("lan", "present", "list")]),
        (CAME, [Mark.PRESENT], [("lan", "present", "list")]),
        (CAME, [Mark.EXCUSED], [("lan", "excused", "list")]),
        (CAME, [Mark.ABSENT], [("lan", "absent", "list")]),
        (CAME, [Mark.OFF], []),
        (CAME, [Mark.OFF, Mark.UNDONE], [("lan", "present", "code")]),
        ({}, [Mark.PRESENT, Mark.UNDONE], []),
        ({}, [Mark.ABSENT, Mark.PRESENT], [("lan", "present", "list")]),
    ],
)
def test_the_last_line_of_the_monitor_decides_and_undoing_is_one_line_more(shelf, entries, expected) -> None:
    later = NOW + MINUTE
    assert presences(shelf, *(entry(mark, at_ms=later) for mark in entries)) == expected


def test_who_was_excused_and_checks_in_afterwards_is_here() -> None:
    excused = entry(Mark.EXCUSED, at_ms=NOW - MINUTE)
    assert presences(CAME, excused) == [("lan", "present", "code")]
    assert holding(excused, NOW) is None
    assert holding(excused, None) is excused


def test_who_was_told_to_the_books_and_is_in_the_list_no_more_is_named_as_absent() -> None:
    off = entry(Mark.OFF, at_ms=NOW + MINUTE, reason="nhầm người")
    assert presences(CAME, off, told=("lan",)) == [("lan", "absent", "list")]
    undone = [entry(Mark.PRESENT), entry(Mark.UNDONE)]
    assert presences({}, *undone, told=("lan",)) == [("lan", "absent", "list")]


def test_an_undone_line_is_no_last_word() -> None:
    kept = [written(entry(Mark.ABSENT)), written(entry(Mark.UNDONE)), written(entry(Mark.ABSENT, "minh"))]
    assert entry_of(kept, "lan") is None
    found = entry_of(kept, "minh")
    assert found is not None
    assert found.mark is Mark.ABSENT


def test_the_list_goes_by_the_last_word_of_names() -> None:
    names = ["Trần Văn Đức", "Lê Thị An", "Bùi Dũng", "Phạm Thị Ân", ""]
    assert sorted(names, key=by_name) == ["", "Lê Thị An", "Phạm Thị Ân", "Trần Văn Đức", "Bùi Dũng"]
