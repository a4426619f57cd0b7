"""The door: who may ask, in which way, and how the answer is sent. Everything else is routes.py."""

from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import BinaryIO, ClassVar, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from boiduong_packager.preview import answers
from boiduong_packager.preview.answers import Answer
from boiduong_packager.preview.routes import GET, POST, Asked, Preview, Route, answer

LARGEST_BODY = 1 << 20
"""Bytes; a beacon carries at most 64 KiB, a commit with all interactions less than this."""


class Gate(BaseHTTPRequestHandler):
    """Answers GET, HEAD and POST of this computer's own pages; `preview` and `hosts` are set by a subclass."""

    preview: ClassVar[Preview]
    hosts: ClassVar[frozenset[str]]
    protocol_version = "HTTP/1.1"
    server_version = "boiduong"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(GET)

    def do_HEAD(self) -> None:
        self._answer(GET)

    def do_POST(self) -> None:
        self._answer(POST)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  (the standard library's name)
        """Silence: the terminal belongs to what the author must know."""

    def _answer(self, routes: dict[str, Route]) -> None:
        refusal = self._refusal()
        if refusal:
            self.close_connection = True  # its body was not read
            self._send(refusal)
            return
        name, asked = self._asked()
        whole = answer(self.preview, routes, name, asked)
        wanted = self.headers.get("Range", "")
        self._send(answers.ranged(whole, wanted) if wanted and self.command == "GET" else whole)

    def _refusal(self) -> Answer | None:
        """A page of another host may ask us (DNS rebinding: by its own name; or by a form): it gets nothing."""
        if self.headers.get("Host", "") not in self.hosts:
            return answers.text("Địa chỉ này không được phục vụ", HTTPStatus.MISDIRECTED_REQUEST)
        origin = self.headers.get("Origin")
        if self.command == "POST" and origin is not None and urlsplit(origin).netloc not in self.hosts:
            return answers.text("Trang khác không được gửi đến đây", HTTPStatus.FORBIDDEN)
        if self._length() is None:
            return answers.text("Yêu cầu quá lớn hoặc không rõ độ dài", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None

    def _length(self) -> int | None:
        """Bytes of the body; None when it cannot be told, or is too much."""
        said = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not said.isdecimal() or int(said) > LARGEST_BODY:
            return None
        return int(said)

    def _asked(self) -> tuple[str, Asked]:
        address = urlsplit(self.path)
        name, *rest = [unquote(part) for part in address.path.lstrip("/").split("/")]
        body = self.rfile.read(self._length() or 0)
        return name, Asked(rest, dict(parse_qsl(address.query)), body)

    def _send(self, whole: Answer) -> None:
        self.send_response(whole.status)
        headers = {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            **whole.headers,
            "Content-Length": str(whole.length),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        with suppress(ConnectionError):  # the reader went away, as video players do
            self.end_headers()
            if self.command != "HEAD":
                whole.write(cast("BinaryIO", self.wfile))
