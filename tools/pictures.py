"""Takes the pictures of the author's guide (docs/hinh/soan-*.png) again, from packages built of its own examples.

Wants Chromium (tools/chromium.py finds it), poppler's pdftoppm and ImageMagick's convert; the tests need none of these.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs/soan-chuyen-de.md"
PICTURES = ROOT / "docs/hinh"
SAMPLE = ROOT / "content/145-2026"

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1180, "height": 760}
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=7)))
COLOURS = 48

_BLOCK = re.compile(
    r"^(?:(?P<marks>#{2,4}) (?P<heading>[^\n]+)|```(?P<kind>\w+)(?P<note>[^\n]*)\n(?P<text>.*?)^```)$",
    re.MULTILINE | re.DOTALL,
)
_HEAD = """---
mã: {id}
tên: Ví dụ
định hướng: a
số tiết: 1
đối tượng: Cán bộ cấp xã
tác giả: Tổ biên soạn
cơ quan ban hành: Trường Chính trị tỉnh (ví dụ)
nguồn: Sách hướng dẫn soạn chuyên đề
bản: "2026.1"
rà soát trước: 31/12/2027
điểm đạt: 70
---

"""


@dataclass(frozen=True)
class Example:
    """A fenced block of the guide: the language after its fence, the words behind that, and the heading above it."""

    heading: str
    kind: str
    note: str
    text: str

    @property
    def whole(self) -> bool:
        """Whether it is a topic as it stands."""
        return self.text.startswith("---\n")

    def topic(self, id_: str) -> str:
        """A topic file: the example itself, or with the least around it that makes a topic of it."""
        if self.whole:
            return self.text
        section = "" if re.search(r"^## ", self.text, re.MULTILINE) else "## Mục ví dụ {#muc-vi-du}\n\n"
        return _HEAD.format(id=id_) + section + self.text


def examples(guide: str, kind: str) -> list[Example]:
    """The blocks of `guide` that are fenced as `kind`, in order."""
    heading, found = "", []
    for block in _BLOCK.finditer(guide):
        heading = block["heading"] or heading
        if block["kind"] == kind:
            found.append(Example(heading, kind, block["note"].strip(), block["text"]))
    return found


@dataclass(frozen=True)
class Shot:
    """A question's picture: its name, the question's id in the guide, and what a learner does before it is taken."""

    name: str
    question: str
    act: Callable[["Page"], None] = lambda _: None


def _answer_wrong(page: "Page") -> None:
    form = page.locator("#xep-nhom")
    form.get_by_role("radio", name="Nhóm 2", exact=True).check()
    form.get_by_role("button", name="Trả lời").click()
    form.get_by_text("Còn 1 lần trả lời").wait_for()


SHOTS = (
    Shot("mot-phuong-an", "xep-nhom", _answer_wrong),
    Shot("nhieu-phuong-an", "viec-truoc-hop"),
    Shot("dung-sai", "thong-bao"),
    Shot("cho-trong", "cho-trong"),
    Shot("con-so", "phep-tinh"),
    Shot("ghep-cap", "ghep-viec"),
    Shot("sap-xep", "trinh-tu"),
    Shot("suy-ngam", "viec-tuan-toi"),
)


def main() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    PICTURES.mkdir(exist_ok=True)
    chromium = subprocess.run(
        [sys.executable, ROOT / "tools/chromium.py"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with _served(_questions(Path(folder)), Path(folder) / "dist") as address:
            _take_questions(browser, f"{address}goi/scorm12/vi-du/index.html")
        with _served(SAMPLE, Path(folder) / "dist") as address:
            _take_study(browser, f"{address}hoc/scorm12/che-do-boi-duong")
            _take_paper(browser, f"{address}web/che-do-boi-duong.dap-an.html", Path(folder))
        browser.close()
    for path in sorted(PICTURES.glob("soan-*.png")):
        print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB")


def _questions(folder: Path) -> Path:
    """A programme of one topic: every example of a question kind in the guide."""
    program = folder / "vi-du"
    program.mkdir()
    guide = GUIDE.read_text("utf-8")
    kinds = [example for example in examples(guide, "markdown") if "«" in example.heading]
    text = "\n".join(example.text for example in kinds)
    (program / "01-vi-du.md").write_text(Example("", "", "", text).topic("vi-du"), "utf-8")
    (toml,) = examples(guide, "toml")
    (program / "program.toml").write_text(toml.text.replace("to-chuc-cuoc-hop-giao-ban", "vi-du"), "utf-8")
    return program


@contextmanager
def _served(program: Path, out: Path) -> Iterator[str]:
    """The address of `boiduong preview` over `program`."""
    from boiduong_packager.build import Request, build  # noqa: PLC0415
    from boiduong_packager.preview.server import PreviewServer  # noqa: PLC0415

    request = Request(program, out, targets=("scorm12", "web"))
    server = PreviewServer(program, out, lambda: build(request))
    server.start()
    try:
        yield server.url
    finally:
        server.close()


def _open(browser: "Browser", address: str, size: dict[str, int], scale: float) -> "Page":
    """A page whose clock goes only when told, from the same morning every time."""
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        device_scale_factor=scale, color_scheme="light", reduced_motion="reduce",
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
    )  # fmt: skip
    page = context.new_page()
    page.clock.install(time=MORNING)
    page.goto(address)
    return page


def _take_questions(browser: "Browser", address: str) -> None:
    page = _open(browser, f"{address}#muc-vi-du", PHONE, 1.5)
    page.add_style_tag(content=".bar{position:static!important}")  # what sticks to the screen hides what is behind it
    for shot in SHOTS:
        shot.act(page)
        _keep(shot.name, page.locator(f"#{shot.question}").screenshot())
    page.context.close()


def _take_study(browser: "Browser", address: str) -> None:
    """The first screen on a phone, the stand-in LMS after a question, and the result after one walk through."""
    page = _open(browser, address, PHONE, 1.5)
    _show_panel(page, "false")
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Mở đầu").wait_for()
    _keep("trang-hoc", page.locator("iframe").screenshot())
    for place in range(1, frame.locator("section.step").count()):
        _read(page)
        if place == 2:
            _keep("xem-truoc", _answered(page))
        frame.locator("a.on:visible").click()
    result = frame.locator("#boiduong-result")
    result.wait_for()
    _keep("ket-qua", result.screenshot())
    page.context.close()


def _read(page: "Page") -> None:
    """A minute and a half over the section on show."""
    body = page.frame_locator("iframe").locator("body")
    for share in (0.3, 0.7, 1.0):
        body.evaluate("(body, share) => scrollTo(0, body.scrollHeight * share)", share)
        page.wait_for_timeout(50)
        page.clock.run_for(30_000)


def _answered(page: "Page") -> bytes:
    """The stand-in LMS on a desk, after the first question of the section on show."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    _show_panel(page, "true")
    form = page.frame_locator("iframe").locator("form:visible").first
    form.get_by_role("radio", name="Đúng").check()
    form.get_by_role("button", name="Trả lời").click()
    page.clock.run_for(30_000)
    form.scroll_into_view_if_needed()
    picture = page.screenshot(scale="css")
    _show_panel(page, "false")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return picture


def _show_panel(page: "Page", wanted: str) -> None:
    """Unfold ("true") or fold ("false") what the stand-in LMS shows of itself."""
    toggle = page.locator("#toggle")
    if toggle.get_attribute("aria-expanded") != wanted:
        toggle.click()


def _take_paper(browser: "Browser", address: str, folder: Path) -> None:
    """The first sheet as a printer gives it, margins and all."""
    page = _open(browser, address, DESK, 1)
    pdf, sheet = folder / "ban-in.pdf", folder / "ban-in"
    page.pdf(path=pdf, prefer_css_page_size=True, format="A4")
    page.context.close()
    subprocess.run(["pdftoppm", "-r", "96", "-l", "1", "-singlefile", "-png", pdf, sheet], check=True)
    _keep("ban-in", sheet.with_suffix(".png").read_bytes(), "-bordercolor", "gray70", "-border", "1")


def _keep(name: str, picture: bytes, *more: str) -> None:
    """Few colours are enough for a screen of text, and weigh a third; without dates, one picture is always one file."""
    squeezed = subprocess.run(
        ["convert", "png:-", *more, "-strip", "+dither", "-colors", str(COLOURS),
         "-define", "png:exclude-chunks=date,time", "-define", "png:compression-level=9", "png:-"],
        input=picture, capture_output=True, check=True,
    )  # fmt: skip
    (PICTURES / f"soan-{name}.png").write_bytes(squeezed.stdout)


if __name__ == "__main__":
    main()
