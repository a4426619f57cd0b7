"""The second step of entering: codes of an authenticator (TOTP, RFC 6238), and recovery codes on paper."""

import base64
import hashlib
import hmac
import json
import secrets

from pyotp import TOTP, random_base32
from sqlalchemy import Connection, select, update

from boiduong_server.tables import USER

ISSUER = "Bồi dưỡng cán bộ"
_STEP_MS = 30_000
_DRIFT = 1
"""Steps that a telephone's clock may be wrong by, either way."""
_CODES = 8
_BYTES = 10


def begin_second(connection: Connection, user: int) -> str:
    """A fresh secret, not valid until a code of it is shown; one that was not confirmed is forgotten."""
    secret = random_base32()
    connection.execute(
        update(USER).where(USER.c.id == user, USER.c.second_step.is_(None)).values(second_secret=secret)
    )  # fmt: skip
    return secret


def address_of(secret: str, code: str) -> str:
    """What the QR code says to an authenticator."""
    return TOTP(secret).provisioning_uri(name=code, issuer_name=ISSUER)


def confirm_second(connection: Connection, user: int, step: int) -> list[str]:
    """The second step stands from now on; its recovery codes, which are kept nowhere else."""
    codes = [_recovery_code() for _ in range(_CODES)]
    connection.execute(
        update(USER)
        .where(USER.c.id == user)
        .values(second_step=step, recovery=json.dumps([_digest(code) for code in codes]))
    )  # fmt: skip
    return codes


def step_of(secret: str, code: str, now_ms: int) -> int | None:
    """The step whose code this is, among those that may be now."""
    digits, now = "".join(code.split()), now_ms // _STEP_MS
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if hmac.compare_digest(TOTP(secret).generate_otp(step).encode(), digits.encode()):
            return step
    return None


def passes(connection: Connection, user: int, code: str, now_ms: int) -> bool:
    """Whether the code opens the second step. Each opens once: a code that was taken, and older ones, do not."""
    row = connection.execute(select(USER.c.second_secret, USER.c.second_step).where(USER.c.id == user)).one()
    step = step_of(row.second_secret, code, now_ms)
    if step is None:
        return _recovers(connection, user, code)
    if step <= row.second_step:
        return False
    connection.execute(update(USER).where(USER.c.id == user).values(second_step=step))
    return True


def _recovers(connection: Connection, user: int, code: str) -> bool:
    left: list[str] = json.loads(
        connection.execute(select(USER.c.recovery).where(USER.c.id == user)).scalar_one() or "[]"
    )
    digest = _digest(code)
    if digest not in left:
        return False
    left.remove(digest)
    connection.execute(update(USER).where(USER.c.id == user).values(recovery=json.dumps(left)))
    return True


def _recovery_code() -> str:
    """Eighty bits as four groups of four letters and digits."""
    text = base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
