"""The mistakes that the sample office makes, so that its walk shows how each is told and mended. Each is made in the
first row of a sheet."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tools.demo.attending import Attendee

UNREADABLE, WRONG = "L2026-08", "L2026-05"
"""The class whose sheet has a mark that cannot be read, and the one that marks someone absent who was there."""


def _late(row: Attendee) -> Attendee:
    return replace(row, marks=("đến muộn", *row.marks[1:]))


def _absent(row: Attendee) -> Attendee:
    return replace(row, marks=("v", *row.marks[1:]))


def _present(row: Attendee) -> Attendee:
    return replace(row, marks=("x", *row.marks[1:]))


def _came_late(row: Attendee) -> Attendee:
    return replace(row, marks=("8:20-11:30", *row.marks[1:]))


MISTAKES: Mapping[str, Callable[[Attendee], Attendee]] = {UNREADABLE: _late, WRONG: _absent}
CORRECTED: Mapping[str, Callable[[Attendee], Attendee]] = {UNREADABLE: _came_late, WRONG: _present}
