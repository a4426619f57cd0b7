"""Who runs which sitting: the monitor whom the register names at that place, or an officer in whose care everybody of
the class is; auditors look on where they oversee the whole class. Whoever runs or looks sees the names of the roster:
an officer of one unit neither sees nor marks the people of another."""

from collections.abc import Collection

from boiduong_records.enrolment import enrolled
from flask import abort
from sqlalchemy import Connection

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import scope_of
from boiduong_server.attending.sittings import Sitting, sitting_of
from boiduong_server.desk.access import account, house
from boiduong_server.desk.class_lists import ENROLLERS
from boiduong_server.desk.monitors import monitors_at

RUNNERS = (Role.MONITOR, *ENROLLERS)
"""Who may run sittings; a monitor those of the places that bear their name."""
LOOKERS = (*RUNNERS, Role.AUDITOR)


def may_run(books: Connection, who: Account, class_code: str, place: str) -> bool:
    """Whether this account runs the sittings of this place of the class."""
    is_monitor = Role.MONITOR in who.roles and monitors_at(books, who, class_code, place)
    return is_monitor or cares_for(books, who, class_code, ENROLLERS)


def cares_for(books: Connection, who: Account, class_code: str, roles: Collection[Role]) -> bool:
    """Whether everybody of the class is, by one of these roles, in this account's care."""
    if not who.roles & {*roles}:
        return False
    cadres = scope_of(books, who, house().today, roles).cadres()
    return cadres is None or cadres.issuperset(enrolled(books, class_code))


def run_now(public: str) -> Sitting:
    """The sitting of this name, to be run by who asks; else there is no such page."""
    found = _found(public)
    with house().books.reading() as books:
        if not may_run(books, account(), found.slot.class_code, found.place):
            abort(404)
    return found


def look_at(public: str) -> tuple[Sitting, bool]:
    """The sitting of this name, to be looked at, and whether who asks runs it too."""
    found = _found(public)
    with house().books.reading() as books:
        runs = may_run(books, account(), found.slot.class_code, found.place)
        looks = runs or cares_for(books, account(), found.slot.class_code, (Role.AUDITOR,))
    if not looks:
        abort(404)
    return found, runs


def _found(public: str) -> Sitting:
    with house().store.reading() as connection:
        found = sitting_of(connection, public)
    return abort(404) if found is None else found


def writer() -> str:
    """Who asks, as lists name them."""
    return f"{account().name} ({account().code})"
