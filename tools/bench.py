"""`make bench`: how fast and how heavy, told as ratios to a bare zip of the same tree in the same run.

CPU is that of the installed command's whole process (user + system), so that a slow or busy machine changes both
sides of a ratio. Goals stand beside the figures; the exit code is 1 when one is missed.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).parents[1]
COMMAND = ROOT / ".venv/bin/boiduong"
SAMPLE = ROOT / "content/145-2026/01-che-do-boi-duong.md"
TOPIC_BYTES = 15_000
TOPICS = 200
TARGETS = ("scorm12", "scorm2004", "olx")
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
    packages = len(TARGETS) * TOPICS
    bare = bare_zip_cpu(list((scratch / "d2/nhieu").rglob("*.zip")))
    note = ratio(all_of_them.cpu, bare)
    yield Figure(
        f"{TOPICS} topics x {len(TARGETS)} targets, serial: CPU a package", all_of_them.cpu / packages, 0.05, "s", note
    )
    again = run("build", many, "--out", scratch / "d2", *targets)
    yield Figure(
        f"{TOPICS} topics x {len(TARGETS)} targets, nothing changed: CPU", again.cpu, 0.5, "s", ratio(again.cpu, bare)
    )
    yield from weigh(scratch / "d1/mot/scorm12/chuyen-de-000.zip", single / "chuyen-de-000.md")


def run(*arguments: object) -> Cost:
    """The cost of one run of the installed command."""
    start = time.perf_counter()
    process = subprocess.Popen([COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"boiduong {' '.join(map(str, arguments))} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def bare_zip_cpu(archives: list[Path]) -> float:
    """CPU seconds to deflate the trees of `archives` anew, and nothing else."""
    trees = [{name: archive.read(name) for name in archive.namelist()} for archive in map(ZipFile, archives)]
    with tempfile.TemporaryDirectory() as scratch:
        start = time.process_time()
        for number, tree in enumerate(trees):
            with ZipFile(Path(scratch) / f"{number}.zip", "w", ZIP_DEFLATED) as archive:
                for name, data in tree.items():
                    archive.writestr(name, data)
        return time.process_time() - start


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
    yield from ()


if __name__ == "__main__":
    sys.exit(main())
