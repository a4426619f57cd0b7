"""Addresses in a manifest: made whole by xml:base, led to a file of the package, joined with an item's parameters."""

import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote, unquote, urlsplit

from boiduong_vocabulary.vietnamese import nfc

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE = "/!$&'()*+,;=:@~-._"
"""What a path may hold as it is (RFC 3986, 3.3)."""


class Astray(Enum):
    """Why an address names no file of the package."""

    FOREIGN = "foreign"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Address:
    """`path` is the file's name in the archive; `tail` the rest, with its `?` and `#`."""

    path: str
    tail: str = ""

    @property
    def href(self) -> str:
        return quote(self.path, safe=_SAFE) + self.tail


def file_of(href: str) -> str:
    """The file that an address within the package names."""
    return unquote(urlsplit(href).path)


def address(href: str, *bases: str) -> Address | Astray:
    """What `href` names, below its xml:bases, the outermost first (CAM 3.4.2.2: manifest, resources, resource)."""
    parts = [part.strip().replace("\\", "/") for part in (*bases, href)]
    if any(_SCHEME.match(part) or part.startswith("//") for part in parts):
        return Astray.FOREIGN
    whole = ""
    for part in parts:
        whole = part if part.startswith("/") else _folder(whole) + part
    split = urlsplit(whole)
    path = nfc(posixpath.normpath(unquote(split.path).replace("\\", "/")))
    if path.startswith(("/", "../")) or path in ("..", "."):
        return Astray.OUTSIDE
    query, fragment = (f"?{split.query}" if split.query else ""), (f"#{split.fragment}" if split.fragment else "")
    return Address(path, query + fragment)


def _folder(base: str) -> str:
    """RFC 3986, 5.2.3: what stands after the last slash of a base is not part of it."""
    return base[: base.rfind("/") + 1]


def with_parameters(found: Address, parameters: str) -> Address:
    """CAM 3.4.1.7: leading `?` and `&` go; a fragment is added only where there is none; anything else follows a `&`
    where the address has a query, a `?` where it has none."""
    rest = parameters.strip().lstrip("?&")
    if not rest:
        return found
    query, _, fragment = found.tail.partition("#")
    if rest.startswith("#"):
        return found if fragment else Address(found.path, query + rest)
    joined = f"{query}{'&' if query else '?'}{_plain(rest)}"
    return Address(found.path, joined + (f"#{fragment}" if fragment else ""))


def _plain(parameters: str) -> str:
    """Without what no address may hold; escapes stay as they are."""
    return quote(parameters, safe=_SAFE + "?%#/")
