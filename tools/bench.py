"""`make bench`: how fast and how heavy, told as ratios to a bare zip of the same tree in the same run.

CPU is that of the installed command's whole process (user + system), so that a slow or busy machine changes both
sides of a ratio. Goals stand beside the figures; the exit code is 1 when one is missed.
"""

import gzip
import mimetypes
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZIP_DEFLATED, ZipFile

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
COMMAND = ROOT / ".venv/bin/boiduong"
SAMPLE = ROOT / "content/145-2026/01-che-do-boi-duong.md"
TOPIC_BYTES = 15_000
TOPICS = 200
TARGETS = ("scorm12", "scorm2004", "olx")
RTT_MS, KBPS, SLOWDOWN, OPENINGS = 150, 1600, 4, 5
"""Fast 3G as Lighthouse and WebPageTest have it, on a phone a quarter as fast as this machine."""
FIRST_TEXT = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter((entry) => entry.responseEnd <= paint.startTime);
  return [paint.startTime, loaded.reduce((sum, entry) => sum + entry.transferSize, 0)];
}"""
_SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As an office runs it: with its own modules compiled once."""
_SCHEMA_ENDINGS = (".xsd", ".dtd")


@dataclass(frozen=True)
class Figure:
    """One line of the result; `goal` is the most that `value` may be."""

    name: str
    value: float
    goal: float
    unit: str
    note: str = ""

    def __str__(self) -> str:
        mark = "ok " if self.value <= self.goal else "MISS"
        return f"{mark:4} {self.name:58} {self.value:9.3f} {self.unit:4} (goal {self.goal:g}) {self.note}".rstrip()


@dataclass(frozen=True)
class Cost:
    cpu: float
    wall: float
    megabytes: float


def main() -> int:
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        for figure in (*measure_builds(Path(scratch)), *measure_first_text(Path(scratch))):
            print(figure, flush=True)
            figures.append(figure)
    return int(any(figure.value > figure.goal for figure in figures))


def measure_builds(scratch: Path) -> Iterator[Figure]:
    single, many = write_program(scratch, "mot", 1), write_program(scratch, "nhieu", TOPICS)
    one = run("build", single, "--out", scratch / "d1", "--target", "scorm12")
    bare = bare_zip_cpu([scratch / "d1/mot/scorm12/chuyen-de-000.zip"])
    yield Figure("one topic of 15 KB, process start to package: CPU", one.cpu, 0.5, "s", ratio(one.cpu, bare))
    yield Figure("one topic of 15 KB: peak memory", one.megabytes, 80, "MB")
    targets = [option for target in TARGETS for option in ("--target", target)]
    all_of_them = run("build", many, "--out", scratch / "d2", *targets)
    archives = [path for path in (scratch / "d2/nhieu").rglob("*") if path.name.endswith((".zip", ".tar.gz"))]
    bare = bare_zip_cpu(archives)
    note = ratio(all_of_them.cpu, bare)
    each = all_of_them.cpu / len(archives)
    yield Figure(f"{TOPICS} topics x {len(TARGETS)} targets, serial: CPU a package", each, 0.05, "s", note)
    again = run("build", many, "--out", scratch / "d2", *targets)
    yield Figure(
        f"{TOPICS} topics x {len(TARGETS)} targets, nothing changed: CPU", again.cpu, 0.5, "s", ratio(again.cpu, bare)
    )
    yield from weigh(scratch / "d1/mot/scorm12/chuyen-de-000.zip", single / "chuyen-de-000.md")


def run(*arguments: object) -> Cost:
    """The cost of one run of the installed command."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_SURROUNDINGS
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"boiduong {' '.join(map(str, arguments))} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def bare_zip_cpu(archives: list[Path]) -> float:
    """CPU seconds to deflate the trees of `archives` anew, and nothing else."""
    trees = [tree_of(archive) for archive in archives]
    with tempfile.TemporaryDirectory() as scratch:
        start = time.process_time()
        for number, tree in enumerate(trees):
            with ZipFile(Path(scratch) / f"{number}.zip", "w", ZIP_DEFLATED) as archive:
                for name, data in tree.items():
                    archive.writestr(name, data)
        return time.process_time() - start


def tree_of(archive: Path) -> dict[str, bytes]:
    """The files in a zip or a gzipped tar, by name."""
    if archive.suffix == ".zip":
        with ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    with tarfile.open(archive) as opened:
        return {member.name: file.read() for member in opened if (file := opened.extractfile(member))}


def ratio(cpu: float, bare: float) -> str:
    return f"{cpu / bare:.1f} x a bare zip"


def weigh(package: Path, source: Path) -> Iterator[Figure]:
    """What a package carries beside the topic itself, schemas apart."""
    with ZipFile(package) as archive:
        own = [info for info in archive.infolist() if not info.filename.endswith(_SCHEMA_ENDINGS)]
        carried = [info for info in own if not info.filename.startswith("media/")]
    kilobytes = sum(info.compress_size for info in carried) / 1024
    with tempfile.TemporaryDirectory() as scratch, ZipFile(Path(scratch) / "t.zip", "w", ZIP_DEFLATED) as bare:
        bare.write(source, "t.md")
        content = bare.infolist()[0].compress_size / 1024
    yield Figure("weight over the content, compressed", kilobytes - content, 60, "KB", f"content {content:.0f} KB")
    yield Figure("files over the content", len(carried), 20, "")


def write_program(scratch: Path, name: str, count: int) -> Path:
    """A programme of `count` topics of about 15 KB each, made from a shipped one."""
    folder = scratch / "content" / name
    folder.mkdir(parents=True)
    text = trimmed(SAMPLE.read_text("utf-8"))
    ids = [f"chuyen-de-{number:03}" for number in range(count)]
    for id_ in ids:
        (folder / f"{id_}.md").write_text(text.replace("mã: che-do-boi-duong", f"mã: {id_}"), "utf-8")
    (folder / "program.toml").write_text(
        'title = "Đo"\nscheme = "145"\naudience = "Đo"\nedition = "1"\nissuing_body = "Đo"\n'
        '[completion]\npass_mark = 70\nterms = "Đo"\n[[session]]\nid = "s"\ntitle = "Đo"\ndelivery = "self_paced"\n'
        f"periods = 1\ntopics = {ids!r}\n",
        "utf-8",
    )
    return folder


def trimmed(text: str) -> str:
    """`text` cut between two sections at about 15 KB, pictures and links between topics taken off, notes kept."""
    notes = "\n".join(re.findall(r"^\[\^[^\]]+\]:.*$", text, re.MULTILINE))
    body = re.sub(r"^!\[.*$|^\[\^[^\]]+\]:.*$", "", text, flags=re.MULTILINE)
    body = re.sub(r"\[([^\]]+)\]\((?:[\w-]+\.md)?(?:#[\w-]+)?\)", r"\1", body)
    cuts = [match.start() for match in re.finditer(r"^## ", body, re.MULTILINE)]
    fits = [cut for cut in cuts if len(body[:cut].encode()) <= TOPIC_BYTES - len(notes.encode())]
    short = re.sub(r"^thời gian tối thiểu:.*\n", "", body[: fits[-1]], flags=re.MULTILINE)
    return f"{short}\n{notes}\n"


def measure_first_text(scratch: Path) -> Iterator[Figure]:
    """The shipped topic opened by a learner whose LMS page is there already: from the frame's navigation to its first
    text, nothing cached, over a compressing server."""
    run("build", ROOT / "content/145-2026", "--out", scratch / "d3", "--target", "scorm12")
    seconds, kilobytes = first_text(scratch / "d3/145-2026/scorm12/che-do-boi-duong.zip")
    conditions = f"{RTT_MS} ms, {KBPS} kbit/s, CPU / {SLOWDOWN}"
    yield Figure("first text under scorm-again, cold cache, Fast 3G", seconds, 0.7, "s", conditions)
    yield Figure("over the wire until the first text", kilobytes, 40, "KB")


def first_text(package: Path) -> tuple[float, float]:
    """The median of several openings: seconds to the first text, KB by then."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lms_of(package))
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        openings = sorted(opening(browser, f"http://127.0.0.1:{server.server_port}/") for _ in range(OPENINGS))
        browser.close()
    server.shutdown()
    return openings[len(openings) // 2]


def opening(browser: Browser, address: str) -> tuple[float, float]:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(address)
    devtools = page.context.new_cdp_session(page)
    bytes_a_second = KBPS * 1000 / 8
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": RTT_MS, "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second,
    })  # fmt: skip
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.evaluate("document.querySelector('iframe').src = 'package/index.html'")
    frame = page.wait_for_selector("iframe").content_frame()
    assert frame is not None
    frame.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    milliseconds, size = frame.evaluate(FIRST_TEXT)
    page.context.close()
    return milliseconds / 1000, size / 1024


def lms_of(package: Path) -> type[BaseHTTPRequestHandler]:
    """A page with the real scorm-again and an empty frame; the package's files, compressed as production servers do."""
    with ZipFile(package) as archive:
        files = {f"/package/{name}": archive.read(name) for name in archive.namelist()}
    files["/scorm12.js"] = (ROOT / "packager/boiduong_packager/vendor/scorm-again/scorm12.js").read_bytes()
    files["/"] = b"<script src=scorm12.js></script><script>window.API = new Scorm12API({})</script><iframe></iframe>"

    class Lms(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = gzip.compress(files.get(self.path, b""), mtime=0)
            self.send_response(200 if self.path in files else 404)
            self.send_header("Content-Type", mimetypes.guess_type(self.path)[0] or "text/html")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet: the figures are the output."""

    return Lms


if __name__ == "__main__":
    sys.exit(main())
