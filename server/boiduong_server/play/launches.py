"""From the token in an address to the launch that it was minted for."""

from typing import cast

from flask import current_app

from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.study.launches import LiveLaunch, find_launch

_MOST = 20_000
"""Senders that a process remembers."""


def house() -> House:
    """What this application was made with."""
    return cast(House, current_app.extensions["house"])


def launch(token: str) -> LiveLaunch:
    """The launch of this token, stale ones too.

    Raises ServerError (404) for a token that was never minted.
    """
    with house().store.reading() as connection:
        found = find_launch(connection, token)
    if found is None:
        raise ServerError("phiên học này không còn", "mở lại bài từ trang «Của tôi»", 404)
    return found


def sender(token: str) -> LiveLaunch:
    """The launch of this token as it was when this process met it first: who sends, and into which attempt, never
    changes. Whether it may still send is asked of the tables, by whoever keeps what it sends.

    Raises ServerError (404) for a token that was never minted.
    """
    met: dict[str, LiveLaunch] = current_app.extensions["senders"]
    found = met.get(token)
    if found is None:
        if len(met) >= _MOST:
            met.clear()
        found = met[token] = launch(token)
    return found
