"""Messages of the page's clock: read strictly, and weighed by the server's time."""

from typing import Any

import pytest
from boiduong_exporter.logs.moments import LATEST_MS
from boiduong_xblocks.clock.beats import MOST_MS, MOST_SIGNS, Message, Sign, read_message, share

NOW_MS = 1_797_224_400_000
WEEK_MS = 7 * 86_400_000
SIGN = {"sequence": 1, "elapsed_ms": 30_000, "age_ms": 0, "told": False}
SAID = {"launch": "l", "opened_ms": NOW_MS - 60_000, "signature": "s", "leaving": False, "signs": [SIGN]}


def message(*signs: Sign, opened_ms: int = NOW_MS - 60_000, is_leaving: bool = False) -> Message:
    return Message("l", opened_ms, "s", is_leaving, signs)


def test_a_message_is_read_as_it_stands() -> None:
    assert read_message(SAID) == message(Sign(1, 30_000, 0, is_told=False))


WRONG: dict[str, Any] = {
    "no object": [],
    "nothing": None,
    "no launch": {**SAID, "launch": None},
    "an empty launch": {**SAID, "launch": ""},
    "a launch too long": {**SAID, "launch": "x" * 256},
    "a launch that does not print": {**SAID, "launch": "a\0b"},
    "half a letter": {**SAID, "signature": "\ud800"},
    "no signature": {key: value for key, value in SAID.items() if key != "signature"},
    "an opening that is no number": {**SAID, "opened_ms": "1"},
    "an opening in parts": {**SAID, "opened_ms": 1.5},
    "leaving that is no truth": {**SAID, "leaving": 1},
    "signs that are no list": {**SAID, "signs": {}},
    "a sign that is none": {**SAID, "signs": [3]},
    "too many signs": {**SAID, "signs": [SIGN] * (MOST_SIGNS + 1)},
    "a sequence beyond the exporter's": {**SAID, "signs": [{**SIGN, "sequence": 1_000_000_001}]},
    "a time before": {**SAID, "signs": [{**SIGN, "elapsed_ms": -1}]},
    "an age of ages": {**SAID, "signs": [{**SIGN, "age_ms": MOST_MS + 1}]},
    "a truth for a number": {**SAID, "signs": [{**SIGN, "sequence": True}]},
    "told that is no truth": {**SAID, "signs": [{**SIGN, "told": None}]},
}


@pytest.mark.parametrize("said", WRONG.values(), ids=WRONG.keys())
def test_what_is_no_message_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_message(said)


def test_the_most_that_is_taken_is_taken() -> None:
    assert len(read_message({**SAID, "signs": [SIGN] * MOST_SIGNS}).signs) == MOST_SIGNS
    assert MOST_MS == LATEST_MS - 1  # what the exporter takes


@pytest.mark.parametrize(
    ("sign", "age_ms"),
    [
        (Sign(1, 30_000, 0, is_told=False), 0),
        (Sign(1, 30_000, 4_999, is_told=False), 0),
        (Sign(1, 30_000, 5_000, is_told=False), 5_000),
        (Sign(1, 30_000, 59_999, is_told=False), 59_999),
    ],
)
def test_what_arrives_within_five_seconds_did_not_wait(sign: Sign, age_ms: int) -> None:
    [beat] = message(sign).beats(NOW_MS)
    assert beat == {
        "launch": "l", "sequence": 1, "opened_ms": NOW_MS - 60_000, "elapsed_ms": 30_000, "age_ms": age_ms,
    }  # fmt: skip


@pytest.mark.parametrize(
    "sign",
    [
        Sign(1, 30_000, 0, is_told=True),
        Sign(1, 0, 0, is_told=False),
        Sign(1, 30_000, 60_000, is_told=False),
        Sign(1, 30_000, WEEK_MS + 1, is_told=False),
    ],
    ids=["told before", "an opening", "before the launch", "over a week old"],
)
def test_what_vouches_for_nothing_or_was_told_is_not_published(sign: Sign) -> None:
    opened_ms = 0 if sign.age_ms > WEEK_MS else NOW_MS - 60_000
    assert list(message(sign, opened_ms=opened_ms).beats(NOW_MS)) == []


def test_all_signs_are_weighed_by_one_moment_whether_told_or_not() -> None:
    signs = Sign(1, 30_000, 30_000, is_told=True), Sign(2, 30_000, 0, is_told=False)
    assert message(*signs).spans(NOW_MS) == [(NOW_MS - 60_000, NOW_MS - 30_000), (NOW_MS - 30_000, NOW_MS)]


@pytest.mark.parametrize(
    ("waited_ms", "is_leaving", "is_due"),
    [(119_999, False, False), (120_000, False, True), (0, True, True), (0, False, False), (-1, False, True)],
)
def test_signs_are_saved_every_two_minutes_and_on_leaving(waited_ms: int, is_leaving: bool, is_due: bool) -> None:
    said = message(Sign(1, 1, 0, is_told=False), is_leaving=is_leaving)
    assert said.is_due(NOW_MS - waited_ms, NOW_MS) is is_due


def test_nothing_is_saved_where_nothing_was_said() -> None:
    assert not message(is_leaving=True).is_due(0, NOW_MS)


@pytest.mark.parametrize(
    ("unit_s", "topic_s", "section_s", "minimum_s", "done"),
    [
        (0, 0, 600, 2700, 0.0),
        (300, 300, 600, 2700, 0.5),
        (600, 600, 600, 2700, 1.0),
        (601, 601, 600, 2700, 1.0),
        (60, 1350, 600, 2700, 0.5),
        (60, 2700, 600, 2700, 1.0),
        (60, 1350, 0, 2700, 0.5),
        (1, 1, 600, 0, 1.0),
    ],
)
def test_a_unit_is_done_by_its_own_share_or_by_the_whole_topic(
    unit_s: int, topic_s: int, section_s: int, minimum_s: int, done: float
) -> None:
    assert share(unit_s * 1000, topic_s * 1000, section_s, minimum_s) == done
