"""The content host: our frame around packages, the packages themselves, and what they commit. It knows launch tokens
and nothing else: no cookie is read or set here, so that whatever a package does, it does as nobody.

The token stands in the address of the frame. A package shares the frame's origin and may read it; therefore a token
opens the routes of its own launch alone, and no address leaves this host as a referrer.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, render_template, request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.exceptions import HTTPException

from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.play import files, frame, signs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST = 4 * 1024 * 1024
"""Bytes of one request: SCORM 2004 grants a state of 64,000 characters, and a long journal comes on top."""
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_WORDS = {
    404: ("Không tìm thấy", "Địa chỉ này không có gì, hoặc gói bài thiếu tệp này."),
    413: ("Dữ liệu quá lớn", "Gói bài gửi nhiều hơn mức máy chủ nhận."),
}
_ELSE = ("Máy chủ chưa trả lời được", "Thử lại sau ít phút.")


class _NoSession(SessionInterface):
    """Flask's own session would be a cookie."""

    def open_session(self, app: Flask, request: Request) -> None: ...

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None: ...


def create(house: House) -> Flask:
    """The application that answers under the content host's name."""
    app = Flask(__name__, static_folder=None)
    app.session_interface = _NoSession()
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.extensions["house"] = house
    app.extensions["senders"] = {}  # play/launches.py

    def closed(title: str, words: str, status: int, stale: bool = False) -> tuple[Any, int]:
        if request.method == "POST":  # scorm-again reads it
            return {"result": False, "errorCode": 101, "stale": stale}, status
        told = {"title": title, "words": words, "application": house.application, "style": files.address("frame.css")}
        return render_template("play/closed.html", **told), status

    def refused(error: ServerError) -> tuple[Any, int]:
        title = error.message_vi[:1].upper() + error.message_vi[1:]
        return closed(title, error.hint_vi, error.status, error.status == 409)

    def failed(error: HTTPException) -> tuple[Any, int]:
        status = error.code or 500
        return closed(*_WORDS.get(status, _ELSE), status)

    app.wsgi_app = _walled(app.wsgi_app, house.application)  # type: ignore[method-assign, assignment]
    app.register_error_handler(ServerError, refused)
    app.register_error_handler(HTTPException, failed)
    for room in (frame, signs, files):
        app.register_blueprint(room.BLUEPRINT)
    return app


def _walled(app: "WSGIApplication", application: str) -> "WSGIApplication":
    """What holds for every answer, whoever gives it. A service worker would stay on this host, between later learners
    and their packages: the header is the browser's own, no script can leave it out (Service Workers, «Update»)."""
    unless_said = (
        ("Content-Security-Policy", f"frame-ancestors 'self' {application}"),
        ("Cache-Control", "no-store"),
    )

    def walled(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            said = {name for name, _ in headers}
            headers += (*_ALWAYS, *(pair for pair in unless_said if pair[0] not in said))
            return start_response(status, headers, *error)

        if "HTTP_SERVICE_WORKER" in environ:
            start("403 Forbidden", [("Content-Length", "0")])
            return []
        return app(environ, start)

    return walled
