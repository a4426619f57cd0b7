"""A veil over the answers in a package, mirrored by player/veil.js.

It keeps an answer from being read in passing: in the page's source, in a search of the files, over a shoulder. It is
no lock. Whoever reads the player's script can lift it, as with every test that is marked on the learner's own machine.
"""

from base64 import b64encode

_FNV_OFFSET, _FNV_PRIME = 0x811C9DC5, 0x01000193
_MASK = 0xFFFFFFFF


def veil(text: str, *names: str) -> str:
    """`text` in base64, under a keystream that `names` (topic, question, piece) choose."""
    data = text.encode()
    words = -(-len(data) // 4)
    stream = _keystream("/".join(names), words)
    mixed = int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")
    return b64encode(mixed.to_bytes(words * 4, "little")[: len(data)]).decode() if data else ""


def _keystream(name: str, words: int) -> bytes:
    """xorshift32, seeded by the name's FNV-1a digest; four bytes a word, the least first."""
    state, stream = _fnv1a(name) or 1, bytearray()
    for _ in range(words):
        state ^= state << 13 & _MASK
        state ^= state >> 17
        state ^= state << 5 & _MASK
        stream += state.to_bytes(4, "little")
    return bytes(stream)


def _fnv1a(text: str) -> int:
    digest = _FNV_OFFSET
    for byte in text.encode():
        digest = (digest ^ byte) * _FNV_PRIME & _MASK
    return digest
