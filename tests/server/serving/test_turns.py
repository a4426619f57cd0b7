"""Quick pages take turns, and no other page holds them up."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from boiduong_server.serving.turns import InTurn

ENOUGH_S = 10


class Desk:
    """Answers once it is let go; `inside` are the paths that are being answered."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.come, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        del start_response
        self.inside.append(environ["PATH_INFO"])
        self.come.release()
        self.go.wait(ENOUGH_S)
        return []


@pytest.mark.parametrize(
    ("first", "second", "beside"),
    [
        ("/D/CFHJKCFHJKM", "/diem-danh/ghi", False),
        ("/diem-danh", "/buoi/CFHJK/tinh-hinh", False),
        ("/buoi/CFHJK/ma", "/buoi/CFHJK/ghi", False),
        ("/buoi/CFHJK/ket-qua.xlsx", "/D/CFHJKCFHJKM", True),
        ("/D/CFHJKCFHJKM", "/don-vi", True),
        ("/don-vi", "/lop/DD1", True),
    ],
)
def test_is_answered_beside(first: str, second: str, beside: bool) -> None:
    desk = Desk()
    turns = InTurn(desk)
    threads = [threading.Thread(target=turns, args=({"PATH_INFO": path}, None)) for path in (first, second)]
    for number, thread in enumerate(threads):
        thread.start()
        assert desk.come.acquire(timeout=ENOUGH_S if number == 0 or beside else 0.1) is (number == 0 or beside)
    assert desk.inside == ([first, second] if beside else [first])
    desk.go.set()
    for thread in threads:
        thread.join(ENOUGH_S)
    assert desk.inside == [first, second]
