"""A package for every fault: what an officer really brings, or what one who means harm would."""

import io
import struct
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from boiduong_server.packages import archive
from boiduong_server.packages.faults import Code

from tests.server.packages.made import (
    RUNTIME,
    SCO_2004,
    heading,
    item,
    manifest12,
    manifest2004,
    organization,
    organizations,
    page,
    resources,
    sequencing,
    single12,
    with_pages,
    zipped,
)

ONE = manifest12(organizations(item("a")), resources("a"))
PAGES = {"a.html": page("Bài a"), "runtime.js": RUNTIME}


def manifest(text: str) -> bytes:
    return zipped({"imsmanifest.xml": text, **PAGES})


def beside(**more: str | bytes) -> bytes:
    """A sound package with more files."""
    return zipped({"imsmanifest.xml": ONE, **PAGES, **more})


def named(name: str, content: bytes = b"x") -> bytes:
    """A sound package with one more file of just this name, whatever zip libraries would make of it."""
    return beside(**{"@" * len(name): content}).replace(b"@" * len(name), name.encode())


def entry(attributes: int = 0, flags: int = 0) -> bytes:
    """A sound package whose last entry is of another kind."""
    out = io.BytesIO(single12())
    with ZipFile(out, "a") as opened:
        info = ZipInfo("them.html")
        info.create_system, info.external_attr = 3, attributes << 16
        opened.writestr(info, "/etc/passwd")
    data = out.getvalue()
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 8] + struct.pack("<H", flags) + data[at + 10 :] if flags else data


def bomb() -> bytes:
    out = io.BytesIO(single12())
    with ZipFile(out, "a") as opened:
        info = ZipInfo("bom.bin")
        info.compress_type = ZIP_DEFLATED
        opened.writestr(info, bytes(archive.SWOLLEN + 1))
    return out.getvalue()


def too_large() -> bytes:
    """Two files that claim a gigabyte and a half each."""
    data = beside(mot=b"1", hai=b"2")
    for name in (b"mot", b"hai"):
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
        data = data[: at + 20] + struct.pack("<2L", 3 * 1024**3 // 2, 3 * 1024**3 // 2) + data[at + 28 :]
    return data


def too_many() -> bytes:
    out = io.BytesIO(single12())
    with ZipFile(out, "a", ZIP_STORED) as opened:
        for number in range(archive.MOST):
            opened.writestr(ZipInfo(f"{number}"), b"")
    return out.getvalue()


def damaged() -> bytes:
    """A manifest whose bytes no longer match their checksum."""
    data = single12()
    at = data.index(b"imsmanifest.xml") + 40
    return data[:at] + bytes(8) + data[at + 8 :]


def packed_otherwise() -> bytes:
    out = io.BytesIO(single12())
    with ZipFile(out, "a", ZIP_LZMA) as opened:
        opened.writestr("them.html", "x" * 1000)
    return out.getvalue()


def odd_names() -> bytes:
    """As Windows wrote Vietnamese before UTF-8: the bytes of code page 1258, and no word of it."""
    return beside(**{"hinh-@.png": b"x"}).replace(b"hinh-@", b"hinh-\xe3")


DEEP = "/".join("a" * 25) + ".txt"
WELL = ONE.replace("<item ", "".join(f'<item identifier="D{n}">' for n in range(20)) + "<item ", 1).replace(
    "</organization>", "</item>" * 20 + "</organization>"
)
HERE = '<file href="a.html"/>'
ENTITY = (
    '<?xml version="1.0"?>\n<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<manifest>&x;</manifest>'
)
HIDDEN = b"""<?xml version="1.0" encoding="UTF-7"?>
+ADwAIQ-DOCTYPE manifest [+ADwAIQ-ENTITY x "y">]><manifest title="+ACY-x;"/>"""
"""UTF-7: no byte of it spells a DOCTYPE."""
CARTRIDGE = '<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"/>'


def page_with(body: str) -> bytes:
    return zipped({"imsmanifest.xml": ONE, **PAGES, "a.html": f"<html><body>{body}</body></html>"})


CASES: Mapping[Code, tuple[Callable[[], bytes], ...]] = {
    Code.NOT_A_ZIP: (lambda: b"", lambda: b"%PDF-1.7", lambda: single12()[:-40]),
    Code.ENCRYPTED: (lambda: entry(flags=1),),
    Code.UNSAFE_NAME: tuple(
        lambda name=name: named(name)  # type: ignore[misc]
        for name in (
            "../x",
            "/x",
            "a/../../x",
            "C:/x",
            "..\\x",
            "a//b",
            "a./b",
            "a\x00b",
            "x" * 201,
            "a/./b",
            "con?",
            "NUL.txt",
            "a/com1",
        )
    ),
    Code.LINK: (lambda: entry(0o120777), lambda: entry(0o020666)),
    Code.TOO_LARGE: (too_large,),
    Code.BOMB: (bomb,),
    Code.TOO_MANY: (too_many,),
    Code.TOO_DEEP: (lambda: named(DEEP), lambda: manifest(WELL)),
    Code.SAME_NAME: (lambda: beside(**{"A.HTML": "x"}), lambda: named("a.html"), lambda: beside(**{"a.html/b": "x"})),
    Code.DAMAGED: (damaged, packed_otherwise),
    Code.ODD_NAMES: (odd_names,),
    Code.NO_MANIFEST: (lambda: zipped(PAGES), lambda: zipped({"IMSMANIFEST.XML": ONE})),
    Code.MANIFEST_IN_FOLDER: (lambda: zipped({"bai/imsmanifest.xml": ONE}),),
    Code.BROKEN_XML: (
        lambda: manifest("<manifest>"),
        lambda: manifest(""),
        lambda: manifest(f"{ONE}{' ' * 8 * 1024**2}"),
    ),
    Code.ENTITIES: (
        lambda: manifest(ENTITY),
        lambda: zipped({"imsmanifest.xml": ENTITY.encode("utf-16")}),
        lambda: zipped({"imsmanifest.xml": HIDDEN}),
    ),
    Code.OTHER_STANDARD: (
        lambda: zipped({"khoa.au": "", "khoa.crs": "", "khoa.des": "", "khoa.cst": ""}),
        lambda: zipped({"tincan.xml": "<tincan/>"}),
        lambda: zipped({"cmi5.xml": "<courseStructure/>"}),
        lambda: manifest(CARTRIDGE),
    ),
    Code.NOT_SCORM: (lambda: manifest("<html/>"), lambda: manifest("<manifest/>")),
    Code.UNKNOWN_VERSION: (lambda: manifest(ONE.replace("<schemaversion>1.2<", "<schemaversion>1.3<")),),
    Code.NO_ORGANIZATION: (lambda: manifest(manifest12("<organizations/>", resources("a"))),),
    Code.NO_DEFAULT: (lambda: manifest(ONE.replace('default="ORG"', 'default="KHAC"')),),
    Code.UNKNOWN_RESOURCE: (lambda: manifest(ONE.replace('identifierref="R-a"', 'identifierref="R-b"')),),
    Code.NOTHING_TO_OPEN: (lambda: manifest(manifest12(organizations(heading("1", "")), resources("a"))),),
    Code.MISSING_PAGE: (
        lambda: zipped({"imsmanifest.xml": ONE, "runtime.js": ""}),
        lambda: zipped({"imsmanifest.xml": ONE, "runtime.js": "", "A.html": ""}),
    ),
    Code.MISSING_FILE: (lambda: manifest(ONE.replace(HERE, HERE + '<file href="thieu.css"/>')),),
    Code.FOREIGN_ADDRESS: (
        lambda: manifest(ONE.replace('href="a.html"', 'href="https://noi.khac/a.html"', 1)),
        lambda: manifest(ONE.replace('href="a.html"', 'href="//noi.khac/a.html"', 1)),
        lambda: manifest(ONE.replace('href="a.html"', 'href="javascript:alert(1)"', 1)),
        lambda: manifest(ONE.replace("<resources>", '<resources xml:base="http://noi.khac/">')),
    ),
    Code.LEAVES_PACKAGE: (
        lambda: manifest(ONE.replace('href="a.html"', 'href="../a.html"', 1)),
        lambda: manifest(ONE.replace('href="a.html"', 'href="%2e%2e/a.html"', 1)),
        lambda: manifest(ONE.replace('href="a.html"', 'href="/a.html"', 1)),
    ),
    Code.REPEATED_IDENTIFIER: (
        lambda: manifest(manifest12(organizations(item("a") + item("a")), resources("a"))),
        lambda: manifest(manifest12(organizations(item("a")), resources("a", "a"))),
        lambda: manifest(ONE.replace('identifier="I-a" ', "")),
    ),
    Code.BAD_PREREQUISITES: tuple(
        lambda text=text: manifest(  # type: ignore[misc]
            manifest12(organizations(item("a", f"<adlcp:prerequisites>{text}</adlcp:prerequisites>")), resources("a"))
        )
        for text in ("I-a &amp;", "I-b")
    ),
    Code.BAD_VALUE: (
        lambda: manifest(
            manifest12(organizations(item("a", "<adlcp:masteryscore>tám</adlcp:masteryscore>")), resources("a"))
        ),
        lambda: manifest(
            manifest12(organizations(item("a", "<adlcp:maxtimeallowed>1 giờ</adlcp:maxtimeallowed>")), resources("a"))
        ),
        lambda: with_pages(
            manifest2004(organizations(item("a") + sequencing("", ' IDRef="CHUNG"')), resources("a", kind=SCO_2004)),
            "a",
        ),
    ),
    Code.FOREIGN_FRAME: (
        lambda: page_with('<iframe src="https://www.youtube.com/embed/x"></iframe>'),
        lambda: page_with('<object data="//noi.khac/x.html"></object>'),
        lambda: page_with('<meta http-equiv="Refresh" content="0; URL=https://noi.khac/">'),
        lambda: page_with("<script>window.location.href = 'https://noi.khac/bai';</script>"),
    ),
    Code.FLASH: (lambda: beside(**{"phim.swf": b"FWS"}),),
    Code.SANDBOXED: (lambda: page_with('<iframe sandbox="allow-scripts" src="a2.html"></iframe>'),),
    Code.DOCUMENT: (
        lambda: zipped(
            {
                "imsmanifest.xml": ONE.replace("a.html", "a.pdf"),
                "a.pdf": b"%PDF-1.7",
                "runtime.js": RUNTIME,
            }
        ),
    ),
}

SOUND = (
    beside(**{"__MACOSX/._a.html": "x", "bai/.DS_Store": "x"}),
    beside(**{"hình/Ảnh 1.png": "x"}),
    with_pages(manifest12(f"<organizations>{organization(item('a'))}</organizations>", resources("a")), "a"),
    page_with('<iframe sandbox="allow-scripts allow-same-origin" src="a2.html"></iframe><a href="https://x.y">x</a>'),
)
"""What must not be found fault with."""
