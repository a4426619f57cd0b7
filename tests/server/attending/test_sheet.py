"""What codes and lines say together of one person: a table of cases, and what holds of any set of them."""

import pytest
from boiduong_server.attending.sheet import MINUTE_MS, Hours, How, Line, Mark, Row, Scan, minute_of, rows
from boiduong_vocabulary.evidence import Presence
from hypothesis import given
from hypothesis import strategies as st

from tests.server.lam_giang import ms

AN, BINH = 1, 2
HALL, BRIDGE = 10, 20
HOURS = Hours(7 * 60 + 30, 11 * 60 + 30)
LEAVING = Hours(7 * 60 + 30, 11 * 60 + 30, leaving_from=11 * 60 + 10)
MIDNIGHT = ms(26, 0)
MOMENTS = st.integers(min_value=MIDNIGHT, max_value=MIDNIGHT + 24 * 60 * MINUTE_MS - 1)


def scan(hour: int, minute: int, second: int = 0, **changed: object) -> Scan:
    at_ms = ms(26, hour, minute, second)
    usual = {"cadre": AN, "sitting": HALL, "at_ms": at_ms, "nonce": f"quét {at_ms}", "device": ""}
    return Scan(**{**usual, "claimed_offline": False, "counts": True, **changed})  # type: ignore[arg-type]


def line(mark: Mark, hour: int, minute: int, **changed: object) -> Line:
    usual = {"cadre": AN, "sitting": HALL, "mark": mark, "came": None, "left": None, "how": How.HAND}
    rest = {
        "reason": "quên điện thoại",
        "by": "Hằng",
        "at_ms": ms(26, hour, minute),
        "nonce": f"{mark} {hour}:{minute}",
    }
    return Line(**{**usual, **rest, **changed})  # type: ignore[arg-type]


CLAIM = {"claimed_offline": True, "counts": False}
CONFIRMED = {"claimed_offline": True, "counts": True}


@pytest.mark.parametrize(
    ("said", "hours", "expected"),
    [
        ([], HOURS, {"presence": None}),
        ([scan(7, 28)], HOURS, {"came": 448, "late": 0, "how": How.CODE, "sitting": HALL}),
        ([scan(7, 30, 59)], HOURS, {"came": 450, "late": 0}),
        ([scan(7, 31)], HOURS, {"came": 451, "late": 1}),
        ([scan(9, 0), scan(7, 45)], HOURS, {"came": 465, "late": 15, "left": None, "early": 0}),
        ([scan(9, 0)], Hours(), {"came": 540, "late": 0}),
        ([scan(7, 28), scan(11, 9)], LEAVING, {"left": None, "early": 0, "unleft": True}),
        ([scan(7, 28), scan(11, 10)], LEAVING, {"left": 670, "early": 20, "unleft": False}),
        ([scan(7, 28), scan(11, 10), scan(11, 40)], LEAVING, {"left": 700, "early": 0}),
        ([scan(11, 20)], LEAVING, {"came": 680, "late": 230, "left": None, "unleft": True}),
        ([scan(7, 28, sitting=BRIDGE), scan(8, 0)], HOURS, {"sitting": BRIDGE, "elsewhere": (HALL,)}),
        ([scan(7, 28, **CLAIM)], HOURS, {"presence": None, "waits": True}),
        ([scan(7, 28, **CLAIM), scan(7, 50)], HOURS, {"came": 470, "waits": True, "claimed_offline": False}),
        ([scan(7, 28, **CONFIRMED), scan(7, 50)], HOURS, {"came": 448, "waits": False, "claimed_offline": True}),
        ([line(Mark.PRESENT, 8, 0)], HOURS, {"came": None, "late": 0, "how": How.HAND, "by": "Hằng"}),
        ([line(Mark.PRESENT, 8, 0, came=460)], HOURS, {"came": 460, "late": 10}),
        ([line(Mark.PRESENT, 8, 0, came=440), scan(7, 45)], HOURS, {"came": 440, "how": How.HAND}),
        ([line(Mark.PRESENT, 8, 0, sitting=BRIDGE), scan(7, 45)], HOURS, {"sitting": BRIDGE, "elsewhere": (HALL,)}),
        ([line(Mark.ABSENT, 8, 0), scan(7, 45)], HOURS, {"presence": Presence.ABSENT, "came": None}),
        ([line(Mark.ABSENT, 8, 0), scan(8, 1)], HOURS, {"presence": Presence.PRESENT, "how": How.CODE}),
        ([line(Mark.ABSENT, 8, 0), scan(8, 1, **CLAIM)], HOURS, {"presence": Presence.ABSENT, "waits": True}),
        ([line(Mark.EXCUSED, 8, 0)], HOURS, {"presence": Presence.EXCUSED, "reason": "quên điện thoại"}),
        ([line(Mark.PRESENT, 8, 0), line(Mark.UNDONE, 8, 5)], HOURS, {"presence": None}),
        ([line(Mark.PRESENT, 8, 0), line(Mark.UNDONE, 8, 5), scan(7, 45)], HOURS, {"how": How.CODE, "late": 15}),
        ([line(Mark.UNDONE, 8, 0), line(Mark.PRESENT, 8, 5)], HOURS, {"presence": Presence.PRESENT}),
    ],
)
def test_a_person_is(said: list[Scan | Line], hours: Hours, expected: dict[str, object]) -> None:
    row = sheet(said, hours)[AN]
    assert {name: getattr(row, name) for name in expected} == expected


def sheet(said: list[Scan | Line], hours: Hours = HOURS) -> dict[int, Row]:
    scans = [each for each in said if isinstance(each, Scan)]
    return rows([AN, BINH], scans, [each for each in said if isinstance(each, Line)], hours)


def test_whoever_was_checked_in_with_one_telephone_is_named_to_the_others() -> None:
    said = [scan(7, 28, device="máy"), scan(7, 29, cadre=BINH, device="máy"), scan(7, 30, cadre=3, device="máy khác")]
    found = sheet([*said, scan(7, 31, cadre=4)])
    assert {cadre: row.shared for cadre, row in found.items()} == {AN: (BINH,), BINH: (AN,), 3: (), 4: ()}


@given(MOMENTS, st.integers(min_value=0, max_value=1439), st.integers(min_value=0, max_value=1439))
def test_late_and_early_are_whole_minutes_exactly(at_ms: int, starts: int, ends: int) -> None:
    minute = (at_ms - MIDNIGHT) // MINUTE_MS
    assert minute_of(at_ms) == minute
    read = scan(0, 0, at_ms=at_ms)
    row = sheet([read, scan(0, 0, nonce="đầu ngày")], Hours(starts, ends, leaving_from=0))[AN]
    alone = sheet([read], Hours(starts, ends))[AN]
    assert alone.late == max(0, minute - starts)
    assert row.early == (max(0, ends - minute) if minute else 0)


SCANS = st.builds(
    lambda at_ms, sitting, nonce, kind: scan(0, 0, at_ms=at_ms, sitting=sitting, nonce=nonce, **kind),
    MOMENTS,
    st.sampled_from([HALL, BRIDGE]),
    st.text(min_size=1, max_size=4),
    st.sampled_from([{}, CLAIM, CONFIRMED]),
)


@given(st.lists(SCANS, max_size=6, unique_by=lambda each: each.nonce), SCANS)
def test_one_more_reading_makes_nobody_absent_and_nobody_later(said: list[Scan], more: Scan) -> None:
    """Whatever clock it was read by: so a telephone's or a server's that jumps can only add a moment."""
    before, after = sheet([*said])[AN], sheet([*said, more])[AN]
    assert before.presence in {None, after.presence}
    assert before.came is None or (after.came is not None and after.came <= before.came)
    if not more.counts:
        assert (after.presence, after.came, after.sitting) == (before.presence, before.came, before.sitting)
