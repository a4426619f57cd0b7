"""What fits on a sheet of A4."""

from datetime import date, timedelta

import pytest
from boiduong_exporter.templates.blocks import PAPER_WIDTH, PER_PAGE, PLACE, TEAM, Widths, blocks, row_height, widths
from boiduong_exporter.templates.enrolled import Slot
from boiduong_vocabulary.evidence import Half

LANDSCAPE_MM, MARGIN_MM = 297.0, 0.25 * 25.4


def slots(*halves: int) -> tuple[Slot, ...]:
    """So many half days on each of the following days."""
    return tuple(
        (date(2026, 3, 5) + timedelta(place), half) for place, count in enumerate(halves) for half in [*Half][:count]
    )


def total(found: Widths, count: int) -> float:
    return sum(found.people.values()) + sum(found.results.values()) + count * (found.mark + found.signature)


@pytest.mark.parametrize(
    ("days", "sizes"),
    [
        ((), [0]),
        ((2,), [2]),
        ((2, 2), [2, 2]),
        ((2, 2, 1), [4, 1]),
        ((2, 2, 2), [4, 2]),
        ((2, 2, 2, 2), [4, 2, 2]),
        ((2, 2, 2, 2, 2), [4, 4, 2]),
        ((2, 2, 2, 2, 2, 2), [4, 4, 2, 2]),
        ((1, 2, 2, 2), [3, 2, 2]),
        ((3, 3), [3, 3]),
        ((3, 3, 3), [3, 3, 3]),
    ],
)  # fmt: skip
def test_the_half_days_of_a_day_stay_together_and_the_results_have_room(
    days: tuple[int, ...], sizes: list[int]
) -> None:
    found = blocks(slots(*days))
    assert [len(block.slots) for block in found] == sizes
    assert [block.has_results for block in found] == [False] * (len(sizes) - 1) + [True]
    assert tuple(slot for block in found for slot in block.slots) == slots(*days)


def test_sheets_are_numbered_by_the_half_days_of_the_class() -> None:
    assert [block.numbers for block in blocks(slots(2, 2, 2, 2, 2))] == [(1, 4), (5, 8), (9, 10)]


@pytest.mark.parametrize("days", [(1,), (2,), (2, 2), (2, 2, 2), (2,) * 7, (3, 3, 3), (1,) * 13])
@pytest.mark.parametrize("left_out", [(), (PLACE,), (TEAM,), (PLACE, TEAM)])
@pytest.mark.parametrize("has_results", [True, False])
def test_every_signature_has_eighteen_millimetres_and_the_sheet_fits_the_paper(
    days: tuple[int, ...], left_out: tuple[str, ...], has_results: bool
) -> None:
    for block in blocks(slots(*days), has_results):
        found = widths(len(block.slots), block.has_results, left_out)
        assert 18 <= found.signature <= 22
        assert found.mark >= 17, "13:30-17:00 in nine points"
        assert total(found, len(block.slots)) == pytest.approx(PAPER_WIDTH)
    assert PAPER_WIDTH < LANDSCAPE_MM - 2 * MARGIN_MM


def test_a_class_without_sessions_has_room_for_its_results() -> None:
    assert total(widths(0, has_results=True), 0) == pytest.approx(PAPER_WIDTH)


def test_thirty_rows_and_all_that_stands_beside_them_fit_a_page_of_a4() -> None:
    points = 210 / 25.4 * 72 - (0.28 + 0.45) * 72
    one, several = row_height(1, 52, 39, 63), row_height(2, 52, 39, 63)
    assert one * PER_PAGE + 52 + 39 + 63 < points
    assert several * PER_PAGE + 39 + 63 < points
    assert several > one > 12
