"""An upload held against all that a package must be, before anything of it lands where learners are served."""

from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

from boiduong_vocabulary.problem import Place, Problem, any_error, in_order

from boiduong_server.packages.archive import Archive, open_archive
from boiduong_server.packages.elsewhere import standard_of_files
from boiduong_server.packages.faults import Code, fault
from boiduong_server.packages.hearing import unheard
from boiduong_server.packages.manifest import NAME, Manifest, read_manifest
from boiduong_server.packages.reading import LARGEST, read_xml
from boiduong_server.packages.structure import Structure

_PLAYER, _ANSWER = "player.js", b"clock-kept"
"""The script of a package of ours, and the word in it that hears the host: such a player hides its own clock."""


@dataclass(frozen=True)
class Checked:
    """What a package is. `archive` is to be unpacked; `findings` are warnings alone."""

    archive: Archive
    structure: Structure
    own_clock: bool
    findings: list[Problem]


def check(stream: BinaryIO, name: str) -> Checked | list[Problem]:
    """The package in a seekable file, or everything its bringer can mend; `name` is what its bringer calls it."""
    archive, problems = open_archive(stream, name)
    if archive is None:
        return in_order(problems)
    try:
        structure, more = _structure(archive, name)
        problems += more
        if structure is None or any_error(problems):
            return in_order(problems)
        findings = in_order([*problems, *unheard(archive, structure, name)])
        return Checked(archive, structure, _hears_the_host(archive), findings)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError):
        hint = "gói bị hỏng khi nén hoặc khi tải; nén lại (kiểu nén thường, Deflate) rồi tải lên lại"
        return in_order([*problems, fault(Code.DAMAGED, Place(name), "có tệp trong gói không bung được", hint)])


def _structure(archive: Archive, name: str) -> tuple[Structure | None, list[Problem]]:
    if NAME not in archive.files:
        return None, [_without_manifest(archive, name)]
    path = f"{name}/{NAME}"
    root, problems = read_xml(archive.read(NAME, LARGEST + 1), path)
    if root is None:
        return None, problems
    return read_manifest(Manifest(root, path, archive.files.keys()))


def _without_manifest(archive: Archive, name: str) -> Problem:
    place = Place(name)
    found = sorted((path for path in archive.files if path.casefold().endswith(f"/{NAME}")), key=len)
    if found:
        folder = found[0].rpartition("/")[0]
        message = f"imsmanifest.xml nằm trong thư mục «{folder}» của gói, phải nằm ngay ở ngoài cùng"
        hint = f"mở thư mục «{folder}», chọn hết các tệp trong đó rồi nén (không nén chính thư mục)"
        return fault(Code.MANIFEST_IN_FOLDER, place, message, hint)
    if near := next((path for path in archive.files if path.casefold() == NAME), ""):
        message = f"tệp «{near}» phải mang tên «{NAME}», toàn chữ thường"
        return fault(Code.NO_MANIFEST, place, message, f"đổi tên thành «{NAME}» rồi nén lại")
    if other := standard_of_files(archive.files):
        message = f"đây là gói {other}, không phải SCORM"
        return fault(Code.OTHER_STANDARD, place, message, "xuất lại bài theo SCORM 1.2 hoặc SCORM 2004")
    message = f"gói không có {NAME}"
    return fault(Code.NO_MANIFEST, place, message, "xuất bài từ phần mềm soạn bài theo SCORM 1.2 hoặc SCORM 2004")


def _hears_the_host(archive: Archive) -> bool:
    return _PLAYER in archive.files and _ANSWER in archive.read(_PLAYER, LARGEST)
