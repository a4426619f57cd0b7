"""Who reads a code: the account, the telephone, and how often either may guess."""

import re
import secrets

from boiduong_records.enrolment import classes_of
from boiduong_records.merging import people_of, roots
from flask import Response, current_app, g, request

from boiduong_server.accounts.limits import Limit, Try, forgive, said, take, wait_of
from boiduong_server.attending import stamps
from boiduong_server.attending.scanning import Reader
from boiduong_server.attending.stamps import Stamp
from boiduong_server.desk.access import account, house
from boiduong_server.desk.running import writer

_DEVICE = "__Host-boiduong-doc"
_DEVICE_SECONDS = 365 * 24 * 3600
_NONCE = re.compile(r"[0-9a-f]{32}")


def is_learner() -> bool:
    """Whether who asks has entered with the account of a cadre."""
    return bool(g.get("entered")) and account().cadre is not None


def reader() -> Reader | None:
    """Who asks, as somebody who reads codes; None where nobody has entered, or no cadre. The books are asked for
    no more than whose files these are and where they are enrolled."""
    cadre = account().cadre if g.get("entered") else None
    if cadre is None:
        return None
    with house().books.reading() as books:
        root = roots(books).get(cadre, cadre)
        classes = classes_of(books, people_of(books, root))
    return Reader(account().user, root, frozenset(classes), writer(), _device())


def is_nonce(text: str) -> bool:
    return _NONCE.fullmatch(text) is not None


# The telephone --------------------------------------------------------------------------------------------------------


def _device() -> str:
    found = request.cookies.get(_DEVICE, "")
    return found if is_nonce(found) else ""


def know_device(response: Response) -> Response:
    """The browser gets a random name, so that a monitor sees which people used one telephone. No more than that is read
    from it."""
    if not _device():
        response.set_cookie(
            _DEVICE, secrets.token_hex(16), max_age=_DEVICE_SECONDS, secure=True, httponly=True, samesite="Lax"
        )  # fmt: skip
    return response


# Stamps ---------------------------------------------------------------------------------------------------------------


def sign(stamp: Stamp) -> str:
    return stamps.signed(_secret(), stamp)


def stamp_of(text: str) -> Stamp | None:
    """The stamp that this server signed."""
    return stamps.read(_secret(), text)


def _secret() -> str | bytes:
    assert current_app.secret_key
    return current_app.secret_key


# Guesses --------------------------------------------------------------------------------------------------------------


def wait() -> str:
    """How long to wait before the next code, in words; empty where it may be tried now."""
    now_ms = house().now_ms()
    with house().store.reading() as connection:
        ms = wait_of(connection, _limits(), now_ms)
    return said(ms) if ms else ""


def miss() -> Try:
    """A code was wrong: that is held against who tried it."""
    now_ms = house().now_ms()
    return house().store.write(lambda connection: take(connection, _limits(), now_ms))


def hit() -> None:
    """A code was right: what was wrong before was a slip of the finger."""
    if g.get("entered"):
        house().store.write(lambda connection: forgive(connection, _limits(), Try(0)))


def _limits() -> tuple[Limit, ...]:
    """A good code is one of a million and a half. Whoever has entered answers for oneself; the others together, for a
    hall of 400 lies behind one address, and two seconds are all that one of them can cost the rest."""
    if g.get("entered"):
        return (Limit(f"ma|{account().user}", 20, 5_000, 60_000),)
    return (Limit(f"|ma|{request.remote_addr or ''}", 1_000, 2_000, 2_000),)
