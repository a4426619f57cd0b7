"""What all who are in one session share. The platform keeps each of these fields as a row of its own and writes it
whole, so what learners write stands apart from what staff write, and the list lies on shelves (`roll.shelf_of`).
"""

from collections.abc import Iterator

from xblock.core import XBlockMixin
from xblock.fields import Dict, List, Scope, String

from boiduong_xblocks.hall.attending import Phase
from boiduong_xblocks.hall.roll import SHELVES, Entry, Row, Scan, Shelf, rows, shelf_of, with_scan, written
from boiduong_xblocks.moments import local
from boiduong_xblocks.tokens import new_key


class Session(XBlockMixin):
    """Shared state, and what may be done with it. Who may do it is asked elsewhere."""

    meeting = Dict(scope=Scope.user_state_summary, default={})
    """phase, opened_ms, closed_ms, sheet (how often it was closed)."""
    code_key = String(scope=Scope.user_state_summary, default="")
    entries = List(scope=Scope.user_state_summary, default=[])
    """The monitor's lines, the oldest first: see `roll.Entry`."""
    told = Dict(scope=Scope.user_state_summary, default={})
    """The last sheet that went to the books: by account a short digest of what the event said (`sheet.digest`)."""
    # Fields must stand in the class by name, each on a row of its own.
    vars().update({f"shelf_{at}": Dict(scope=Scope.user_state_summary, default={}) for at in range(SHELVES)})

    @property
    def phase(self) -> Phase:
        return Phase(self.meeting.get("phase", Phase.NEW))

    @property
    def opened_ms(self) -> int | None:
        opened: int | None = self.meeting.get("opened_ms")
        return opened

    def began_ms(self, starts_ms: int | None) -> int | None:
        """By the arrangement; where it was held on another day than arranged, when it was opened."""
        opened = self.opened_ms
        if opened is None or starts_ms is None:
            return starts_ms if opened is None else opened
        return starts_ms if local(starts_ms).date() == local(opened).date() else opened

    def shelves(self) -> Iterator[Shelf]:
        return (getattr(self, f"shelf_{at}") for at in range(SHELVES))

    def rows(self) -> list[Row]:
        return rows(self.shelves(), self.entries, self.told)

    def name_of(self, learner: str) -> str:
        """By the list or a line by hand; empty where neither names them."""
        scan = getattr(self, f"shelf_{shelf_of(learner)}").get(learner)
        lines = (each["name"] for each in reversed(self.entries) if each["learner"] == learner)
        return scan[0] if scan else next(lines, "")

    def put(self, learner: str, scan: Scan) -> bool:
        """The scan stands in the list; whether it stood there when this request began."""
        name = f"shelf_{shelf_of(learner)}"
        before = getattr(self, name)
        after = with_scan(before, learner, scan)
        if after is not before:
            setattr(self, name, after)
        return after is before

    def open(self, direction: Phase, now_ms: int) -> None:
        """Check-in or check-out. A session that was opened while nobody came, as to try it, begins anew."""
        opened = self.opened_ms
        is_anew = opened is None or (self.phase is Phase.CLOSED and not self.rows())
        self.code_key = self.code_key or new_key()
        self.meeting = {**self.meeting, "phase": str(direction), "opened_ms": now_ms if is_anew else opened}

    def write(self, entry: Entry) -> None:
        self.entries = [*self.entries, written(entry)]

    def close(self, digests: dict[str, str], now_ms: int) -> int:
        """The number of the sheet that is handed on herewith."""
        number: int = self.meeting.get("sheet", 0) + 1
        self.meeting = {**self.meeting, "phase": str(Phase.CLOSED), "closed_ms": now_ms, "sheet": number}
        self.told = digests
        return number
