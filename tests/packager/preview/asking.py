"""How the tests ask the preview: as a browser and scorm-again do."""

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from boiduong_packager.preview.server import PreviewServer


def ask(server: PreviewServer, path: str, method: str = "GET", body: str | None = None, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def post(server: PreviewServer, path: str, message: dict[str, Any], **headers: str) -> Any:
    return json.loads(ask(server, path, "POST", json.dumps(message), **headers).read())


def commit(server: PreviewServer, launch: int, sequence: int, total: str, **headers: str) -> Any:
    core = {"lesson_status": "incomplete", "exit": "suspend", "total_time": total, "session_time": "00:00:30"}
    message = {"cmi": {"core": core, "suspend_data": "trang-3"}, "commitSequence": sequence}
    return post(server, f"/luu/scorm12/mo-dau?lan={launch}", message, **headers)
