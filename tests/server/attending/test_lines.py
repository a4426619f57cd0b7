"""Lines: written once however often they are sent; a team leader's gives way to the monitor's."""

from itertools import permutations

import pytest
from boiduong_server.attending.counts import present_at
from boiduong_server.attending.lines import AT_ONCE_MS, Writer, Written, lines_of, write
from boiduong_server.attending.session import session_of
from boiduong_server.attending.sheet import How, Mark, Row
from boiduong_server.errors import ServerError
from boiduong_server.tables import SITTING
from boiduong_vocabulary.evidence import Presence
from sqlalchemy import update

from tests.server.attending.held import MORNING, Held
from tests.server.lam_giang import NOW

MONITOR, TEAM = Writer(1, "Lê Thị Hằng (ql-1)", How.HAND), Writer(2, "Nguyễn Văn An (01)", How.TEAM)
MINUTE_MS = 60_000


def line(held: Held, mark: Mark, at_ms: int = NOW, nonce: str = "", **more: object) -> Written:
    usual = {"reason": "quên điện thoại", "nonce": nonce or f"{mark}{at_ms}"}
    return Written(held.cadres["02"], mark, at_ms, **{**usual, **more})  # type: ignore[arg-type]


def row(held: Held) -> Row:
    with held.house.books.reading() as books, held.house.store.reading() as store:
        found = session_of(books, store, MORNING, held.house.rules.attending)
    assert found
    return found.rows[held.cadres["02"]]


def test_what_is_sent_twice_is_written_once_and_noted_once(held: Held) -> None:
    sitting, noted = held.sitting(), []
    said = [line(held, Mark.PRESENT)]
    counts = [write(held.house.store, sitting, MONITOR, said, NOW, lambda _: noted.append(1)) for _ in range(2)]
    assert (counts, noted) == ([1, 0], [1])


@pytest.mark.parametrize(
    ("writer", "mark", "reason", "refused"),
    [
        (MONITOR, Mark.PRESENT, "", True), (MONITOR, Mark.ABSENT, "  ", True), (MONITOR, Mark.UNDONE, "", False),
        (MONITOR, Mark.PRESENT, "ốm", False), (TEAM, Mark.PRESENT, "", False),
    ],
)  # fmt: skip
def test_only_a_line_by_hand_needs_a_reason(held: Held, writer: Writer, mark: Mark, reason: str, refused: bool) -> None:
    sitting = held.sitting()
    if refused:
        with pytest.raises(ServerError, match="lý do"):
            write(held.house.store, sitting, writer, [line(held, mark, reason=reason)], NOW)
    else:
        assert write(held.house.store, sitting, writer, [line(held, mark, reason=reason)], NOW) == 1


def test_after_closing_lines_are_taken_and_after_sealing_none(held: Held) -> None:
    sitting = held.sitting()
    held.house.store.write(lambda c: c.execute(update(SITTING).values(closed_ms=NOW)))
    assert write(held.house.store, sitting, MONITOR, [line(held, Mark.PRESENT)], NOW) == 1
    held.house.store.write(lambda c: c.execute(update(SITTING).values(sealed_ms=NOW)))
    with pytest.raises(ServerError, match="niêm phong"):
        write(held.house.store, sitting, MONITOR, [line(held, Mark.ABSENT)], NOW)


@pytest.mark.parametrize(("delay_ms", "later"), [(0, False), (AT_ONCE_MS, False), (AT_ONCE_MS + 1, True)])
def test_what_comes_later_than_any_connection_takes_is_marked(held: Held, delay_ms: int, later: bool) -> None:
    sitting = held.sitting()
    write(held.house.store, sitting, MONITOR, [line(held, Mark.PRESENT, NOW - delay_ms)], NOW)
    assert (row(held).presence, row(held).sent_later) == (Presence.PRESENT, later)


def test_a_line_from_the_future_is_of_now(held: Held) -> None:
    sitting = held.sitting()
    write(held.house.store, sitting, MONITOR, [line(held, Mark.PRESENT, NOW + MINUTE_MS)], NOW)
    with held.house.store.reading() as store:
        assert [each.at_ms for each in lines_of(store, [sitting.id])] == [NOW]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([(MONITOR, Mark.ABSENT, 1), (TEAM, Mark.PRESENT, 2)], Presence.ABSENT),
        ([(MONITOR, Mark.ABSENT, 1), (TEAM, Mark.UNDONE, 2)], Presence.ABSENT),
        ([(MONITOR, Mark.ABSENT, 1), (MONITOR, Mark.UNDONE, 2), (TEAM, Mark.PRESENT, 3)], Presence.PRESENT),
        ([(TEAM, Mark.PRESENT, 1), (MONITOR, Mark.UNDONE, 2)], None),
        ([(TEAM, Mark.PRESENT, 1), (TEAM, Mark.UNDONE, 2)], None),
        ([(TEAM, Mark.PRESENT, 1), (MONITOR, Mark.EXCUSED, 2), (TEAM, Mark.PRESENT, 3)], Presence.EXCUSED),
    ],
)
def test_a_team_leaders_line_gives_way_to_the_monitors_in_whatever_order_they_arrive(
    held: Held, said: list[tuple[Writer, Mark, int]], expected: Presence | None
) -> None:
    sitting, store = held.sitting(), held.house.store
    for number, order in enumerate(permutations(said)):
        for writer, mark, minute in order:
            at_ms = NOW - (100 - 10 * number - minute) * MINUTE_MS
            write(store, sitting, writer, [line(held, mark, at_ms, f"{number}-{minute}")], NOW)
        assert row(held).presence is expected, order
        with store.reading() as connection:
            assert present_at(connection, sitting) == (expected is Presence.PRESENT)
        store.write(lambda c: c.exec_driver_sql("DELETE FROM server_line"))
