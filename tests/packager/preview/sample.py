"""A program of one topic and a build that zips a tiny SCO in each version: what the preview's tests serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from boiduong_packager.preview.server import PreviewServer
from boiduong_vocabulary.catalog import Catalog, Delivery, ItemEntry, PackageEntry, SessionEntry, TopicEntry
from boiduong_vocabulary.problem import Place, Problem

FILM = bytes(range(256)) * 40
_CALLS = {
    "scorm12": ("API", "LMS", "LMSFinish", "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.exit"),
    "scorm2004": ("API_1484_11", "", "Terminate", "cmi.completion_status", "cmi.score.raw", "cmi.exit"),
}
_PAGE = """<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Gói nhỏ</title>
<h1>TEXT</h1><button id="save">Lưu</button><button id="fault">Sai</button><p id="was"></p>
<script>
  const api = parent.NAME, set = (element, value) => api.PREFIXSetValue(element, value);
  api.PREFIXInitialize("");
  document.getElementById("was").textContent = "Lần trước: " + api.PREFIXGetValue("cmi.suspend_data");
  set("STATUS", "incomplete"); set("EXIT", "suspend");
  document.getElementById("save").onclick = () => {
    set("cmi.suspend_data", "trang-3"); set("SCORE", "80");
    set("cmi.interactions.0.id", "q1"); set("cmi.interactions.0.type", "choice");
    set("cmi.interactions.0.result", "correct");
    api.PREFIXCommit("");
  };
  document.getElementById("fault").onclick = () => set("STATUS", "không có trạng thái này");
  const leave = () => { set("cmi.suspend_data", "trang-4"); api.FINISH(""); };
  if (document.querySelector("h1").textContent !== "SILENT") addEventListener("pagehide", leave);
</script></html>"""
_MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><organizations><organization>
<item identifier="i" identifierref="r"><title>T</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" href="hoc.html"/></resources></manifest>"""


@dataclass(frozen=True)
class Built:
    problems: list[Problem] = field(default_factory=list)
    catalog: Catalog | None = None


class Workshop:
    """A program folder with one text, and its build. A text that says LỖI does not build."""

    SILENT = "Không kết thúc"
    """A text whose package leaves without a last word."""

    def __init__(self, root: Path) -> None:
        self.program, self.out = root / "content/vi-du", root / "dist"
        self.program.mkdir(parents=True)
        self.write("Bản đầu")

    def write(self, words: str) -> None:
        (self.program / "01-mo-dau.md").write_text(words, encoding="utf-8")

    def build(self) -> Built:
        words = (self.program / "01-mo-dau.md").read_text(encoding="utf-8")
        if "LỖI" in words:
            return Built([Problem("Q03", Place("01-mo-dau.md", 7), "thiếu đáp án <b>", "đánh dấu bằng [x]")])
        return Built([], _catalog([self._package(standard, words) for standard in _CALLS]))

    @contextmanager
    def served(self) -> Iterator[PreviewServer]:
        server = PreviewServer(self.program, self.out, self.build)
        server.start()
        try:
            yield server
        finally:
            server.close()

    def _package(self, standard: str, words: str) -> PackageEntry:
        path = f"{standard}/mo-dau.zip"
        file = self.out / "vi-du" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with ZipFile(file, "w") as archive:
            archive.writestr("imsmanifest.xml", _MANIFEST)
            archive.writestr("hoc.html", _page(standard, words))
            archive.writestr("media/phim.mp4", FILM, ZIP_STORED)
        return PackageEntry(standard, path, "vi-du.mo-dau", sha256(words.encode()).hexdigest())


def _page(standard: str, words: str) -> str:
    name, prefix, finish, status, score, leave = _CALLS[standard]
    page = (
        _PAGE.replace("TEXT", words)
        .replace("SILENT", Workshop.SILENT)
        .replace("NAME", name)
        .replace("PREFIX", prefix)
        .replace("FINISH", finish)
    )
    return page.replace("STATUS", status).replace("SCORE", score).replace("EXIT", leave)


def _catalog(packages: list[PackageEntry]) -> Catalog:
    topic = TopicEntry(
        id="mo-dau",
        title="Mở đầu <về> chương trình",
        orientation="b",
        periods=2,
        audience="cán bộ",
        edition="2026",
        issuing_body="Trường",
        classification="không",
        digest="0",
        pass_mark=60,
        minimum_seconds=61,
        reading_seconds=600,
        sections=(ItemEntry("mot", "Mục một"),),
        questions=(),
        packages=tuple(packages),
    )
    sessions = (
        SessionEntry("s1", "Tự học trước", Delivery.SELF_PACED, 2, ("mo-dau",), ""),
        SessionEntry("s2", "Nghe báo cáo viên", Delivery.HALL, 4, (), "2026-11-25"),
    )
    return Catalog("vi-du", "Chương trình ví dụ", "145", "Nhóm 3", "2026", "Trường", "", sessions, (topic,), ())
