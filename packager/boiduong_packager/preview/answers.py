"""What a route answers, and how it goes over the wire: headers, byte ranges, bodies in pieces."""

import io
import json
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from boiduong_packager.page.markup import Markup
from boiduong_packager.preview.archive import media_type, open_member

HTML = "text/html; charset=utf-8"
OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For our own pages. A package gets no policy: it must bear an LMS that has none, and one that has its own."""
_PIECE = 1 << 16
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Answer:
    """`body` opens the content (the stack closes it afterwards), of which `length` bytes from `start` on are sent."""

    status: HTTPStatus
    body: Callable[[ExitStack], BinaryIO]
    length: int
    start: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    def write(self, out: BinaryIO) -> None:
        with ExitStack() as stack:
            source = self.body(stack)
            source.seek(self.start)
            left = self.length
            while left > 0 and (piece := source.read(min(_PIECE, left))):
                out.write(piece)
                left -= len(piece)


def html(page: Markup, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return data(page.encode(), HTML, status, {"Content-Security-Policy": OWN_POLICY})


def told(value: object, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """A value as JSON."""
    return data(json.dumps(value, ensure_ascii=False).encode(), "application/json", status)


def text(message: str, status: HTTPStatus) -> Answer:
    return data(f"{message}\n".encode(), "text/plain; charset=utf-8", status)


def data(
    content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, more: Mapping[str, str] | None = None
) -> Answer:
    headers = {"Content-Type": kind, **(more or {})}
    return Answer(status, lambda _: io.BytesIO(content), len(content), headers=headers)


def file(path: Path, download: bool = False) -> Answer:
    headers = {"Content-Type": media_type(path.name), "Accept-Ranges": "bytes"}
    if download:
        headers["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return Answer(
        HTTPStatus.OK, lambda stack: stack.enter_context(path.open("rb")), path.stat().st_size, headers=headers
    )


def member(package: Path, name: str) -> Answer:
    """A file of a zip. Raises KeyError when the package has none of that name."""
    with ZipFile(package) as archive:
        source, length = open_member(archive, name)
        source.close()

    def body(stack: ExitStack) -> BinaryIO:
        return stack.enter_context(open_member(stack.enter_context(ZipFile(package)), name)[0])

    return Answer(HTTPStatus.OK, body, length, headers={"Content-Type": media_type(name), "Accept-Ranges": "bytes"})


def ranged(answer: Answer, wanted: str) -> Answer:
    """The part of a whole answer that a Range header asks for; several ranges at once get the whole, as RFC 9110
    allows."""
    found = _RANGE.fullmatch(wanted.strip())
    if not found or found.groups() == ("", "") or "Accept-Ranges" not in answer.headers:
        return answer
    first, last = _bounds(found[1], found[2], answer.length)
    if first >= answer.length or first > last:
        unsatisfied = text("Ngoài phạm vi của tệp", HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        return replace(unsatisfied, headers={**unsatisfied.headers, "Content-Range": f"bytes */{answer.length}"})
    content_range = f"bytes {first}-{last}/{answer.length}"
    return replace(
        answer,
        status=HTTPStatus.PARTIAL_CONTENT,
        start=first,
        length=last - first + 1,
        headers={**answer.headers, "Content-Range": content_range},
    )


def _bounds(first: str, last: str, length: int) -> tuple[int, int]:
    """First and last byte; `-500` means the last 500."""
    if not first:
        return max(0, length - int(last)), length - 1
    return int(first), min(int(last) if last else length - 1, length - 1)
