"""The archive of a package: what is in it by safe names, before a byte of it lands on the disk.

Names are taken as their makers meant them. Windows writes `\\` for `/`: turned. Some write UTF-8 without saying so (the
zip then claims the alphabet of the first IBM PC): read as UTF-8 where it is that. macOS decomposes letters: composed.
Whatever is still no safe name is refused, never mended.
"""

import re
import stat
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import nfc

from boiduong_server.packages.faults import Code, fault

LARGEST = 2 * 1024**3
"""Bytes unpacked: three hours of film at what a phone shows (1.5 Mbit/s)."""
MOST = 20_000
"""Files: a topic cut into pictures page by page stays below a thousand."""
DEEPEST = 20
"""Folders within folders: authoring tools make six."""
SWOLLEN, SWELLING = 16 * 1024**2, 200
"""A file above so many bytes may be packed to no less than this part: text shrinks ten or twenty times, deflate of
nothing but zeros a thousand times."""
LONGEST = 200
"""Bytes of one part of a name: Linux takes 255."""
_LARGEST_DIRECTORY = 16 * 1024**2
"""Bytes: eight hundred a file at the most files."""
_END, _END64, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), 20
_UTF8 = 0x800
_ENCRYPTED = 0x1
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]|[. ]$")
"""What no Windows disk takes either; a colon is a drive or a stream there."""
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])\s*(\.|$)", re.IGNORECASE)
"""Names of devices on Windows, whatever ending they have."""
_PACKINGS = (ZIP_STORED, ZIP_DEFLATED)
"""How SCORM has its packages packed (PKZIP 2.04g, RFC 1951); LZMA would take as much memory as the entry asks for."""
_LITTER = re.compile(r"(^|/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini)(/|$)")
"""What systems leave in folders; never unpacked."""


@dataclass(frozen=True)
class Archive:
    """An opened zip. `files` are its entries by their safe names, folders and litter left out."""

    zip: ZipFile
    files: Mapping[str, ZipInfo]

    def read(self, name: str, most: int) -> bytes:
        """The first `most` bytes of a file, whatever size its entry claims.

        Raises BadZipFile where it cannot be unpacked.
        """
        with self.zip.open(self.files[name]) as stream:
            return stream.read(most)


def open_archive(stream: BinaryIO, name: str) -> tuple[Archive | None, list[Problem]]:
    """The archive, or None where something about it forbids unpacking it; `name` is what its bringer calls it."""
    place = Place(name)
    try:
        if directory_size(stream) > _LARGEST_DIRECTORY:
            return None, [_too_many(f"gói liệt kê nhiều hơn mức {MOST} tệp", place)]
        opened = ZipFile(stream)
    except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError, struct.error):
        hint = "chọn đúng tệp .zip mà phần mềm soạn bài xuất ra; nếu vừa tải về thì tải lại vì tệp có thể bị đứt"
        return None, [fault(Code.NOT_A_ZIP, place, "tệp này không phải tệp .zip, hoặc đã hỏng", hint)]
    entries = opened.infolist()
    problems = [*_measures(entries, place)]
    files: dict[str, ZipInfo] = {}
    if not problems:  # of a hundred thousand names nobody wants to read
        files, problems = _named(entries, place)
    return (None if any(each.code != Code.ODD_NAMES for each in problems) else Archive(opened, files)), problems


def directory_size(stream: BinaryIO) -> int:
    """Bytes of the list of entries, which is read into memory whole (APPNOTE 4.3.14-16); 0 where there is none.

    Raises struct.error for one that is cut off.
    """
    stream.seek(0, 2)
    tail = min(stream.tell(), _END64.size + _LOCATOR + _END.size + 65_535)
    stream.seek(-tail, 2)
    data = stream.read(tail)
    at = data.rfind(b"PK\x05\x06")
    if at < 0:
        return 0
    record = at - _LOCATOR - _END64.size
    if record >= 0 and data[at - _LOCATOR : at].startswith(b"PK\x06\x07"):
        return int(_END64.unpack_from(data, record)[8])
    return int(_END.unpack_from(data, at)[5])


def _too_many(message: str, place: Place) -> Problem:
    return fault(Code.TOO_MANY, place, message, "xuất lại gói, bỏ các tệp không dùng trong bài")


def _measures(entries: list[ZipInfo], place: Place) -> Iterator[Problem]:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST:
        yield _too_many(f"gói có {len(entries)} tệp, nhiều hơn mức {MOST} tệp", place)
    if total > LARGEST:
        message = f"gói bung ra {total / 1024**3:.1f} GB, lớn hơn mức {LARGEST // 1024**3} GB".replace(".", ",")
        yield fault(Code.TOO_LARGE, place, message, "nén phim ở độ nét vừa phải, hoặc chia bài thành nhiều gói")
    if any(entry.compress_type not in _PACKINGS for entry in entries):
        message = "gói được nén theo kiểu mà hệ thống không nhận"
        yield fault(Code.DAMAGED, place, message, "nén lại gói theo kiểu thường (Deflate)")
    for entry in entries:
        if entry.file_size > SWOLLEN and entry.file_size > SWELLING * entry.compress_size:
            message = f"tệp «{entry.filename}» bung ra gấp hơn {SWELLING} lần"
            yield fault(Code.BOMB, place, message, "tệp như vậy thường là bẫy; xuất lại gói từ phần mềm soạn bài")
            return


def _named(entries: list[ZipInfo], place: Place) -> tuple[dict[str, ZipInfo], list[Problem]]:
    files: dict[str, ZipInfo] = {}
    problems: list[Problem] = []
    folded: dict[str, str] = {}
    odd = ""
    for entry in entries:
        name, certain = _meant(entry)
        if _LITTER.search(name):
            continue
        if wrong := _entry_fault(entry, name, place):
            problems.append(wrong)
        elif not name.endswith("/"):
            problems += _collision(folded, name, place)
            files[name] = entry
            odd = odd or ("" if certain else name)
    problems += _file_and_folder(files, place)
    if odd:
        message = f"tên tệp «{odd}» không ghi bằng UTF-8 nên có thể bị đọc sai"
        problems.append(
            fault(Code.ODD_NAMES, place, message, "nếu bài thiếu hình, đặt lại tên tệp không dấu rồi nén lại")
        )
    return files, problems


def _meant(entry: ZipInfo) -> tuple[str, bool]:
    """The name, and whether it is certain how it was meant."""
    name, certain = entry.orig_filename, True
    if not entry.flag_bits & _UTF8 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            certain = False
    return nfc(name.replace("\\", "/")), certain


def _entry_fault(entry: ZipInfo, name: str, place: Place) -> Problem | None:
    shown = name.encode("unicode_escape").decode() if not name.isprintable() else name
    if entry.flag_bits & _ENCRYPTED:
        return fault(Code.ENCRYPTED, place, f"tệp «{shown}» có mật khẩu", "nén lại gói, không đặt mật khẩu")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        message = f"«{shown}» là liên kết, không phải tệp"
        return fault(Code.LINK, place, message, "thay liên kết bằng chính tệp ấy rồi nén lại")
    parts = name.removesuffix("/").split("/")
    if any(_unsafe(part) for part in parts):
        message = f"tên tệp «{shown}» không dùng được"
        hint = "tên không bắt đầu bằng / hay ổ đĩa, không có «..», không có ký tự đặc biệt; đặt lại tên rồi nén lại"
        return fault(Code.UNSAFE_NAME, place, message, hint)
    if len(parts) > DEEPEST:
        message = f"«{shown[:80]}…» nằm trong hơn {DEEPEST} lớp thư mục"
        return fault(Code.TOO_DEEP, place, message, "đưa các tệp lên thư mục ngoài rồi nén lại")
    return None


def _unsafe(part: str) -> bool:
    is_odd = part in ("", ".", "..") or len(part.encode("utf-8", "replace")) > LONGEST
    return is_odd or bool(_UNSAFE.search(part) or _DEVICE.match(part))


def _collision(folded: dict[str, str], name: str, place: Place) -> list[Problem]:
    if name.casefold() not in folded:
        folded[name.casefold()] = name
        return []
    before = folded[name.casefold()]
    message = f"hai tệp cùng tên: «{before}» và «{name}»" if before != name else f"tệp «{name}» có hai lần"
    hint = "giữ một tệp, hoặc đặt hai tên khác hẳn nhau: máy chủ và máy Windows phân biệt chữ hoa khác nhau"
    return [fault(Code.SAME_NAME, place, message, hint)]


def _file_and_folder(files: Mapping[str, ZipInfo], place: Place) -> Iterator[Problem]:
    """A name that is a file here and a folder there cannot be both on a disk."""
    known = {name.casefold() for name in files}
    for name in files:
        parents = name.casefold().split("/")[:-1]
        if any("/".join(parents[: depth + 1]) in known for depth in range(len(parents))):
            message = f"«{name}» nằm trong một thư mục trùng tên với một tệp"
            yield fault(Code.SAME_NAME, place, message, "đặt lại tên tệp hoặc thư mục rồi nén lại")
            return
