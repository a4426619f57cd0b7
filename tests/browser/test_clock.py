"""The clock's rule as tables: what happened at which second, and which seconds count."""

import pytest
from playwright.sync_api import Page

Event = tuple[float, str] | tuple[float, str, float]
Spans = list[tuple[float, float]]

RUN = """async (events) => {
  const { createClock } = await import("/player/clock.js");
  const clock = createClock();
  for (const [second, act, amount] of events) clock[act](second * 1000, amount * 1000);
  const spans = clock.spans();
  return { spans: spans.map((span) => [span.start / 1000, span.end / 1000]), rest: clock.rest(),
           total: clock.total() / 1000, claimed: spans.filter((span) => span.claimed).length };
}"""


def ticks(start: int, end: int, every: int = 1) -> list[Event]:
    return [(second, "tick") for second in range(start, end + 1, every)]


def run(page: Page, *events: Event) -> dict[str, object]:
    answer: dict[str, object] = page.evaluate(RUN, [[*event, 0][:3] for event in events])
    return answer


CASES: dict[str, tuple[list[Event], Spans]] = {
    "opening alone is worth nothing": ([(0, "show")], []),
    "a beat vouches for the time since the opening": ([(0, "show"), *ticks(1, 30)], [(0, 30)]),
    "nothing after the last sign counts": ([(0, "show"), *ticks(1, 59)], [(0, 30)]),
    "hiding is a sign": ([(0, "show"), *ticks(1, 10), (10, "hide")], [(0, 10)]),
    "an idle page earns two minutes": ([(0, "show"), *ticks(1, 900)], [(0, 120)]),
    "idleness is found though nobody looked when it began": (
        [(0, "show"), *ticks(30, 90, 30), (3600, "tick")],
        [(0, 120)],
    ),
    "a sleeping computer earns at most 35 s": ([(0, "show"), *ticks(1, 30), (9000, "tick")], [(0, 65)]),
    "a late beat vouches for at most 35 s": ([(0, "show"), (100, "tick")], [(0, 35)]),
    "input keeps the run open": ([(0, "show"), *ticks(1, 100), (100, "input"), *ticks(101, 219)], [(0, 210)]),
    "input after a pause opens a new run": (
        [(0, "show"), *ticks(1, 300), (300, "input"), *ticks(301, 330)],
        [(0, 120), (300, 330)],
    ),
    "hidden time never counts": (
        [(0, "show"), *ticks(1, 20), (20, "hide"), *ticks(21, 500), (500, "show"), *ticks(501, 530)],
        [(0, 20), (500, 530)],
    ),
    "input on a hidden page is no sign": ([(0, "show"), (5, "hide"), (6, "input"), *ticks(7, 90)], [(0, 5)]),
    "media counts without input": ([(0, "show"), (10, "play"), *ticks(11, 400), (400, "pause")], [(0, 400)]),
    "media counts for ten minutes without input": ([(0, "show"), (0, "play"), *ticks(1, 2000)], [(0, 600)]),
    "an answer lets the media count again": (
        [(0, "show"), (0, "play"), *ticks(1, 700), (700, "input"), *ticks(701, 760)],
        [(0, 600), (700, 760)],
    ),
    "the end of a film long after the last input ends the run": (
        [(0, "show"), (0, "play"), *ticks(1, 300), (300, "pause"), *ticks(301, 500)],
        [(0, 300)],
    ),
    "a short film leaves the reader the rest of two minutes": (
        [(0, "show"), (0, "play"), *ticks(1, 50), (50, "pause"), *ticks(51, 300)],
        [(0, 120)],
    ),
    "showing twice opens one run": ([(0, "show"), (10, "show"), *ticks(11, 30)], [(0, 30)]),
}


@pytest.mark.parametrize(("events", "spans"), CASES.values(), ids=CASES.keys())
def test_the_rule_holds(modules: Page, events: list[Event], spans: Spans) -> None:
    answer = run(modules, *events)
    assert answer["spans"] == [list(span) for span in spans]
    assert answer["total"] == sum(end - start for start, end in spans)


READ_CASES: dict[str, tuple[list[Event], Spans]] = {
    "at most the section's reading time": (
        [(0, "show"), *ticks(1, 600), (600, "read", 90)],
        [(0, 120), (510, 600)],
    ),
    "at most the wall time since the last sign": (
        [(0, "show"), *ticks(1, 150), (150, "read", 90)],
        [(0, 120), (120, 150)],
    ),
    "what a pointer woke a moment before is still vouched for": (
        [(0, "show"), *ticks(1, 600), (600, "input"), *ticks(601, 604), (605, "read", 60), *ticks(606, 630)],
        [(0, 120), (540, 600), (600, 630)],
    ),
    "nothing twice": ([(0, "show"), *ticks(1, 600), (600, "read", 90), (601, "read", 90)], [(0, 120), (510, 600)]),
    "nothing of a hidden page": ([(0, "show"), (10, "hide"), (600, "show"), (601, "read", 90)], [(0, 10)]),
    "nothing of an idle page that was then hidden": (
        [(0, "show"), *ticks(1, 300), (300, "hide"), (310, "show"), (311, "read", 90)],
        [(0, 120)],
    ),
    "nothing where signs never ceased": ([(0, "show"), *ticks(1, 60), (60, "read", 90)], [(0, 60)]),
}


@pytest.mark.parametrize(("events", "spans"), READ_CASES.values(), ids=READ_CASES.keys())
def test_read_vouches_for(modules: Page, events: list[Event], spans: Spans) -> None:
    assert run(modules, *events)["spans"] == [list(span) for span in spans]


@pytest.mark.parametrize(
    ("events", "rest"),
    [
        ([(0, "show")], ""),
        ([(0, "show"), *ticks(1, 121)], "idle"),
        ([(0, "show"), *ticks(1, 121), (122, "input")], ""),
        ([(0, "show"), (0, "play"), *ticks(1, 601)], "media"),
        ([(0, "show"), (1, "hide")], "hidden"),
    ],
)
def test_the_clock_says_why_it_stands(modules: Page, events: list[Event], rest: str) -> None:
    assert run(modules, *events)["rest"] == rest


def test_a_claim_is_told_from_a_sign(modules: Page) -> None:
    assert run(modules, (0, "show"), *ticks(1, 600), (600, "read", 90))["claimed"] == 1
