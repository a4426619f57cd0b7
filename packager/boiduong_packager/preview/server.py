"""`boiduong preview`: the built packages under a strict stand-in for an LMS, on this computer only."""

import errno
import sys
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from boiduong_vocabulary.problem import Severity

from boiduong_packager.preview.gate import Gate
from boiduong_packager.preview.routes import Preview
from boiduong_packager.preview.shelf import Build, Shelf
from boiduong_packager.preview.state import StateStore
from boiduong_packager.preview.watch import Snapshot, snapshot, watch

HOST = "127.0.0.1"
DOCUMENTS = "van-ban.toml"
"""The register of legal documents beside the programs: a build reads it too."""
_PATIENCE = 0.5
"""Seconds; Windows hears Ctrl+C only between two waits."""


class _Listener(ThreadingHTTPServer):
    # Elsewhere this spares a wait after a restart; on Windows it would let two servers share one port.
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class PreviewServer:
    """Builds once, then serves and rebuilds on every save until closed. Raises OSError when the port is taken.

    `build` makes the packages of `program` under `out`; port 0 takes any free one; `on_build` is told of each build.
    """

    def __init__(
        self, program: Path, out: Path, build: Build, port: int = 0, on_build: Callable[[Shelf], None] = lambda _: None
    ) -> None:
        self.shelf = Shelf(program, out, build)
        self._program = program
        self._out = out
        self._on_build = on_build
        self._stop = Event()
        self._watcher = Thread(target=self._watch, args=(self._look(),), name="watch", daemon=True)
        self._http = _Listener((HOST, port), Gate)
        self.port: int = self._http.server_address[1]
        self._http.RequestHandlerClass = self._gate()
        self._listener = Thread(target=self._http.serve_forever, args=(0.1,), name="serve", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"

    def start(self) -> None:
        self._rebuild()
        self._watcher.start()
        self._listener.start()

    def wait(self) -> None:
        """Until the server is closed, or the person interrupts."""
        while not self._stop.wait(_PATIENCE):
            pass

    def close(self) -> None:
        self._stop.set()
        if self._listener.is_alive():
            self._http.shutdown()
            self._watcher.join()
        self._http.server_close()

    def _gate(self) -> type[Gate]:
        names = [HOST, "localhost"]
        known = {f"{name}:{self.port}" for name in names} | (set(names) if self.port == 80 else set())
        preview = Preview(self.shelf, StateStore(self.shelf.folder / ".preview"), self._watcher.is_alive)
        return type("ProgramGate", (Gate,), {"preview": preview, "hosts": frozenset(known)})

    def _look(self) -> Snapshot:
        return snapshot(self._program, self._out) | snapshot(self._program.parent / DOCUMENTS)

    def _watch(self, known: Snapshot) -> None:
        watch(self._look, known, self._stop, lambda _: self._rebuild())

    def _rebuild(self) -> None:
        self.shelf.rebuild()
        self._on_build(self.shelf)


def serve(program: Path, out: Path, port: int, build: Build) -> int:
    """Preview `program` until interrupted; the exit code (2 when the port is taken)."""
    try:
        server = PreviewServer(program, out, build, port, _report)
    except OSError as error:
        print(_port_trouble(error, port), file=sys.stderr)
        return 2
    try:
        server.start()
        print(f"Mở {server.url} trong trình duyệt. Lưu tệp là trang tự dựng lại. Dừng: Ctrl+C", flush=True)
        server.wait()
    except KeyboardInterrupt:
        print()
    finally:
        server.close()
    return 0


def _port_trouble(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: --port {port + 1}"
    return f"Không mở được cổng {port} ({error.strerror}). Chọn cổng khác: --port 8145"


def _report(shelf: Shelf) -> None:
    for problem in shelf.problems:
        print(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in shelf.problems)
    when = f"{shelf.built_at:%H:%M:%S}" if shelf.built_at else ""
    counts = f"{errors} lỗi, {len(shelf.problems) - errors} cảnh báo"
    print(f"{when} {shelf.trouble or ('Chưa dựng được' if shelf.failed else 'Đã dựng')}: {counts}", flush=True)
