"""One reading serves one account: in any interleaving, at once, later, through another browser, by any clock."""

import threading
from collections.abc import Callable

import pytest
from boiduong_server.attending.codes import PERIOD_MS, code_of, is_good, period_at
from boiduong_server.attending.readings import refused_at, scans_of
from boiduong_server.attending.scanning import Claim, No, Taken, Why, admit, claim
from boiduong_server.attending.sittings import Sitting
from boiduong_server.attending.stamps import LIFE_MS, Stamp, carried, carry, read, signed, stamp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.server.attending.held import HALL, SEATS, Held
from tests.server.conftest import Clock

PROPERTY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECRET = b"bi mat cua phep thu"
PEOPLE = st.sampled_from([*SEATS])
Answer = Taken | No
Send = Callable[[str], Answer]


@pytest.fixture
def hall(held: Held) -> Sitting:
    return held.sitting(HALL)


def senders(held: Held, hall: Sitting, name: str = "") -> tuple[Send, Send, str]:
    """How a person sends one and the same reading, as a stamp and as a claim; its nonce."""
    made = Stamp(name or hall.public, held.code(hall), held.house.now_ms(), stamp("", "", 0).nonce, typed=False)
    kept = Claim(made.sitting, made.code, made.at_ms, made.nonce)
    store, now_ms = held.house.store, held.house.now_ms
    return (
        lambda code: admit(store, held.reader(code), made, now_ms()),
        lambda code: claim(store, held.reader(code), kept, now_ms()),
        made.nonce,
    )


def served(held: Held, hall: Sitting, nonce: str) -> list[int]:
    with held.house.store.reading() as connection:
        return [each.cadre for each in scans_of(connection, [hall.id]) if each.nonce == nonce]


@PROPERTY
@given(st.lists(st.tuples(PEOPLE, st.booleans()), min_size=1, max_size=10))
def test_a_reading_serves_whoever_comes_first_and_nobody_else(
    held: Held, hall: Sitting, comers: list[tuple[str, bool]]
) -> None:
    on_the_spot, offline, nonce = senders(held, hall)
    first, came = comers[0][0], False
    for code, is_offline in comers:
        answer = (offline if is_offline else on_the_spot)(code)
        if code == first:
            assert isinstance(answer, Taken)
            assert answer.again is came
            came = True
        else:
            assert answer == No(Why.ANOTHER, hall)
    assert served(held, hall, nonce) == [held.cadres[first]]


def test_each_later_use_is_on_the_monitors_list(held: Held, hall: Sitting) -> None:
    on_the_spot, offline, _ = senders(held, hall)
    for send, code in ((on_the_spot, "01"), (on_the_spot, "02"), (offline, "03")):
        send(code)
    with held.house.store.reading() as connection:
        listed = [(each.who, each.why) for each in refused_at(connection, hall.id)]
    assert listed == [(held.reader(code).who, Why.ANOTHER) for code in ("03", "02")]


@pytest.mark.parametrize("is_offline", [False, True])
def test_of_eight_who_send_one_reading_at_the_same_time_one_is_taken(
    held: Held, hall: Sitting, is_offline: bool
) -> None:
    for _ in range(6):
        *ways, nonce = senders(held, hall)
        answers = at_once(ways[is_offline], [*SEATS])
        taken = [code for code, answer in answers.items() if isinstance(answer, Taken)]
        assert len(taken) == 1
        assert served(held, hall, nonce) == [held.cadres[taken[0]]]


def at_once(send: Send, people: list[str]) -> dict[str, Answer]:
    """What each is answered."""
    together, answers = threading.Barrier(len(people)), dict[str, Answer]()

    def one(code: str) -> None:
        together.wait()
        answers[code] = send(code)

    threads = [threading.Thread(target=one, args=(code,)) for code in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_same_person_who_sends_twice_at_once_is_taken_twice_and_written_once(held: Held, hall: Sitting) -> None:
    on_the_spot, _, nonce = senders(held, hall)
    answers = [on_the_spot]
    together = at_once(lambda code: answers[0]("01"), [*SEATS])
    assert sum(isinstance(each, Taken) and not each.again for each in together.values()) == 1
    assert all(isinstance(each, Taken) for each in together.values())
    assert served(held, hall, nonce) == [held.cadres["01"]]


def test_a_short_code_brings_the_same_reading_into_every_browser(held: Held, hall: Sitting, clock: Clock) -> None:
    """So whoever overhears it gains nothing that the first has not lost."""
    made = stamp(hall.public, held.code(hall), clock.at_ms)
    short = carry(held.house.store, signed(SECRET, made), clock.at_ms + LIFE_MS, clock.at_ms)
    answers = {}
    for code in ("01", "02"):
        with held.house.store.reading() as connection:
            brought = read(SECRET, carried(connection, short, clock.at_ms) or "")
        assert brought == made
        answers[code] = admit(held.house.store, held.reader(code), brought, clock.at_ms)
    assert answers == {"01": Taken(hall, clock.at_ms, again=False), "02": No(Why.ANOTHER, hall)}
    with held.house.store.reading() as connection:
        assert carried(connection, short, clock.at_ms + LIFE_MS) is None


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_stamp_that_was_tampered_with_is_none(at: int, change: int) -> None:
    """One character changed, wherever: no moment, code or name can be made up."""
    text = signed(SECRET, Stamp("ABCDE", "CFHJKM", 1_795_654_800_000, "0" * 32, typed=False)).encode()
    at %= len(text)
    changed = bytes([*text[:at], text[at] ^ change, *text[at + 1 :]]).decode("latin-1")
    found = read(SECRET, changed)
    assert found is None or signed(SECRET, found).encode() == text  # the last letter of base64 holds idle bits


def test_a_reading_that_was_taken_is_answered_alike_ever_after(held: Held, hall: Sitting, clock: Clock) -> None:
    """A telephone that had no answer asks again, also when the ten minutes are over."""
    on_the_spot, _, _ = senders(held, hall)
    first = on_the_spot("01")
    clock.at_ms += LIFE_MS + 60_000
    assert isinstance(first, Taken)
    assert on_the_spot("01") == Taken(hall, first.at_ms, again=True)
    assert on_the_spot("02") == No(Why.ANOTHER, hall)


JUMPS = st.lists(
    st.integers(min_value=-40_000, max_value=40_000) | st.sampled_from([-3_600_000, 3_600_000]), max_size=8
)


@PROPERTY
@given(JUMPS, st.integers(min_value=0, max_value=PERIOD_MS - 1))
@example([-1], 0)
@example([-3_600_000], 0)
def test_no_jump_of_the_servers_clock_takes_a_wrong_code_or_loses_a_right_one(
    held: Held, hall: Sitting, clock: Clock, jumps: list[int], into: int
) -> None:
    """By the clock as it stood when the code was read: it may have jumped before the answer and back again."""
    assert hall.opened_ms
    clock.at_ms = hall.opened_ms + into
    code = code_of(hall.key, period_at(hall.opened_ms))
    for jump in (0, *jumps):
        read_ms = clock.at_ms
        clock.at_ms += jump
        answer = admit(held.house.store, held.reader("01"), stamp(hall.public, code, read_ms), clock.at_ms)
        right = is_good(hall.key, code, read_ms) and read_ms >= hall.opened_ms and read_ms <= hall.to_ms
        assert isinstance(answer, Taken) is (right and clock.at_ms < read_ms + LIFE_MS)
