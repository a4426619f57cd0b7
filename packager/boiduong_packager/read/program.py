"""`program.toml`: the programme's own words, its sessions, and the topic files beside it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc, slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Session
from boiduong_packager.read.source import Source, cleaned, read_source

FILE = "program.toml"
_TEXTS = ("title", "scheme", "audience", "edition", "issuing_body")
_KEYS: dict[str, type] = {
    **dict.fromkeys(_TEXTS, str), "summary": str, "completion": dict, "session": list,
}  # fmt: skip
_COMPLETION: dict[str, type] = {"terms": str, "pass_mark": int}
_SESSION: dict[str, type] = {
    **dict.fromkeys(("id", "title", "delivery", "place"), str),
    "periods": int,
    "topics": list,
    "date": date,
    "starts": time,
}


@dataclass(frozen=True)
class ProgramHead:
    """A programme before its topics are read; `sessions` name topics by id."""

    id: str
    path: str
    title: str
    scheme: str
    audience: str
    edition: str
    issuing_body: str
    summary: str
    terms: str
    pass_mark: int
    sessions: tuple[Session, ...]


def inherited(head: ProgramHead | None) -> dict[str, str | int]:
    """What topics take from their programme where their own front matter says nothing, by key. With a head that
    cannot be read the values are empty: nobody is told to repeat in a topic what program.toml may well say."""
    if head is None:
        return {"audience": "", "edition": "", "issuing_body": "", "pass_mark": 0}
    return {
        "audience": head.audience,
        "edition": head.edition,
        "issuing_body": head.issuing_body,
        "pass_mark": head.pass_mark,
    }


def read_program_head(folder: Path, shown: str) -> tuple[ProgramHead | None, list[Problem]]:
    """The head of the programme in `folder` (named `shown` in messages); None with any error."""
    source = read_source(folder / FILE, f"{shown}/{FILE}")
    if isinstance(source, Problem):
        return None, [source]
    try:
        data = _cleaned(tomllib.loads(source.text))
    except tomllib.TOMLDecodeError as error:
        return None, [_toml_fault(source, error)]
    problems = list(_faults(source, data))
    if problems:
        return None, problems
    completion = data.get("completion", {})
    return ProgramHead(
        id=program_id(folder),
        path=shown,
        **{name: data[name] for name in _TEXTS},
        summary=data.get("summary", ""),
        terms=completion["terms"],
        pass_mark=completion["pass_mark"],
        sessions=tuple(_session(entry) for entry in data.get("session", [])),
    ), []


def _cleaned(value: Any) -> Any:
    """`value` with all its texts cleaned; see read.source.cleaned."""
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return cleaned(value) if isinstance(value, str) else value


def program_id(folder: Path) -> str:
    """A programme is named by its folder: "145-2026"."""
    return slug(nfc(folder.resolve().name))


def topic_files(folder: Path) -> list[Path]:
    """The programme's topic files, by name: every Markdown file in its folder but a README, which is for colleagues."""
    found = (path for path in folder.glob("*.md") if path.stem.casefold() != "readme")
    return sorted(found, key=lambda path: nfc(path.name))


def line_of_topic(folder: Path, topic: str) -> int:
    """The line of program.toml where a session names `topic`."""
    source = read_source(folder / FILE, FILE)
    assert isinstance(source, Source)  # it was read before
    match = re.search(rf"^\s*topics\s*=\s*\[[^\]]*?(?P<at>[\"']{re.escape(topic)}[\"'])", source.text, re.MULTILINE)
    return source.place(match.start("at")).line if match else 0


def _session(entry: dict[str, Any]) -> Session:
    return Session(
        id=entry["id"], title=entry["title"], delivery=Delivery(entry["delivery"]), periods=entry["periods"],
        topics=tuple(entry.get("topics", ())), date=entry.get("date"), starts=entry.get("starts"),
        place=entry.get("place", ""),
    )  # fmt: skip


def _toml_fault(source: Source, error: tomllib.TOMLDecodeError) -> Problem:
    at = re.search(r"at line (\d+), column (\d+)", str(error))
    place = Place(source.path, int(at[1]), int(at[2])) if at else Place(source.path, source.text.count("\n") + 1)
    hint = 'viết «khóa = "nội dung"», chữ đặt trong ngoặc kép'
    if re.search("[“”]", source.text.split("\n")[place.line - 1]):
        hint = 'dùng ngoặc kép thẳng " thay cho ngoặc kép cong “ ” của Word'
    return fault(Code.BAD_TOML, place, "tệp viết chưa đúng dạng TOML", hint)


def _faults(source: Source, data: dict[str, Any]) -> Iterator[Problem]:
    yield from _table_faults(source, data, _KEYS, (*_TEXTS, "completion"), 1)
    completion = data.get("completion")
    if isinstance(completion, dict):
        line = _line_of(source, r"\[completion\]")
        yield from _table_faults(source, completion, _COMPLETION, ("terms", "pass_mark"), line)
        mark = completion.get("pass_mark")
        if isinstance(mark, int) and not 0 <= mark <= 100:
            yield _bad_value(source, _line_of(source, "pass_mark", line), "pass_mark", "phần trăm từ 0 đến 100")
    sessions = data.get("session")
    for number, entry in enumerate(sessions if isinstance(sessions, list) else []):
        yield from _session_faults(source, entry, _nth_line(source, r"\[\[session\]\]", number))
    yield from _repeated_sessions(source, sessions if isinstance(sessions, list) else [])


def _session_faults(source: Source, entry: Any, line: int) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        yield _bad_value(source, line, "session", "bảng [[session]]")
        return
    yield from _table_faults(source, entry, _SESSION, ("id", "title", "delivery", "periods"), line)
    if isinstance(entry.get("delivery"), str) and entry["delivery"] not in list(Delivery):
        guess = did_you_mean(entry["delivery"], Delivery)
        message = f"không có hình thức «{entry['delivery']}»"
        hint = (
            guess or "dùng hall (hội trường), bridge (điểm cầu), live (trực tuyến trực tiếp) hoặc self_paced (tự học)"
        )
        place = Place(source.path, _line_of(source, "delivery", line))
        yield fault(Code.BAD_PROGRAM_VALUE, place, message, hint)
    if not all(isinstance(topic, str) for topic in entry.get("topics") or []):
        yield _bad_value(source, _line_of(source, "topics", line), "topics", "danh sách mã chuyên đề trong ngoặc kép")
    if isinstance(entry.get("periods"), int) and not 1 <= entry["periods"] <= 99:
        yield _bad_value(source, _line_of(source, "periods", line), "periods", "số tiết từ 1 đến 99")
    if isinstance(entry.get("id"), str) and (not entry["id"] or slug(entry["id"]) != entry["id"]):
        yield _bad_value(source, _line_of(source, "id", line), "id", "chữ thường không dấu, số và gạch nối")


def _repeated_sessions(source: Source, sessions: list[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, entry in enumerate(sessions):
        id_ = entry.get("id", "") if isinstance(entry, dict) else ""
        if id_ and id_ in seen:
            place = Place(source.path, _nth_line(source, r"\[\[session\]\]", number))
            yield fault(Code.DUPLICATE_SESSION, place, f"hai buổi cùng mã «{id_}»", "đặt cho mỗi buổi một mã riêng")
        seen.add(id_)


def _table_faults(
    source: Source, table: dict[str, Any], kinds: dict[str, type], required: tuple[str, ...], line: int
) -> Iterator[Problem]:
    for name, value in table.items():
        if name not in kinds:
            hint = did_you_mean(name, kinds) or "dùng: " + ", ".join(kinds)
            place = Place(source.path, _line_of(source, re.escape(name), line))
            yield fault(Code.UNKNOWN_PROGRAM_KEY, place, f"không có khóa «{name}»", hint)
        elif not _is_a(kinds[name], value) or (name in required and value == ""):
            yield _bad_value(source, _line_of(source, name, line), name, _SHAPES.get(name, "chữ trong ngoặc kép"))
    for name in required:
        if name not in table:
            message, hint = f"thiếu «{name}»", f"thêm dòng «{name} = …»"
            yield fault(Code.MISSING_PROGRAM_KEY, Place(source.path, line), message, hint)


def _is_a(kind: type, value: object) -> bool:
    """Python's own kinships are none to TOML: a bool is no int there, a time on a day no day."""
    return isinstance(value, kind) and not isinstance(value, (bool, datetime))


_SHAPES = {
    "periods": "một số nguyên, ví dụ 4", "pass_mark": "một số nguyên, ví dụ 70", "date": "ngày, ví dụ 2026-12-08",
    "starts": "giờ, ví dụ 07:30:00", "topics": "danh sách mã chuyên đề", "session": "bảng [[session]]",
    "completion": "bảng [completion]",
}  # fmt: skip


def _bad_value(source: Source, line: int, name: str, expects: str) -> Problem:
    return fault(
        Code.BAD_PROGRAM_VALUE, Place(source.path, line), f"giá trị của «{name}» không dùng được", f"cần {expects}"
    )


def _line_of(source: Source, pattern: str, after: int = 1) -> int:
    """The first line from `after` on that begins with `pattern`; `after` itself when there is none."""
    lines = source.text.split("\n")[after - 1 :]
    return next((after + n for n, line in enumerate(lines) if re.match(rf'\s*"?{pattern}\b|\s*{pattern}', line)), after)


def _nth_line(source: Source, pattern: str, number: int) -> int:
    found = [match.start() for match in re.finditer(rf"^\s*{pattern}", source.text, re.MULTILINE)]
    return source.place(found[number]).line if number < len(found) else 1
