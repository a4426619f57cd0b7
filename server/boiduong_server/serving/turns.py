"""What thousands of telephones, screens and lists ask for within minutes is answered one after another.

Each answer takes milliseconds of Python, which runs one thread at a time: several threads would hand the interpreter to
one another at every row that SQLite gives. Measured with 140 requests a second on two cores (tools/bench_attending.py),
eight threads were overloaded and answered after seconds, where one alone did within 200 ms. Any other page, which may
take its time, is made beside them.
"""

import re
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from boiduong_server.serving.hosts import Environ, Wsgi

_QUICK = re.compile(r"/D(/.*)?|/diem-danh(/.*)?|/buoi/[^/]+/(ma|tinh-hinh|ghi)")


class InTurn:
    """The application, with its quick pages in turn."""

    def __init__(self, desk: Wsgi) -> None:
        self._desk = desk
        self._turn = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _QUICK.fullmatch(environ["PATH_INFO"]):
            return self._desk(environ, start_response)
        with self._turn:
            return self._desk(environ, start_response)
