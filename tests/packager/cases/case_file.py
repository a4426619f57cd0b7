"""Readable cases: a title, what an author wrote, and what must come of it.

A case begins at a `##` heading; then follow blocks between lines of four backticks, each named by its first word:

    passage                the body of a topic; its front matter is a sound one, and lines are counted in the passage
    topic NAME KEY=VALUE   the same, in a file of that name, with keys of the front matter changed (_ for a space)
    front                  lines of a front matter; what they leave out is added (not with `front only`)
    file NAME              a whole file: options encoding=…, newline=crlf, form=NFD, bom, times=N
    without NAME           the programme has no such file (a block without text)
    as-of DATE             checked on that day (a block without text)
    expect                 the Problems, as they are printed
    questions              the questions as read, one a line
    html                   the fragments of the sections, a blank line between parts
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

_BLOCK_OR_TITLE = re.compile(
    r"^````(?P<info>[^\n]+)\n(?P<text>.*?)^````$|^## (?P<title>[^\n]+)$", re.MULTILINE | re.DOTALL
)
_HEAD = {
    "mã": "bai", "tên": "Bài", "định hướng": "b", "tiết": "1", "đối tượng": "Cán bộ cấp xã", "tác giả": "Tổ biên soạn",
    "cơ quan ban hành": "Trường Chính trị", "nguồn": "Giáo trình", "bản": "2026.1", "rà soát trước": "31/12/2027",
}  # fmt: skip
PROGRAM = """title = "Chương trình"
scheme = "145"
audience = "Cán bộ"
edition = "2026.1"
issuing_body = "Trường Chính trị"

[completion]
terms = "Học hết các mục."
pass_mark = 70

[[session]]
id = "tu-hoc"
title = "Tự học"
delivery = "self_paced"
periods = 4
topics = [{topics}]
"""


@dataclass
class Case:
    """`files` are the bytes of the programme's files, `shifts` by how many lines a passage begins later in its file;
    `is_short` when topics are passages, too short to be held against their periods."""

    title: str
    files: dict[str, bytes] = field(default_factory=dict)
    shifts: dict[str, int] = field(default_factory=dict)
    as_of: date | None = None
    is_short: bool = False
    missing: str = ""
    expected: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the programme into `folder`; program.toml names every topic unless the case has its own."""
        ids = re.findall(
            r"^(?:mã|ma): *(\S+)", "\n".join(data.decode("utf-8", "ignore") for data in self.files.values()), re.M
        )
        own = {"program.toml": PROGRAM.format(topics=", ".join(f'"{id_}"' for id_ in ids)).encode()}
        for name, data in (own | self.files).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        if self.missing:
            (folder / self.missing).unlink()


def read_cases(path: Path) -> list[Case]:
    """The cases of the file at `path`; headings within blocks are not titles."""
    text = path.read_text("utf-8")
    cases: list[Case] = []
    for found in _BLOCK_OR_TITLE.finditer(text):
        if found["title"]:
            cases.append(Case(found["title"]))
        else:
            _take(cases[-1], found)
    return cases


def _take(case: Case, block: re.Match[str]) -> None:
    kind, *words = block["info"].split()
    if kind in ("expect", "questions", "html"):
        case.expected[kind] = block["text"]
    elif kind == "as-of":
        case.as_of = date.fromisoformat(words[0])
    elif kind == "without":
        case.missing = words[0]
    elif kind == "file":
        case.files[words[0]] = _bytes(block["text"], words[1:])
    elif kind == "front":
        case.is_short = True
        case.files["bai.md"] = f"---\n{_front(block['text'], words)}---\n\n## Mục\n\nChữ.\n".encode()
    else:
        name, options = ("bai.md", []) if kind == "passage" else (words[0], words[1:])
        head = head_of(**dict(option.replace("_", " ").split("=") for option in options))
        case.files[name] = (head + block["text"]).encode()
        case.shifts[name], case.is_short = head.count("\n"), True


def head_of(**changed: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in (_HEAD | changed).items()) + "---\n"


def _front(text: str, words: list[str]) -> str:
    if words == ["only"]:
        return text
    return text + "".join(
        f"{key}: {value}\n" for key, value in _HEAD.items() if not re.search(rf"(?mi)^[ *]*{key}\b", text)
    )


def _bytes(text: str, options: list[str]) -> bytes:
    named = dict(option.partition("=")[::2] for option in options)
    text = unicodedata.normalize(named.get("form", "NFC"), text) * int(named.get("times", 1))
    if named.get("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    data = text.encode(named.get("encoding", "utf-8"), "replace")
    return b"\xef\xbb\xbf" + data if "bom" in named else data
