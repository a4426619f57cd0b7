"""Asks the server of the books for one person's days: within two seconds, or there is no answer.

The address and the token stand in the platform's settings. The token goes to that one server alone: over https, or
within this machine; no redirect is followed and no proxy is used. Whatever comes back is held against the shape that
docs/operations.md promises; anything else is no answer, and the platform's log says why, without the token.
"""

import logging
import re
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from threading import BoundedSemaphore, Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

from boiduong_xblocks.owed.figures import is_about_nobody, parsed, shape
from boiduong_xblocks.words import marked

PATIENCE_S = 2.0
"""How long a request of a learner may wait for the server in all."""
REST_MS = 60_000
"""How long a server that did not answer is left alone."""
SYSTEM = "Open edX"
"""What the books call the system whose accounts these are (boiduong_exporter.imports.accounts.SYSTEMS)."""
_LONGEST = 64 << 10
_AT_ONCE = 4
_PATH = "/api/v1/ngay"
_TAG = r'(W/)?"[!#-~]{1,200}"'
_LOG = logging.getLogger(__name__)

NOT_SET = marked('chưa khai XBLOCK_SETTINGS["boiduong"] trong cấu hình của nền tảng')
NO_ADDRESS = marked(
    "«server» phải là địa chỉ https:// của máy chủ sổ theo dõi bồi dưỡng, không có gì sau tên máy và cổng"
)
NO_TOKEN = marked("«token» phải là mã truy cập do «boiduong account token» cấp")
RESTS = marked("máy chủ vừa không trả lời, một phút sau mới hỏi lại")
BUSY = marked("đang hỏi nhiều lượt cùng lúc, thử lại sau ít giây")
SLOW = marked("máy chủ không trả lời xong trong 2 giây")
REFUSED = marked("máy chủ không nhận mã truy cập; xem lại «token»")
ELSEWHERE = marked("máy chủ chỉ sang địa chỉ khác; khai đúng địa chỉ ấy ở «server»")
NOT_OURS = marked("nơi trả lời không phải máy chủ sổ theo dõi bồi dưỡng, hoặc là bản khác; xem lại «server»")
BROKEN = marked("máy chủ báo lỗi của chính nó")
UNREACHED = marked("không nối được tới máy chủ; xem lại «server», đường mạng và chứng chỉ")


@dataclass(frozen=True)
class Server:
    """Where the books answer, as "https://hoc.tinh.example", and the token that opens them."""

    address: str
    token: str = field(repr=False)

    def connection(self) -> HTTPConnection:
        """One that is not open yet."""
        parts = urlsplit(self.address)
        kind, port = (HTTPSConnection, 443) if parts.scheme == "https" else (HTTPConnection, 80)
        return kind(parts.hostname or "", parts.port or port, timeout=PATIENCE_S)


class Outcome(Enum):
    """What asking came to."""

    TOLD = auto()
    SAME = auto()
    """What was told under this tag still holds."""
    NOBODY = auto()
    """The books have no such account, or the token does not open it."""
    SILENT = auto()
    """No answer: why is in `why`, in words for an operator."""


@dataclass(frozen=True)
class Heard:
    """`said` is the answer (figures.shape), `tag` its ETag; both only where something was told."""

    outcome: Outcome
    said: dict[str, Any] | None = None
    tag: str = ""
    why: str = ""


def server_of(bucket: object) -> Server | str:
    """The server that the settings name, or what is wrong with them.

    `bucket` is {"server": "https://hoc.tinh.example", "token": "bd_…"}; plain http is for this machine alone.
    """
    if not isinstance(bucket, dict) or not (bucket.get("server") or bucket.get("token")):
        return NOT_SET
    address, token = bucket.get("server"), bucket.get("token")
    if not isinstance(address, str) or not _may_have_tokens(address.strip()):
        return NO_ADDRESS
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]{1,500}", token):
        return NO_TOKEN
    return Server(address.strip().rstrip("/"), token)


def _may_have_tokens(address: str) -> bool:
    """Whether it is an address of nothing but scheme, host and port, and the way there is safe."""
    try:
        found = urlsplit(address)
        port_is_sound = found.port != 0
    except ValueError:
        return False
    host = found.hostname or ""
    bare = found.path in ("", "/") and not (found.query or found.fragment or "@" in found.netloc)
    safe = found.scheme == "https" or (found.scheme == "http" and _is_this_machine(host))
    return bare and safe and port_is_sound and bool(re.fullmatch(r"[a-z0-9.:-]+", host))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# Asking ---------------------------------------------------------------------------------------------------------------

_slots = BoundedSemaphore(_AT_ONCE)
_silent_ms: dict[Server, int] = {}
"""When a server did not answer this process."""


def ask(server: Server, names: Sequence[str], tag: str, now_ms: int) -> Heard:
    """The days of the one person whom `names`, a login and an e-mail address, mean. A server that was silent is left
    alone for a minute."""
    if 0 <= now_ms - _silent_ms.get(server, now_ms + 1) < REST_MS:
        return Heard(Outcome.SILENT, why=RESTS)
    return ask_now(server, names, tag, now_ms)


def ask_now(server: Server, names: Sequence[str], tag: str, now_ms: int) -> Heard:
    """The same, also of a server that was silent: for an operator who tries the settings."""
    until = monotonic() + PATIENCE_S
    if _slots.acquire(timeout=PATIENCE_S):
        query = urlencode([*(("tai-khoan", name) for name in names), ("he", SYSTEM)])
        heard = _Call(server, f"{_PATH}?{query}", tag).heard(until)
    else:
        heard = Heard(Outcome.SILENT, why=BUSY)
    if heard.outcome is Outcome.SILENT:
        _silent_ms[server] = now_ms
    else:
        _silent_ms.pop(server, None)
    return heard


class _Call:
    """One request, in a thread of its own: a socket's timeout bounds neither the look-up of a name nor an answer that
    drips. The slot that it holds is free again when the thread ends, which hanging up brings about."""

    def __init__(self, server: Server, path: str, tag: str) -> None:
        self._connection = server.connection()
        self._server, self._path = server, path
        self._headers = {"Authorization": f"Bearer {server.token}", "Accept": "application/json"}
        self._headers |= {"If-None-Match": tag} if tag else {}
        self._socket: socket.socket | None = None
        self._ended, self._given_up = Event(), Event()
        self._heard = Heard(Outcome.SILENT, why=BROKEN)

    def heard(self, until: float) -> Heard:
        """The answer, where it is whole at the monotonic moment `until`."""
        try:
            Thread(target=self._run, name="boiduong-days", daemon=True).start()
        except RuntimeError:  # the process may have no more threads
            _slots.release()
            return Heard(Outcome.SILENT, why=BUSY)
        if self._ended.wait(until - monotonic()):
            return self._heard
        self._hang_up()
        _LOG.warning("%s: no whole answer within %s s", self._server.address, PATIENCE_S)
        return Heard(Outcome.SILENT, why=SLOW)

    def _hang_up(self) -> None:
        self._given_up.set()
        if self._socket:
            with suppress(OSError):
                # Not SSLSocket's own, which takes the encryption away from under the thread that reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _run(self) -> None:
        try:
            self._heard = self._exchange()
        except TimeoutError:  # of the socket, which may come just before whoever waits here gives up
            self._heard = self._silent(SLOW, "no answer in time")
        except OSError as error:  # certificates, names and connections; the message has nothing that was sent
            self._heard = self._silent(UNREACHED, f"{type(error).__name__}: {error}")
        except HTTPException as error:  # quotes what came, which may be what was sent
            self._heard = self._silent(NOT_OURS, type(error).__name__)
        finally:
            self._connection.close()
            _slots.release()
            self._ended.set()

    def _exchange(self) -> Heard:
        self._connection.connect()
        self._socket = self._connection.sock  # the connection lets go of it where an answer has no length
        if self._given_up.is_set():
            return self._heard
        self._connection.request("GET", self._path, headers=self._headers)
        answer = self._connection.getresponse()
        return self._read(answer, answer.read(_LONGEST + 1))

    def _read(self, answer: HTTPResponse, body: bytes) -> Heard:
        if answer.status == HTTPStatus.NOT_MODIFIED and "If-None-Match" in self._headers:
            return Heard(Outcome.SAME)
        is_json = len(body) <= _LONGEST and answer.headers.get_content_type() == "application/json"
        said = parsed(body) if is_json else None
        if answer.status == HTTPStatus.OK and (told := shape(said)):
            tag = answer.headers.get("ETag", "")
            return Heard(Outcome.TOLD, told, tag if re.fullmatch(_TAG, tag) else "")
        if answer.status == HTTPStatus.NOT_FOUND and is_about_nobody(said):
            return Heard(Outcome.NOBODY)
        return self._silent(_why(answer.status), f"status {answer.status}, {len(body)} bytes, not what was expected")

    def _silent(self, why: str, detail: str) -> Heard:
        if not self._given_up.is_set():
            _LOG.warning("%s: %s", self._server.address, detail)
        return Heard(Outcome.SILENT, why=why)


def _why(status: int) -> str:
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return REFUSED
    if status // 100 == 3:
        return ELSEWHERE
    return BROKEN if status // 100 == 5 else NOT_OURS
