"""A small programme on disk, and what a build made of it."""

import os
from pathlib import Path

from boiduong_packager.build import Outcome, Request, build

from tests.packager.cases.case_file import PROGRAM, head_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="320"><title>Sơ đồ</title></svg>'
BODY = """
Lời mở đầu của bài {id}.

## Mục một {{#mot}}

![Sơ đồ](hinh/sơ-đồ.svg "Hình 1. Sơ đồ")

::: câu-hỏi {{#q1}}
Đúng không?

= Đúng
:::
"""


def write_program(folder: Path, ids: tuple[str, ...] = ("mot", "hai", "ba")) -> Path:
    """A programme with a topic for each id and one drawing that all show."""
    (folder / "hinh").mkdir(parents=True)
    (folder / "hinh" / "sơ-đồ.svg").write_text(SVG.format(width=640), "utf-8")
    for id_ in ids:
        (folder / f"{id_}.md").write_text(head_of(mã=id_, tên=f"Bài {id_}") + BODY.format(id=id_), "utf-8")
    name_topics(folder, ids)
    return folder


def name_topics(folder: Path, ids: tuple[str, ...]) -> None:
    text = PROGRAM.format(topics=", ".join(f'"{id_}"' for id_ in ids))
    (folder / "program.toml").write_text(text, "utf-8")


def built(program: Path, out: Path, targets: tuple[str, ...] = ("scorm12", "olx", "web"), jobs: int = 1) -> Outcome:
    return build(Request(program, out, targets, jobs=jobs))


def tree(out: Path) -> dict[str, bytes]:
    """Every file below `out` but the cache, by its name."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def age(out: Path) -> None:
    """Put every file's time an hour back, so that a later write shows."""
    for path in out.rglob("*"):
        if path.is_file():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3600))


def times(out: Path) -> dict[str, int]:
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {str(path.relative_to(out)): path.stat().st_mtime_ns for path in files}
