"""Whatever order a session's readings, lines and confirmations arrive in, and however often: one sheet.

Through the real tables. A confirmation follows its own claim, for nobody confirms what is not on the list; between
those any order will do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from boiduong_server.attending.codes import code_of, period_at
from boiduong_server.attending.counts import present_at, present_in_session
from boiduong_server.attending.lines import Writer, Written, write
from boiduong_server.attending.readings import confirm
from boiduong_server.attending.scanning import Claim, Taken, admit, claim
from boiduong_server.attending.session import session_of
from boiduong_server.attending.sheet import How, Mark, Row
from boiduong_server.attending.sittings import Sitting
from boiduong_server.attending.stamps import Stamp
from boiduong_server.tables import LINE, REFUSED, SCAN
from boiduong_vocabulary.evidence import Presence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.server.attending.held import BRIDGE, HALL, MORNING, Held
from tests.server.conftest import Clock
from tests.server.lam_giang import ms

OPENS, LATEST, ARRIVES = ms(26, 7), ms(26, 11), ms(26, 11, 5)
MOMENTS = st.integers(min_value=OPENS, max_value=LATEST)
PEOPLE = st.sampled_from(["01", "02", "06"])
PLACES = st.sampled_from([HALL, BRIDGE])
MINUTES = st.none() | st.integers(min_value=400, max_value=700)


@dataclass(frozen=True)
class Read:
    """A code that was read on the spot, or kept until there was a connection: then perhaps confirmed."""

    code: str
    place: str
    at_ms: int
    offline: bool
    confirmed: bool
    device: str


@dataclass(frozen=True)
class Wrote:
    code: str
    place: str
    at_ms: int
    mark: Mark
    how: How
    came: int | None


DEVICES = st.sampled_from(["", "máy 1", "máy 2"])
READ = st.builds(Read, PEOPLE, PLACES, MOMENTS, st.booleans(), st.booleans(), DEVICES)
WROTE = st.builds(Wrote, PEOPLE, PLACES, MOMENTS, st.sampled_from(Mark), st.sampled_from([*How][1:]), MINUTES)
Event = Read | Wrote
Step = tuple[int, bool]
"""An event by its number, and whether it is its confirmation."""


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[Event], list[list[Step]]]:
    """What happened, and two orders in which it arrives, some of it twice."""
    events = draw(st.lists(READ | WROTE, min_size=1, max_size=7))
    steps = [(number, False) for number in range(len(events))]
    steps += [(number, True) for number, each in enumerate(events) if isinstance(each, Read) and each.confirmed]
    again = draw(st.lists(st.sampled_from(steps), max_size=3))
    return events, [draw(st.permutations([*steps, *again])) for _ in range(2)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals())
def test_any_order_of_arrival_gives_the_same_sheet(
    held: Held, clock: Clock, happened: tuple[list[Event], list[list[Step]]]
) -> None:
    clock.at_ms = OPENS
    sittings = {place: held.sitting(place) for place in (HALL, BRIDGE)}
    events, orders = happened
    straight = [(number, confirms) for number in range(len(events)) for confirms in (False, True)]
    sheets = []
    for order in ([step for step in straight if step in orders[0]], *orders):
        clear(held)
        for later, step in enumerate(in_turn(order)):
            arrive(held, sittings, events, step, ARRIVES + later)
        sheets.append(sheet(held))
    assert sheets[0] == sheets[1] == sheets[2]
    assert_counted(held, sittings, sheets[0])


def assert_counted(held: Held, sittings: dict[str, Sitting], found: dict[int, Row]) -> None:
    """What the database counts for screens is what the sheet says."""
    there = [row.sitting for row in found.values() if row.presence is Presence.PRESENT]
    with held.house.store.reading() as connection:
        counted = present_in_session(connection, sittings[HALL])
        for sitting in sittings.values():
            assert present_at(connection, sitting) == counted.get(sitting.id, 0) == there.count(sitting.id)


def in_turn(order: Sequence[Step]) -> Iterator[Step]:
    """The same order, each confirmation at once after its claim where it stood before it."""
    arrived, early = set[int](), set[int]()
    for number, confirms in order:
        if confirms and number not in arrived:
            early.add(number)
            continue
        yield number, confirms
        arrived.add(number)
        if number in early:
            early.discard(number)
            yield number, True


def clear(held: Held) -> None:
    for table in (SCAN, LINE, REFUSED):
        held.house.store.write(lambda connection, table=table: connection.execute(delete(table)))  # type: ignore[misc]


def arrive(held: Held, sittings: dict[str, Sitting], events: list[Event], step: Step, now_ms: int) -> None:
    number, confirms = step
    event, store = events[number], held.house.store
    sitting, nonce = sittings[event.place], f"{number}"
    if isinstance(event, Wrote):
        line = Written(held.cadres[event.code], event.mark, event.at_ms, nonce, event.came, reason="quên điện thoại")
        write(store, sitting, Writer(1, "Hằng", event.how), [line], now_ms)
    elif confirms:
        confirm(store, sitting, [nonce], "Hằng", now_ms)
    else:
        read(held, sitting, event, nonce, now_ms)


def read(held: Held, sitting: Sitting, event: Read, nonce: str, now_ms: int) -> None:
    code, reader = code_of(sitting.key, period_at(event.at_ms)), held.reader(event.code, event.device)
    if event.offline:
        answer = claim(held.house.store, reader, Claim(sitting.public, code, event.at_ms, nonce), now_ms)
    else:  # it is answered within ten minutes, whatever else has not arrived yet
        read_then = Stamp(sitting.public, code, event.at_ms, nonce, typed=False)
        answer = admit(held.house.store, reader, read_then, event.at_ms + 1)
    assert isinstance(answer, Taken)


def sheet(held: Held) -> dict[int, Row]:
    with held.house.books.reading() as books, held.house.store.reading() as connection:
        found = session_of(books, connection, MORNING, held.house.rules.attending)
    assert found
    return found.rows


def test_a_list_that_arrives_in_pieces_is_written_like_the_whole(held: Held, clock: Clock) -> None:
    """Team leaders send what waits again and again, and the server answers how much of it was new."""
    sitting = held.sitting(HALL)
    lines = [Written(cadre, Mark.PRESENT, clock.at_ms, f"dòng {cadre}") for cadre in held.cadres.values()]
    writer = Writer(1, "Tổ trưởng", How.TEAM)
    sent: Callable[[list[Written]], int] = lambda some: write(held.house.store, sitting, writer, some, clock.at_ms)  # noqa: E731
    assert [sent(lines[:3]), sent(lines[2:5]), sent(lines), sent(lines[::-1])] == [3, 2, len(lines) - 5, 0]
    assert sum(row.how is How.TEAM for row in sheet(held).values()) == len(lines)
