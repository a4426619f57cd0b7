"""From bytes to text: UTF-8 only, one normal form, and a plain word for files saved by an old Vietnamese typeface."""

import re
from dataclasses import dataclass
from pathlib import Path

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import nfc

from boiduong_packager.assumptions import assumptions
from boiduong_packager.faults import Code, fault

_TCVN3 = re.compile(
    r"[a-zA-Z]*[\u00a7\u00b5\u00b6\u00b7\u00b8\u00b9\u00bb\u00bc\u00bd\u00be\u00c6\u00c7\u00c8\u00c9\u00cb"
    r"\u00cc\u00ce\u00cf\u00d0\u00d1\u00d2\u00d6\u00d7\u00d8\u00dc\u00de\u00df\u00ab\u00ae\u00a8\u00a9\u00ad\u00dd\u00e4\u00e5\u00eb\u00ee\u00ef\u00f1\u00f6\u00f8\u00fb\u00fc\u00fe\u00ff]+[a-z]+"
)
_VNI = re.compile(r"[a-zA-Z]*(?:[aeoöôuyAEOÖÔUY][ùøûõïâêáàåäãëéèúüñÙØÛÕÏÂÊÁÀÅÄÃËÉÈÚÜ]|ñ|Ñ)[a-z]*")
_FOREIGN = re.compile("[ñÑøØûÛïÏåÅäÄëËüÜöÖ®¸µ¶·¹§\u00cb-\u00cc\u00ce-\u00d2\u00d6-\u00d8\u00dc\u00de\u00df]")
"""Letters and signs of the old typefaces that do not stand inside a word of Unicode Vietnamese."""
_MODERN = re.compile("[\u0103\u0111\u01a1\u01b0\u1ea0-\u1ef9]")
"""Letters that only Unicode Vietnamese has: ă đ ơ ư and the precomposed vowels with a tone."""
_OLD = (("TCVN3 (phông .Vn…)", _TCVN3), ("VNI (phông VNI-…)", _VNI))
_SUSPICIOUS = 4

_CLEANED = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA1), 0x2028, 0x2029, 0x202F, 0xFFFE, 0xFFFF), " "),
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None),
    0xD0: "Đ", 0xF0: "đ", 0x09: "\t", 0x0A: "\n",
}  # fmt: skip
"""What Word leaves between letters: no-break spaces and control characters become spaces, zero-width ones vanish. Old
keyboards wrote the Icelandic look-alikes of đ."""
_ODD = re.compile("[" + "".join(map(chr, _CLEANED.keys() - {0x09, 0x0A})) + "]")


@dataclass(frozen=True)
class Source:
    """A text file as read: `path` as the user gave it, `text` in NFC with "\\n" line ends and no byte-order mark."""

    path: str
    text: str

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands."""
        line = self.text.count("\n", 0, offset) + 1
        return Place(self.path, line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1)


def read_source(path: Path, shown: str) -> Source | Problem:
    """The text of `path` (named `shown` in messages), or the reason why it cannot be read."""
    if not path.is_file():
        return fault(Code.NO_FILE, Place(shown), "không tìm thấy tệp này", "kiểm tra tên tệp và thư mục")
    data = path.read_bytes()
    limit = assumptions().limits.topic_kilobytes
    if len(data) > limit * 1024:
        return fault(
            Code.FILE_TOO_LARGE, Place(shown), f"tệp nặng {len(data) // 1024} KB, quá {limit} KB",
            "chia thành nhiều chuyên đề; hình và phim để thành tệp riêng",
        )  # fmt: skip
    return decode(data, shown)


def decode(data: bytes, shown: str) -> Source | Problem:
    """The text in `data`, or the reason why it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        return _not_utf8(shown, 1, "tệp lưu bằng mã UTF-16 hoặc không phải tệp chữ")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(shown, data.count(b"\n", 0, error.start) + 1, "dòng này không phải chữ Unicode (UTF-8)")
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    # TCVN3 gives meaning to what is invisible or Icelandic in Unicode, so it is looked for first.
    return _legacy(Source(shown, text)) or Source(shown, cleaned(text))


def cleaned(text: str) -> str:
    """`text` in NFC without what no page can show. YAML and TOML have escapes that bring such characters back, so
    their values pass here too."""
    return nfc(text.translate(_CLEANED)) if _ODD.search(text) else nfc(text)


def _not_utf8(shown: str, line: int, message: str) -> Problem:
    hint = "trong Word hoặc Notepad chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8"
    return fault(Code.NOT_UTF8, Place(shown, line), message, hint)


def _legacy(source: Source) -> Problem | None:
    """TCVN3 and VNI text is valid Unicode of other letters, so it shows only in the statistics of its letters. It is
    looked at line by line, because a single old paragraph may be pasted into a new text."""
    offset = 0
    for line in source.text.split("\n"):
        found = None if line.isascii() or _MODERN.search(line) else _old_words(line)
        if found:
            name, word = found
            return fault(
                Code.LEGACY_ENCODING, source.place(offset + word.start()),
                f"chữ gõ bằng bảng mã cũ {name}, ví dụ «{word.group()}»",
                "chuyển đoạn này sang Unicode bằng UniKey (Ctrl+Shift+F6), rồi lưu lại",
            )  # fmt: skip
        offset += len(line) + 1
    return None


def _old_words(line: str) -> tuple[str, re.Match[str]] | None:
    """The old code that much of `line` is written in, and its first word; None when there is too little of any."""
    # Each code has letters of the other, so the one with more words is meant.
    name, words = max(((name, _words(line, old)) for name, old in _OLD), key=lambda pair: len(pair[1]))
    foreign = sum(_FOREIGN.search(word.group()) is not None for word in words)
    enough = len(words) >= _SUSPICIOUS and foreign * 2 >= _SUSPICIOUS and len(words) * 3 >= len(line.split())
    return (name, words[0]) if enough else None


def _words(line: str, old: re.Pattern[str]) -> list[re.Match[str]]:
    return [word for word in re.finditer(r"\S+", line) if old.search(word.group())]
