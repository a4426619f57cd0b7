"""The process that answers: waitress, with a door for pages and one for what players send."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from waitress.server import create_server

from boiduong_server.house import House
from boiduong_server.serving.application import make

PLAYER_THREADS = 1
"""Beats and commits are over in less than a millisecond of Python, which runs one thread at a time. Measured with 32
connections on two cores: eight threads hand the interpreter to one another some sixty times a request and answer 750
beats a second, one thread answers 2,200 with a third of the delay (tools/bench_server.py)."""
CONNECTIONS = 1_000
"""Open at once at each door, idle ones too: a proxy's for a province, or the telephones of a school without one."""


_END_SECONDS = 5
"""How long players that are still connected can hold up the end."""


@dataclass(frozen=True)
class Doors:
    """Where to listen ("127.0.0.1:8145"), for pages and for players; `threads` make pages. `proxy` is the address of
    the server in front, which is believed when it says whose request it passes on; empty: there is none."""

    pages: str
    players: str
    threads: int
    proxy: str


@contextmanager
def opened(house: House, doors: Doors) -> Iterator[Any]:
    """Both doors, the players' answering already; `run()` of the one that is given answers pages until it is stopped.

    Raises OSError where one of them cannot listen.
    """
    app = make(house)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # players queue at their one thread: that is its order
    with (
        _door(app, house, doors, doors.pages, doors.threads) as pages,
        _door(app, house, doors, doors.players, PLAYER_THREADS) as players,
    ):
        running = Thread(target=players.run, name="players", daemon=True)
        running.start()
        try:
            yield pages
        finally:
            players.trigger.pull_trigger(players.close)  # by its own loop, which may be waiting at the sockets
            running.join(_END_SECONDS)


@contextmanager
def _door(app: Any, house: House, doors: Doors, listen: str, threads: int) -> Iterator[Any]:
    trust = {"trusted_proxy": doors.proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if doors.proxy else {}
    server = create_server(
        app, listen=listen, threads=threads, ident="boiduong", url_scheme=urlsplit(house.application).scheme,
        channel_timeout=60, connection_limit=CONNECTIONS, asyncore_use_poll=True,  # select() ends at 1,024 files
        **trust,
    )  # fmt: skip
    try:
        yield server
    finally:
        server.close()
        server.task_dispatcher.shutdown()
