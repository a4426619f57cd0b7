"""From bytes to text: UTF-8 only, one normal form, and a plain word for files saved by an old Vietnamese typeface."""

import re
from dataclasses import dataclass
from pathlib import Path

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import nfc

from boiduong_packager.assumptions import assumptions
from boiduong_packager.faults import Code, fault

_TCVN3 = re.compile(
    r"[a-zA-Z]*[\u00b5\u00b6\u00b7\u00b8\u00b9\u00bb\u00bc\u00bd\u00be\u00c6\u00c7\u00c8\u00c9\u00cb"
    r"\u00cc\u00ce\u00cf\u00d0\u00d1\u00d2\u00d6\u00d7\u00d8\u00dc\u00de\u00df\u00ab\u00ae\u00a8\u00a9]+[a-z]+"
)
_VNI = re.compile(r"[a-zA-Z]*(?:[aeoöôuyAEOÖÔUY][ùøûõïâêáàåäãëéèúüñÙØÛÕÏÂÊÁÀÅÄÃËÉÈÚÜ]|ñ|Ñ)[a-z]*")
_MODERN = re.compile("[\u0103\u0111\u01a1\u01b0\u1ea0-\u1ef9]")
"""Letters that only Unicode Vietnamese has: ă đ ơ ư and the precomposed vowels with a tone."""
_SUSPICIOUS = 5


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
    return _decode(data, shown)


def _decode(data: bytes, shown: str) -> Source | Problem:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _not_utf8(shown, 1, "tệp lưu bằng mã UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(shown, data.count(b"\n", 0, error.start) + 1, "dòng này không phải chữ Unicode (UTF-8)")
    source = Source(shown, nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
    return _legacy(source) or source


def _not_utf8(shown: str, line: int, message: str) -> Problem:
    hint = "trong Word hoặc Notepad chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8"
    return fault(Code.NOT_UTF8, Place(shown, line), message, hint)


def _legacy(source: Source) -> Problem | None:
    """TCVN3 and VNI text is valid Unicode of other letters, so it shows only in the statistics of its letters."""
    if len(_MODERN.findall(source.text)) > _SUSPICIOUS:
        return None
    for name, pattern in (("TCVN3 (phông .Vn…)", _TCVN3), ("VNI (phông VNI-…)", _VNI)):
        words = list(pattern.finditer(source.text))
        if len(words) >= _SUSPICIOUS:
            return fault(
                Code.LEGACY_ENCODING, source.place(words[0].start()),
                f"chữ gõ bằng bảng mã cũ {name}, ví dụ «{words[0].group()}»",
                "chuyển sang Unicode bằng UniKey (Ctrl+Shift+F6), rồi lưu lại",
            )  # fmt: skip
    return None
