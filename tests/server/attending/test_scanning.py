"""Readings as the tables keep them: what a claim becomes when its stamp comes after all, and what is listed."""

import pytest
from boiduong_server.attending.readings import refused_at, scans_of
from boiduong_server.attending.scanning import Claim, No, Taken, Why, admit, claim, judge
from boiduong_server.attending.sittings import Sitting
from boiduong_server.attending.stamps import Stamp, stamp

from tests.server.attending.held import BRIDGE, HALL, Held
from tests.server.lam_giang import NOW

MINUTE = 60_000
NONCE = "0" * 32


@pytest.fixture
def hall(held: Held) -> Sitting:
    return held.sitting(HALL)


@pytest.mark.parametrize("claim_first", [True, False])
def test_a_claim_and_its_stamp_come_to_the_stamp_in_either_order(held: Held, hall: Sitting, claim_first: bool) -> None:
    code, reader, store = held.code(hall), held.reader("01"), held.house.store
    kept = Claim(hall.public, code, NOW + 5_000, NONCE)
    ways = [
        lambda: claim(store, reader, kept, NOW + MINUTE),
        lambda: admit(store, reader, Stamp(hall.public, code, NOW, NONCE, typed=False), NOW + MINUTE),
    ]
    for way in ways if claim_first else ways[::-1]:
        assert isinstance(way(), Taken)
    with store.reading() as connection:
        (scan,) = scans_of(connection, [hall.id])
    assert (scan.at_ms, scan.claimed_offline, scan.counts) == (NOW, False, True)


def test_typed_letters_are_looked_for_in_the_classes_of_the_reader(held: Held, hall: Sitting) -> None:
    typed = stamp("", held.code(hall), NOW)
    with held.house.store.reading() as connection:
        assert judge(connection, typed, NOW) == hall
        assert judge(connection, typed, NOW, {"DD1"}) == hall
        assert judge(connection, typed, NOW, {"TH1"}) == No(Why.NO_SITTING)


def test_of_several_screens_the_one_that_showed_the_letters_is_meant(held: Held, hall: Sitting) -> None:
    bridge = held.sitting(BRIDGE)
    with held.house.store.reading() as connection:
        for each in (hall, bridge):
            assert judge(connection, stamp("", held.code(each), NOW), NOW, {"DD1"}) == each


@pytest.mark.parametrize(("minutes", "why"), [(1, Why.OUTDATED), (9, Why.OUTDATED), (11, Why.NO_SITTING)])
def test_letters_are_known_for_ten_minutes_as_some_that_were_shown(
    held: Held, hall: Sitting, minutes: int, why: Why
) -> None:
    at_ms = NOW + minutes * MINUTE
    with held.house.store.reading() as connection:
        judged = judge(connection, stamp("", held.code(hall), at_ms), at_ms, {"DD1"})
    assert isinstance(judged, No)
    assert judged.why is why


def test_the_same_refusal_of_the_same_person_is_listed_once_a_minute(held: Held, hall: Sitting) -> None:
    code, store = held.code(hall), held.house.store
    for after, person in ((60_000, "01"), (61_000, "01"), (62_000, "02"), (120_000, "01")):
        admit(store, held.reader(person), stamp(hall.public, code, NOW + after), NOW + after)
    with store.reading() as connection:
        listed = [each.who for each in refused_at(connection, hall.id)]
    assert listed == [held.reader(person).who for person in ("01", "02", "01")]


def test_a_reading_of_one_sitting_is_never_moved_to_another(held: Held, hall: Sitting) -> None:
    """Whoever writes pages of their own gives both the same number: what the hall's monitor confirmed stays there."""
    bridge, reader, store = held.sitting(BRIDGE), held.reader("01"), held.house.store
    claim(store, reader, Claim(hall.public, held.code(hall), NOW, NONCE), NOW)
    admit(store, reader, Stamp("", held.code(bridge), NOW, NONCE, typed=True), NOW)
    with store.reading() as connection:
        assert [each.sitting for each in scans_of(connection, [hall.id, bridge.id])] == [hall.id]
