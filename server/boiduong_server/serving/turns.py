"""What thousands of telephones, screens and lists ask for within minutes is answered by one thread; any other page,
which may take its time, by others beside it.

Each answer takes milliseconds of Python, which runs one thread at a time: several would hand the interpreter to one
another at every row that SQLite gives. Measured with 140 requests a second on two cores (tools/bench_attending.py),
eight threads were overloaded and answered after seconds, where one alone did within 200 ms.
"""

import re
from typing import Any

from waitress.task import ThreadedTaskDispatcher

_QUICK = re.compile(r"/D(/.*)?|/diem-danh(/.*)?|/buoi/[^/]+/(ma|tinh-hinh|ghi)")


class Turns(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Hands waitress's tasks to threads: to as many as `threads`, and one more for quick pages."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.set_thread_count(threads)
        self._quick = ThreadedTaskDispatcher()
        self._quick.set_thread_count(1)

    def add_task(self, task: Any) -> None:
        """`task` is a connection; the first of its requests is the one to be answered."""
        if _QUICK.fullmatch(task.requests[0].path):
            self._quick.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        self._quick.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))
