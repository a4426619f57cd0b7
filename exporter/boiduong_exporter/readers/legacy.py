"""Text of the typefaces from before Unicode: .Vn… (TCVN3) and VNI-…, made Unicode where the font tells which it is.

The codes are those of TCVN 5712:1993 (its second half only, which is all that the .Vn fonts have) and of VNI Windows,
where a vowel is followed by a sign for its mark and tone.
"""

import re
from collections.abc import Iterable

_TCVN3_LETTERS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"), (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
_TCVN3 = {first + place: letter for first, run in _TCVN3_LETTERS for place, letter in enumerate(run)}

_VOWELS = (("a", "aáàảãạ"), ("e", "eéèẻẽẹ"), ("o", "oóòỏõọ"), ("u", "uúùủũụ"), ("y", "yýỳỷỹ"))
_TONES = "ùøûõï"
_MARKED = (("a", "âáàåãä", "âấầẩẫậ"), ("a", "êéèúüë", "ăắằẳẵặ"), ("e", "âáàåãä", "êếềểễệ"), ("o", "âáàåãä", "ôốồổỗộ"))
_HORNED = (("ô", "ơớờởỡợ"), ("ö", "ưứừửữự"))
_SINGLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_PAIRS = {
    **{base + sign: run[n] for base, run in _VOWELS for n, sign in enumerate(_TONES[: len(run) - 1], start=1)},
    **{base + sign: letter for base, signs, run in _MARKED for sign, letter in zip(signs, run, strict=True)},
    **{base + sign: run[n] for base, run in _HORNED for n, sign in enumerate(_TONES, start=1)},
}
_VNI = {**_PAIRS, **_SINGLE}
_VNI_SIGN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

_WORD = re.compile(r"\S+")
_TCVN3_WORD = re.compile(
    r"[a-z][\u00a1-\u00b9\u00bb-\u00be](?:[a-z]|\b)|[\u00a7\u00ae\u00a8\u00a9\u00aa\u00ac\u00b5-\u00b9\u00bb-\u00be][a-z]"
    r"|[a-z][\u00c6-\u00d8\u00dc-\u00de](?![A-ZÀ-Þ])"
)
_IN_BOTH = {"oá", "oà", "oã", "uù", "ê", "ô"}
"""What stands in Unicode Vietnamese as well ("hoá")."""
_VNI_WORD = re.compile("|".join(sorted({*_PAIRS} - _IN_BOTH | {"ñ[aeiouyöô]"}, key=len, reverse=True)), re.IGNORECASE)
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
"""Letters that only Unicode Vietnamese has."""
_FEW = 3


def is_old_font(font: str) -> bool:
    return font.startswith((".Vn", ".VN", "VNI-", "VNI "))


def to_unicode(text: str, font: str) -> str:
    """`text` typed in `font`; unchanged when it is Unicode in spite of its font. Capital fonts (.VnTimeH) show small
    letters as capitals."""
    if _MODERN.search(text) or any(ord(letter) > 0xFF for letter in text if letter.isalpha()):
        return text
    if not font.startswith((".Vn", ".VN")):
        return _VNI_SIGN.sub(lambda found: _vni(found.group()), text)
    if any(ord(letter) >= 0xC0 and letter.isalpha() and ord(letter) not in _TCVN3 for letter in text):
        return text
    converted = text.translate(_TCVN3)
    return converted.upper() if font.upper().endswith("H") else converted


def _vni(sign: str) -> str:
    letter = _VNI[sign.lower()]
    return letter.upper() if sign[0].isupper() else letter


def old_texts(texts: Iterable[str]) -> frozenset[str]:
    """Those of a sheet's `texts` that were typed in an old code, by their letters. One odd word may be a foreign name;
    two in a text, or a few in the whole sheet, are not."""
    found = {text: words for text in set(texts) if (words := _old_words(text))}
    many = len({word for words in found.values() for word in words}) >= _FEW
    return frozenset(text for text, words in found.items() if many or len(words) > 1)


def _old_words(text: str) -> list[str]:
    if text.isascii() or _MODERN.search(text):
        return []
    return [word for word in _WORD.findall(text) if _TCVN3_WORD.search(word) or _VNI_WORD.search(word)]
