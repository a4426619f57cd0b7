"""A sitting from its preparation to its seal: what each step does, which it refuses, and how many are counted."""

from collections.abc import Callable
from itertools import count
from secrets import token_hex

import pytest
from boiduong_server.attending.counts import present_at, present_in_session
from boiduong_server.attending.sheet import Hours, How, Line, Mark, Scan, rows
from boiduong_server.attending.sittings import (
    Sitting,
    close,
    count_heads,
    open_sitting,
    reopen,
    take_back_opening,
)
from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.tables import LINE, SCAN, SITTING
from boiduong_vocabulary.evidence import Presence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, update

from tests.server.attending.held import AFTERNOON, BRIDGE, HALL, Held
from tests.server.conftest import Clock
from tests.server.lam_giang import NOW, ms

BY = "Lê Thị Hằng (ql-1)"


@pytest.fixture
def sitting(held: Held) -> Sitting:
    return held.prepared()


def put_scan(connection: Connection, sitting: int, cadre: int, at_ms: int, waits: bool = False) -> None:
    connection.execute(
        insert(SCAN).values(
            sitting=sitting, cadre=cadre, user=1, at_ms=at_ms, received_ms=at_ms, nonce=token_hex(16), device="",
            typed=False, claimed_offline=waits,
        )
    )  # fmt: skip


def refused(act: Callable[[], object]) -> int:
    with pytest.raises(ServerError) as caught:
        act()
    return caught.value.status


def test_it_opens_from_its_hours_on_and_late_for_whoever_had_no_connection(
    house: House, held: Held, clock: Clock
) -> None:
    afternoon = held.prepared(slot=AFTERNOON)
    assert afternoon.from_ms == ms(26, 11, 30)
    assert refused(lambda: open_sitting(house.store, afternoon, BY, ms(26, 11, 29))) == 409
    open_sitting(house.store, afternoon, BY, ms(27, 8))
    late = held.now(afternoon)
    assert (late.opened_ms, late.opened_by, late.to_ms) == (ms(27, 8), BY, ms(26, 19))
    assert not late.takes(ms(27, 8)), "no code of the next day is good"


def test_opening_twice_keeps_the_first_and_opens_nothing_that_was_closed(
    house: House, held: Held, sitting: Sitting
) -> None:
    noted: list[str] = []
    for who in ("một", "hai"):
        open_sitting(house.store, sitting, who, NOW, lambda _, who=who: noted.append(who))  # type: ignore[misc]
    assert (held.now(sitting).opened_by, noted) == ("một", ["một"])
    close(house.store, sitting, BY, 3, NOW + 1)
    open_sitting(house.store, sitting, "ba", NOW + 2)
    assert not held.now(sitting).is_open


def test_objections_end_with_the_third_day_after_closing(house: House, held: Held, sitting: Sitting) -> None:
    open_sitting(house.store, sitting, BY, NOW)
    close(house.store, sitting, BY, 3, ms(26, 11, 32))
    now = held.now(sitting)
    assert (now.closed_ms, now.closed_by, now.objections_until_ms) == (ms(26, 11, 32), BY, ms(30, 0))
    close(house.store, sitting, "khác", 3, ms(27, 9))
    assert held.now(sitting) == now, "to close what is closed changes nothing"


def test_what_was_never_opened_is_not_closed(house: House, held: Held, sitting: Sitting) -> None:
    close(house.store, sitting, BY, 3, NOW)
    assert held.now(sitting).closed_ms is None


def test_closing_is_undone_until_the_seal(house: House, held: Held, sitting: Sitting) -> None:
    open_sitting(house.store, sitting, BY, NOW)
    assert refused(lambda: reopen(house.store, sitting)) == 409
    close(house.store, sitting, BY, 3, NOW)
    reopen(house.store, sitting)
    again = held.now(sitting)
    assert again.is_open
    assert (again.opened_ms, again.objections_until_ms) == (NOW, None)
    close(house.store, sitting, BY, 3, NOW)
    seal = update(SITTING).where(SITTING.c.id == sitting.id).values(sealed_ms=NOW)
    house.store.write(lambda connection: connection.execute(seal))
    assert refused(lambda: reopen(house.store, held.now(sitting))) == 409
    assert refused(lambda: count_heads(house.store, sitting, 3, NOW)) == 409


def test_opening_is_taken_back_only_where_nobody_was_seen(house: House, held: Held, sitting: Sitting) -> None:
    open_sitting(house.store, sitting, BY, NOW)
    take_back_opening(house.store, sitting)
    assert held.now(sitting).opened_ms is None
    open_sitting(house.store, sitting, BY, NOW)
    house.store.write(lambda connection: put_scan(connection, sitting.id, held.cadres["01"], NOW))
    assert refused(lambda: take_back_opening(house.store, sitting)) == 409
    assert held.now(sitting).is_open


def test_a_note_is_kept_with_the_change_or_neither_is(house: House, held: Held, sitting: Sitting) -> None:
    def fail(_: Connection) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        open_sitting(house.store, sitting, BY, NOW, fail)
    assert held.now(sitting).opened_ms is None


SAID = st.lists(
    st.tuples(
        st.booleans(),  # at the bridge
        st.integers(1, 3),  # whom
        st.integers(0, 4),  # when
        st.sampled_from(["code", "waits", *(mark.value for mark in Mark)]),
    ),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=SAID)
def test_the_database_counts_what_the_sheet_comes_to(
    house: House, held: Held, said: list[tuple[bool, int, int, str]]
) -> None:
    hall, bridge = held.prepared(HALL), held.prepared(BRIDGE)
    numbers, scans, lines = count(), [], []
    for at_bridge, cadre, moment, what in said:
        sitting, at_ms, nonce = (bridge if at_bridge else hall).id, NOW + moment, f"{next(numbers):032x}"
        if what in ("code", "waits"):
            scans.append(Scan(cadre, sitting, at_ms, nonce, "", what == "waits", what == "code"))
        else:
            lines.append(Line(cadre, sitting, Mark(what), None, None, How.HAND, "x", BY, at_ms, nonce))

    def write(connection: Connection) -> None:
        connection.execute(delete(SCAN))
        connection.execute(delete(LINE))
        for scan in scans:
            connection.execute(
                insert(SCAN).values(
                    sitting=scan.sitting, cadre=scan.cadre, user=1, at_ms=scan.at_ms, received_ms=NOW,
                    nonce=scan.nonce, device="", typed=False, claimed_offline=scan.claimed_offline,
                )
            )  # fmt: skip
        for line in lines:
            connection.execute(
                insert(LINE).values(
                    sitting=line.sitting, cadre=line.cadre, mark=line.mark.value, how=line.how.value, reason="x",
                    user=1, by=BY, at_ms=line.at_ms, received_ms=NOW, nonce=line.nonce, claimed_offline=False,
                )
            )  # fmt: skip

    house.store.write(write)
    there = [row.sitting for row in rows((), scans, lines, Hours()).values() if row.presence is Presence.PRESENT]
    with house.store.reading() as connection:
        assert [present_at(connection, each) for each in (hall, bridge)] == [
            there.count(hall.id),
            there.count(bridge.id),
        ]
        found = present_in_session(connection, hall)
    assert found == {number: there.count(number) for number in there}
