"""The codes' page: what the hall sees. It holds the codes of the whole session, to go on without a connection: so
it opens to those alone who run the sitting."""

from flask import Blueprint, render_template, request

from boiduong_server.attending.codes import code_of, codes_from, period_at
from boiduong_server.attending.counts import present_at
from boiduong_server.attending.sittings import Sitting
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.qr_codes import drawings
from boiduong_server.desk.running import RUNNERS, run_now

BLUEPRINT = Blueprint("screen", __name__)
AHEAD = 40
"""So many QR codes are drawn for one request: ten minutes."""


@BLUEPRINT.get("/buoi/<public>/man-hinh")
@allow(*RUNNERS)
def screen(public: str) -> str:
    sitting = run_now(public)
    first, last = periods(sitting)
    with house().store.reading() as store:
        present = present_at(store, sitting)
    return render_template(
        "screen/screen.html", sitting=sitting, said=sitting.slot.said, present=present, first=first,
        now_ms=house().now_ms(),
        codes="".join(codes_from(sitting.key, first, last - first + 1)), host=house().application_host,
    )  # fmt: skip


@BLUEPRINT.get("/buoi/<public>/ma")
@allow(*RUNNERS)
def codes(public: str) -> dict[str, object]:
    """How the sitting stands, in JSON, for the page to ask every few seconds; with `tu` and `den`, numbers of periods,
    also the codes of these and their QR codes: forty at the most, and none beyond the session's hours.

    `drawings` are the modules of each QR code, row by row, eight in a byte, in base64; it is square.
    """
    sitting, asked = run_now(public), request.args
    with house().store.reading() as store:
        present = present_at(store, sitting)
    first, last = periods(sitting)
    first = max(first, asked.get("tu", first, int))
    last = min(last, first + AHEAD - 1, asked.get("den", first - 1, int))
    wanted = range(first, last + 1)
    made = [code_of(sitting.key, each) for each in wanted]
    return {
        "opened": sitting.opened_ms is not None, "closed": sitting.closed_ms is not None, "present": present,
        "headcount": sitting.headcount, "now_ms": house().now_ms(), "first": first, "codes": made,
        "drawings": [*drawings(address_of(sitting), made)],
    }  # fmt: skip


def periods(sitting: Sitting) -> tuple[int, int]:
    """The numbers of the first and the last whose code may be shown."""
    return period_at(sitting.from_ms), period_at(sitting.to_ms)


def address_of(sitting: Sitting) -> str:
    """What QR codes say before the code: capitals, which they hold in fewer modules. Hosts and schemes are the same in
    both."""
    return f"{house().application.upper()}/D/{sitting.public}"
