"""The workbench as a server of one folder, for people and for tests."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tools.openedx.units import Course, write_course

SETTINGS = "tools.openedx.settings"
THREADS = 8


def lay_out(folder: Path, course: Course, media: dict[str, bytes]) -> None:
    """The folder with this course in it; what people have done there stays."""
    (folder / "media").mkdir(parents=True, exist_ok=True)
    for name, content in media.items():
        (folder / "media" / name).write_bytes(content)
    write_course(folder, course)


def serve(folder: Path, port: int, ready: Callable[[str], None]) -> None:
    """Answers at 127.0.0.1:`port` (0: a free one) until SIGTERM or SIGINT; `ready` is told the address.

    Raises OSError when the port is taken; what is wrong with a unit breaks off before anything is answered."""
    listening = socket.create_server(("127.0.0.1", port))
    application = _application(folder)
    from waitress import create_server  # noqa: PLC0415

    server = create_server(application, sockets=[listening], threads=THREADS, server_name="127.0.0.1")
    signal.signal(signal.SIGTERM, _leave)
    ready(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server.run()  # which ends at SystemExit and KeyboardInterrupt


def _application(folder: Path) -> object:
    os.environ["BOIDUONG_OPENEDX_FOLDER"] = str(folder.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # noqa: PLC0415  (only now are its settings known)
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    from tools.openedx.urls import SCENARIOS  # noqa: PLC0415

    SCENARIOS()
    return get_wsgi_application()


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
