"""Quick pages take turns, and no other page holds them up."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from boiduong_server.serving.turns import Turns

ENOUGH_S = 10


class Task:
    """A connection with one request, which is answered once it is let go."""

    def __init__(self, path: str) -> None:
        self.requests = [SimpleNamespace(path=path)]
        self.begun, self.go, self.done = threading.Event(), threading.Event(), threading.Event()

    def service(self) -> None:
        self.begun.set()
        self.go.wait(ENOUGH_S)
        self.done.set()


@pytest.fixture
def turns() -> Iterator[Turns]:
    made = Turns(2)
    yield made
    assert made.shutdown()


@pytest.mark.parametrize(
    ("first", "second", "beside"),
    [
        ("/D/CFHJKCFHJKM", "/diem-danh/ghi", False),
        ("/diem-danh", "/buoi/CFHJK/tinh-hinh", False),
        ("/buoi/CFHJK/ma", "/buoi/CFHJK/ghi", False),
        ("/buoi/CFHJK/ket-qua.xlsx", "/D/CFHJKCFHJKM", True),
        ("/D/CFHJKCFHJKM", "/don-vi", True),
        ("/don-vi", "/lop/DD1/diem-danh", True),
    ],
)
def test_is_answered_beside(turns: Turns, first: str, second: str, beside: bool) -> None:
    tasks = [Task(first), Task(second)]
    for task in tasks:
        turns.add_task(task)
    assert tasks[0].begun.wait(ENOUGH_S)
    assert tasks[1].begun.wait(ENOUGH_S if beside else 0.1) is beside
    for task in tasks:
        task.go.set()
        assert task.done.wait(ENOUGH_S)
