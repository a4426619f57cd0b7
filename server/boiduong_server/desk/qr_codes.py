"""QR codes of addresses that differ in their last letters alone, hundreds in the time of one.

A QR code of one version, mask and length is a linear function of its text's bits: its check bits are (Reed and Solomon,
ISO/IEC 18004:2015, 7.5), and all that is laid over is the same. So to change a bit of the text is to turn the same
modules, whatever the rest: these are found once, and laid over one code that was drawn in full.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache

import segno

_LEVEL = "m"
_MASK = 4
"""Any mask can be read; to find the fairest of eight takes ten times as long."""
_BITS = bytes.maketrans(b"\x00\x01", b"01")
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""Alphanumeric mode (7.4.4): two characters are 45 times the first's place here and the second's, in eleven bits; a
last one alone is six bits."""


def drawings(prefix: str, endings: Iterable[str]) -> Iterator[str]:
    """The modules of the QR code of `prefix` and each ending, row by row, eight in a byte, in base64; it is square. The
    endings are of one length, all in the characters of alphanumeric mode."""
    first, begun = "", 0
    for ending in endings:
        first, begun = first or ending, begun or _modules(prefix + ending)
        modules = begun
        for at, bits in enumerate(_differing(prefix, first, ending)):
            for bit in range(bits.bit_length()):
                if bits >> bit & 1:
                    modules ^= _turned(len(prefix + ending), _from(prefix) + 2 * at, bit)
        yield _packed(modules, len(prefix + ending))


def _differing(prefix: str, first: str, ending: str) -> Iterator[int]:
    """Pair by pair, the bits in which both texts differ."""
    old, new = ((prefix + each)[_from(prefix) :] for each in (first, ending))
    return (_value(old[at : at + 2]) ^ _value(new[at : at + 2]) for at in range(0, len(old), 2))


def _from(prefix: str) -> int:
    """Where the first pair begins that is not of the prefix alone."""
    return len(prefix) // 2 * 2


def _value(pair: str) -> int:
    high, *low = (_VALUES.index(each) for each in pair)
    return high * len(_VALUES) + low[0] if low else high


@cache
def _turned(length: int, at: int, bit: int) -> int:
    """The modules that are turned when this bit of the pair at this place is."""
    size = min(2, length - at)
    texts = ["A" * at + pair + "A" * (length - at - size) for pair in (_pair(0, size), _pair(1 << bit, size))]
    return _modules(texts[0]) ^ _modules(texts[1])


def _pair(value: int, size: int) -> str:
    high, low = divmod(value, len(_VALUES))
    return _VALUES[high] + _VALUES[low] if size == 2 else _VALUES[low]


def _modules(text: str) -> int:
    made = segno.make(text, error=_LEVEL, micro=False, boost_error=False, version=_version(len(text)), mask=_MASK)
    return int(b"".join(made.matrix).translate(_BITS), 2)


@cache
def _version(length: int) -> int:
    """The least that holds so many capitals."""
    return int(segno.make("A" * length, error=_LEVEL, micro=False).version)


def _packed(modules: int, length: int) -> str:
    many = (17 + 4 * _version(length)) ** 2
    return b64encode((modules << -many % 8).to_bytes(-(-many // 8))).decode()
