"""Media beside a topic: found in whatever normal form the disk keeps names, checked, measured, given ASCII names."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc, slug

from boiduong_packager.assumptions import assumptions
from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Asset
from boiduong_packager.read.drawings import is_harmless, is_readable

TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".mp4": "video/mp4", ".m4v": "video/mp4", ".mp3": "audio/mpeg", ".m4a": "audio/mp4",
    ".ogg": "audio/ogg", ".opus": "audio/ogg",
}  # fmt: skip
"""What every phone of the last years shows and plays, by the file's ending."""
_DRIVE = re.compile(r"[a-zA-Z]:[\\/]")
_REMOTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Reference:
    """An image link in the source: the address as written and where it stands."""

    address: str
    place: Place


def find_asset(reference: Reference, program: Path) -> Asset | Problem:
    """The file that `reference` names, relative to the folder `program`, or what is wrong with it."""
    address = nfc(unquote(reference.address))
    refused = _address_fault(address, reference.place)
    if refused:
        return refused
    media_type = TYPES.get(PurePosixPath(address).suffix.lower())
    if media_type is None:
        hint = "dùng một trong: " + ", ".join(TYPES)
        message = f"không dùng được loại tệp của «{address}»"
        return fault(Code.UNKNOWN_MEDIA, reference.place, message, hint)
    path = _on_disk(program, address)
    if path is None:
        return fault(Code.MISSING_MEDIA, reference.place, f"không tìm thấy tệp «{address}»", _missing(program, address))
    if not path.resolve().is_relative_to(program.resolve()):
        hint = "chép chính tệp đó vào thư mục hinh/ cạnh chuyên đề, không dùng lối tắt (symlink)"
        message = f"«{address}» là lối tắt tới một tệp ngoài thư mục chương trình"
        return fault(Code.OUTSIDE_PROGRAM, reference.place, message, hint)
    return _measured(path, address, media_type, reference.place)


def _address_fault(address: str, place: Place) -> Problem | None:
    if _DRIVE.match(address) or address.lower().startswith("file:"):
        message = f"«{address}» là đường dẫn trên máy của người soạn"
        hint = "chép tệp vào thư mục hinh/ cạnh chuyên đề rồi ghi hinh/ten-tep.png"
        return fault(Code.OUTSIDE_PROGRAM, place, message, hint)
    if _REMOTE.match(address):
        hint = "tải tệp về, đặt cạnh chuyên đề (thư mục hinh/) rồi ghi đường dẫn tới tệp đó"
        return fault(Code.REMOTE_MEDIA, place, f"«{address}» nằm ngoài chuyên đề", hint)
    if PurePosixPath(address).is_absolute() or ".." in PurePosixPath(address).parts:
        hint = "đặt tệp trong thư mục chương trình, ghi đường dẫn từ thư mục đó, ví dụ hinh/so-do.svg"
        return fault(Code.OUTSIDE_PROGRAM, place, f"«{address}» nằm ngoài thư mục chương trình", hint)
    if "\\" in address:
        hint = f"dùng dấu /: {address.replace(chr(92), '/')}"
        return fault(Code.OUTSIDE_PROGRAM, place, f"đường dẫn «{address}» viết theo kiểu Windows", hint)
    return None


def _on_disk(folder: Path, address: str) -> Path | None:
    """The file at `address`, its names compared in NFC."""
    direct = folder / address
    if direct.is_file():
        return direct
    for name in PurePosixPath(address).parts:
        if not folder.is_dir():
            return None
        match = next((child for child in folder.iterdir() if nfc(child.name) == name), None)
        if match is None:
            return None
        folder = match
    return folder if folder.is_file() else None


def _missing(program: Path, address: str) -> str:
    wanted = PurePosixPath(address)
    folder = program / wanted.parent
    if not folder.is_dir():
        folders = [nfc(child.name) for child in program.iterdir() if child.is_dir()]
        return f"chưa có thư mục «{wanted.parent}». {did_you_mean(str(wanted.parent), folders)}".rstrip()
    names = [nfc(child.name) for child in folder.iterdir()]
    twin = next((name for name in names if name.casefold() == wanted.name.casefold()), None)
    return (
        f"tên tệp là «{twin}»: chữ hoa, chữ thường khác nhau"
        if twin
        else did_you_mean(wanted.name, names) or "chép tệp vào đúng thư mục"
    )


def _measured(path: Path, address: str, media_type: str, place: Place) -> Asset | Problem:
    size = path.stat().st_size
    limit = _limit(media_type)
    if size > limit:
        hint = "thu nhỏ hình hoặc nén phim; người học dùng điện thoại, sóng có thể yếu"
        return fault(Code.FILE_TOO_LARGE, place, f"«{address}» nặng {size // 1024} KB, quá {limit // 1024} KB", hint)
    data = path.read_bytes()
    if media_type == "image/svg+xml" and (said := _drawing_fault(data)):
        hint = "lưu lại hình dạng SVG đơn giản (Plain SVG), không mã lệnh, không liên kết ngoài"
        return fault(Code.UNSAFE_DRAWING, place, f"hình «{address}» {said}", hint)
    name = PurePosixPath(address)
    digest = hashlib.sha256(data).hexdigest()
    ascii_name = (slug(str(name.with_suffix(""))) or digest[:8]) + name.suffix.lower()
    width, height = _pixels(path) if media_type.startswith("image/") else (0, 0)
    return Asset(ascii_name, str(path), digest, size, media_type, _seconds(path, media_type), width, height)


def _drawing_fault(data: bytes) -> str:
    """What is wrong with a drawing, or nothing."""
    if not is_readable(data):
        return "không phải tệp SVG đọc được"
    return "" if is_harmless(data) else "chứa mã lệnh hoặc liên kết ra ngoài"


def _pixels(path: Path) -> tuple[int, int]:
    """Width and height, so that a page keeps its place while a picture loads; zeros when the file does not say."""
    import imagesize  # noqa: PLC0415

    try:
        width, height = imagesize.get(path)
    except ValueError:
        return 0, 0
    return max(round(width), 0), max(round(height), 0)


def _limit(media_type: str) -> int:
    limits = assumptions().limits
    is_image = media_type.startswith("image/")
    return limits.image_kilobytes * 1024 if is_image else limits.media_megabytes * 1024 * 1024


def _seconds(path: Path, media_type: str) -> int:
    """How long a film or recording plays, in whole seconds; 0 for pictures and for files that do not say."""
    if media_type.startswith("image/"):
        return 0
    import mutagen  # noqa: PLC0415  (few topics have media)

    try:
        media = mutagen.File(path)
    except mutagen.MutagenError:
        return 0
    return round(media.info.length) if media is not None else 0
