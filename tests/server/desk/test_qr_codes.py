"""QR codes that are laid over one another are those that are drawn in full."""

from base64 import b64decode, b64encode

import pytest
import segno
from boiduong_server.attending.codes import LENGTH, code_of
from boiduong_server.desk.qr_codes import drawings

ADDRESSES = ("HTTPS://HOC.LAMGIANG.VN/D/ABCDE", "HTTP://10.0.0.12:8145/D/CFHJK", "HTTPS://X.VN/D/ZZXXZ")
"""The codes of the second begin in the midst of a pair."""


def drawn(text: str) -> str:
    """By segno alone, of the same look."""
    version = segno.make("A" * len(text), error="m", micro=False).version
    made = segno.make(text, error="m", micro=False, boost_error=False, version=version, mask=4)
    bits = "".join(str(each) for row in made.matrix for each in row)
    bits += "0" * (-len(bits) % 8)
    return b64encode(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))).decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_is_the_code_that_is_drawn_in_full(address: str) -> None:
    codes = [code_of(address.encode(), period) for period in range(40)]
    assert [*drawings(address, codes)] == [drawn(address + code) for code in codes]


def test_they_are_square_and_none_where_nothing_is_asked() -> None:
    (only,) = drawings(ADDRESSES[0], ["C" * LENGTH])
    assert len(b64decode(only)) == (25 * 25 + 7) // 8
    assert [*drawings(ADDRESSES[0], [])] == []
