"""Which application answers: the host name decides, and nothing else. A package runs on the content host and can send
its requests where it likes; that no route of the application is reachable by that name is the first wall."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_ELSEWHERE = "Máy chủ này không trả lời dưới tên ấy.\n".encode()


class Hosts:
    """`application` and `content` are origins. A request by this machine's bare address is led to the application;
    under any other name there is nothing."""

    def __init__(self, application: str, desk: Wsgi, content: str, play: Wsgi) -> None:
        self._application = application
        self._rooms = {urlsplit(application).netloc: desk, urlsplit(content).netloc: play}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        host = str(environ.get("HTTP_HOST", "")).lower()
        room = self._rooms.get(host)
        if room is not None:
            return room(environ, start_response)
        if _is_this_machine(host) and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            there = f"{self._application}{_asked(environ)}"
            start_response("307 Temporary Redirect", [("Location", there), ("Content-Length", "0")])
            return []
        start_response(
            "421 Misdirected Request",
            [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(_ELSEWHERE)))],
        )
        return [_ELSEWHERE]


def _asked(environ: Environ) -> str:
    """The path and query that were asked for, as they go into an address."""
    query = environ.get("QUERY_STRING", "")
    path = quote(str(environ.get("PATH_INFO", "/")).encode("latin-1"))
    return f"{path or '/'}?{query}" if query else path or "/"


def _is_this_machine(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:  # no address, or none that could be one: "[::1"
        return False


def require_apart(application: str, content: str) -> str:
    """Why these two origins will not do, in Vietnamese; empty where they do. Cookies ignore ports, so that two ports of
    one name are one place to a package."""
    names = []
    for origin in (application, content):
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            return f"«{origin}» không phải địa chỉ như https://hoc.tinh.vn (không có đường dẫn phía sau)"
        names.append(parts.hostname)
    if names[0] == names[1]:
        return f"trang học và gói bài phải ở hai tên máy khác nhau, nay cùng là «{names[0]}»"
    if names[0].partition(".")[2] == names[1].partition(".")[2] or names[1].endswith(f".{names[0]}"):
        return ""
    return (
        f"«{names[1]}» phải là tên con của «{names[0]}», hoặc cùng tên miền với tên ấy, để gói bài còn được lưu dữ liệu"
    )
