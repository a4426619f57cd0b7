"""A large log read by two processes at once: reading is work of the processor, and Python does one thing at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, signal

from boiduong_exporter.logs.portion import Portion
from boiduong_exporter.logs.reading import Log, Stretch
from boiduong_exporter.study.errors import StudyError

LARGE = 128 * 1024 * 1024
"""From this size on in bytes: below it, starting a process takes what it saves."""


def read_portion(log: Log, large: int = LARGE) -> Portion:
    """All that a log says, the same however it is read.

    Raises OSError where it cannot be read, StudyError where the second process comes to no end.
    """
    halves = log.cut(log.size // 2) if log.size >= large else None
    if halves is None:
        return log.portion()
    first, second = halves
    with _elsewhere(second) as rest:
        portion = first.portion()
        portion.join(rest())
    return portion


@contextmanager
def _elsewhere(stretch: Stretch) -> Iterator[Callable[[], Portion]]:
    """Read it in a new process, which does not outlive this block; the portion is waited for when it is asked for.
    (Not a pool, whose processes outlive a parent that was killed.)"""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(stretch, there), daemon=True)
    process.start()
    there.close()  # else the end of the process would not show
    try:
        yield lambda: _told(here)
    finally:
        process.kill()
        process.join()
        here.close()


def _tell(stretch: Stretch, there: Connection) -> None:
    signal(SIGINT, SIG_IGN)  # Ctrl+C is for the first process, which ends this one
    try:
        found: Portion | OSError = stretch.portion()
    except OSError as error:
        found = error
    with suppress(BrokenPipeError):  # nobody is left to tell
        there.send(found)


def _told(here: Connection) -> Portion:
    try:
        found: Portion | OSError = here.recv()
    except (EOFError, OSError):  # nothing came, or not all of it
        message = "việc đọc nhật ký bị dừng giữa chừng, có thể vì máy thiếu bộ nhớ; chưa có gì được ghi vào sổ"
        raise StudyError(message, "đóng bớt chương trình khác rồi nhập lại nhật ký này") from None
    if isinstance(found, OSError):
        raise found
    return found
