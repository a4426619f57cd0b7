"""One entry of the ledger as bytes and digests: no database, no clock, no chance.

    commitment = SHA256(salt || canonical(body))
    hash       = SHA256(prev || canonical([seq, at, kind, subject, origin, commitment, author, approver]))

`prev` is the previous entry's hash as 32 bytes. Body and salt lie outside the chain, so that they can be erased and the
chain still holds.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass

from boiduong_vocabulary.canonical import canonical
from boiduong_vocabulary.evidence import Evidence
from boiduong_vocabulary.vietnamese import nfc

from boiduong_records.errors import BooksError

GENESIS = "0" * 64
"""The hash before the first entry."""
SALT_BYTES = 16
REVERSAL, ERASED, MERGED, UNMERGED = "reversal", "erased", "merge", "unmerge"
IMPORT, REGISTERS, ENROLLED, SEATED = "import", "registers", "enrolled", "seated"
DAY_SEALED, BEATS_DISCARDED = "day_sealed", "beats_discarded"
SAMPLE = "sample"
"""The kinds of entries that the books write of themselves; the others are evidence."""
_HEAD = re.compile(r"\s*(\d+):([0-9a-fA-F]{8,64})\s*")


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone wants entered. `source` is where it came from, in words that are the same each time the same thing
    is brought: an entry whose source is known already is not entered again. A `body` in bytes is canonical already."""

    kind: str
    subject: str
    source: str
    body: bytes | dict[str, object] | Evidence
    author: str
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the chain holds of one entry."""

    seq: int
    at: int
    kind: str
    subject: str
    origin: str
    commitment: str
    author: str
    approver: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A draft with its digests, ready for a number."""

    kind: str
    subject: str
    origin: str
    commitment: str
    author: str
    approver: str
    salt: bytes
    body: str

    def numbered(self, seq: int, at: int) -> Entry:
        return Entry(seq, at, self.kind, self.subject, self.origin, self.commitment, self.author, self.approver)


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash: what is printed under a report. A hash read back may be cut short."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @property
    def short(self) -> str:
        return f"{self.seq}:{self.hash[:8]}"

    def agrees(self, hash_: str) -> bool:
        return hash_.startswith(self.hash)


def parse_head(text: str) -> Head:
    """The head in "1204:9f3a5c1e": a number and at least 8 characters of the hash.

    Raises BooksError for anything else.
    """
    match = _HEAD.fullmatch(text)
    if not match:
        raise BooksError(
            f"«{text}» không phải mã đầu sổ", "chép lại mã in trên báo cáo, dạng «1204:9f3a5c1e» (ít nhất 8 ký tự mã)"
        )
    return Head(int(match.group(1)), match.group(2).lower())


def body_bytes(body: bytes | dict[str, object] | Evidence) -> bytes:
    return body if isinstance(body, bytes) else canonical(body)


def commitment_of(salt: bytes, body: bytes) -> str:
    return hashlib.sha256(salt + body).hexdigest()


def origin_of(secret: bytes, source: str) -> str:
    """A keyed digest: nobody without the books' secret can try names or e-mails against it."""
    return hmac.new(secret, nfc(source).encode(), hashlib.sha256).hexdigest()


def seal(draft: Draft, secret: bytes, salt: bytes) -> Sealed:
    body = body_bytes(draft.body)
    return Sealed(
        kind=nfc(draft.kind),
        subject=nfc(draft.subject),
        origin=origin_of(secret, draft.source),
        commitment=commitment_of(salt, body),
        author=nfc(draft.author),
        approver=nfc(draft.approver),
        salt=salt,
        body=body.decode(),
    )


def hash_of(prev: str, entry: Entry) -> str:
    return hashlib.sha256(bytes.fromhex(prev) + _line(entry)).hexdigest()


def _line(entry: Entry) -> bytes:
    """What `canonical` makes of the list, at twice the speed: its texts were brought to NFC when they were sealed."""
    fields = [
        entry.seq, entry.at, entry.kind, entry.subject, entry.origin, entry.commitment, entry.author, entry.approver
    ]  # fmt: skip
    return _encode(fields).encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
