"""The head of a topic: YAML as an author types it, with Vietnamese keys, unquoted colons and Vietnamese dates."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import yaml
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc, parse_date, slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Classification, Orientation
from boiduong_packager.read.source import Source

Value = str | int | date | tuple[str, ...] | Orientation | Classification

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_PLAIN_WITH_COLON = re.compile(r"^(?P<head>\s*(?:-\s+|[^\s:#'\"-][^:#'\"\n]*:\s+))(?P<text>[^\s'\"\[{>|&*!%@`].*?)\s*$")
_WORDS = {Orientation: "a, b, c hoặc d", Classification: "không, mật, tối mật hoặc tuyệt mật"}


@dataclass(frozen=True)
class Key:
    """A key of the front matter: its canonical name, what authors may call it, and how its text is understood."""

    name: str
    aliases: tuple[str, ...]
    parse: Callable[[list[str]], Value]
    expects: str
    required: bool = True
    default: Value = ""


def _text(lines: list[str]) -> str:
    return "; ".join(lines).strip()


def _slug(lines: list[str]) -> str:
    (text,) = lines
    if not text or slug(text) != text:
        raise ValueError(text)
    return text


def _texts(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines)


def _number(unit: str, highest: int) -> Callable[[list[str]], int]:
    def parse(lines: list[str]) -> int:
        (text,) = lines
        match = re.fullmatch(rf"\s*(\d+)\s*(?:{unit})?\s*", text, re.IGNORECASE)
        if not match or int(match.group(1)) > highest:
            raise ValueError(text)
        return int(match.group(1))

    return parse


def _one_of(kind: type[Orientation] | type[Classification]) -> Callable[[list[str]], Orientation | Classification]:
    def parse(lines: list[str]) -> Orientation | Classification:
        (text,) = lines
        return kind(text.strip().lower().strip("()."))

    return parse


def _date(lines: list[str]) -> date:
    (text,) = lines
    return parse_date(text)


KEYS = (
    Key("id", ("mã",), _slug, "chữ thường không dấu, số và gạch nối, ví dụ che-do-boi-duong"),
    Key("title", ("tên", "tiêu đề"), _text, "một dòng chữ"),
    Key("orientation", ("định hướng",), _one_of(Orientation), _WORDS[Orientation]),
    Key("periods", ("tiết", "số tiết"), _number("tiết|periods?", 99), "một số, ví dụ 4 hoặc «4 tiết»"),
    Key("audience", ("đối tượng",), _text, "một dòng chữ"),
    Key("authors", ("tác giả", "biên soạn"), _texts, "một tên hoặc một danh sách"),
    Key("issuing_body", ("cơ quan ban hành",), _text, "một dòng chữ"),
    Key("sources", ("nguồn",), _texts, "một danh sách"),
    Key("edition", ("bản", "phiên bản"), _text, "một dòng chữ, ví dụ 2026.1"),
    Key("derived_from", ("soạn từ",), _text, "một dòng chữ", required=False),
    Key("review_by", ("rà soát trước", "hạn rà soát"), _date, "ngày, ví dụ 31/12/2027"),
    Key(
        "classification", ("độ mật",), _one_of(Classification), _WORDS[Classification],
        required=False, default=Classification.NONE,
    ),
    Key("pass_mark", ("điểm đạt",), _number("%", 100), "phần trăm từ 0 đến 100", required=False, default=-1),
    Key(
        "minimum_minutes", ("thời gian tối thiểu",), _number("phút|minutes?", 600), "số phút, ví dụ «20 phút»",
        required=False, default=0,
    ),
)  # fmt: skip
_BY_SLUG = {slug(name): key for key in KEYS for name in (key.name, *key.aliases)}
_NAMES = tuple(name for key in KEYS for name in (key.name, *key.aliases))


@dataclass(frozen=True)
class FrontMatter:
    """Parsed values by canonical key, the line of each, and where the body starts (an offset)."""

    values: dict[str, Value]
    lines: dict[str, int]
    body: int


def read_front_matter(source: Source) -> tuple[FrontMatter | None, list[Problem]]:
    """The head of `source`; None when there is none or its YAML cannot be understood at all."""
    block = _BLOCK.match(source.text)
    if not block:
        hint = "bắt đầu tệp bằng khối đầu đề giữa hai dòng «---»; «boiduong new topic» tạo sẵn một mẫu"
        return None, [fault(Code.NO_FRONT_MATTER, Place(source.path, 1), "tệp chưa có khối đầu đề", hint)]
    try:
        entries = _entries(block.group("yaml"))
    except yaml.MarkedYAMLError as error:
        return None, [_yaml_fault(source.path, error)]
    reader = _Reader(source.path)
    reader.take(entries)
    return FrontMatter(reader.values, reader.lines, block.end()), reader.problems


def _entries(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """The top-level pairs. Scalars are kept as written: YAML would make 2026.10 a number and 1_000 another."""
    quoted = "\n".join(_quoted(line) for line in text.split("\n"))
    root = yaml.compose(quoted, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise yaml.MarkedYAMLError(problem="not a mapping", problem_mark=root.start_mark)
    return list(root.value)


def _quoted(line: str) -> str:
    """`line` with its plain text quoted where a colon or a hash in it would mislead YAML."""
    match = _PLAIN_WITH_COLON.match(line)
    if match and re.search(r":(?:\s|$)|\s#", match["text"]):
        return match["head"] + "'" + match["text"].replace("'", "''") + "'"
    return line


class _Reader:
    """Gathers values and problems entry by entry."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.values: dict[str, Value] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []

    def take(self, entries: list[tuple[yaml.Node, yaml.Node]]) -> None:
        for name, value in entries:
            self._entry(nfc(str(name.value)), name.start_mark.line + 2, value)
        for key in KEYS:
            if not key.required:
                self.values.setdefault(key.name, key.default)
            elif key.name not in self.lines:
                self._report(
                    Code.MISSING_KEY, 1, f"thiếu «{key.aliases[0]}»", f"thêm dòng «{key.aliases[0]}: …» ({key.expects})"
                )

    def _entry(self, name: str, line: int, value: yaml.Node) -> None:
        key = _BY_SLUG.get(slug(name))
        if key is None:
            guess = did_you_mean(name, _NAMES) or "xem các khóa trong docs/soan-chuyen-de.md"
            self._report(Code.UNKNOWN_KEY, line, f"không có khóa «{name}»", guess)
        elif key.name in self.lines:
            hint = f"chỉ giữ một dòng; dòng kia là dòng {self.lines[key.name]}"
            self._report(Code.DUPLICATE_KEY, line, f"«{name}» viết hai lần", hint)
        else:
            self.lines[key.name] = line
            self._value(key, name, line, value)

    def _value(self, key: Key, name: str, line: int, value: yaml.Node) -> None:
        nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
        texts = [nfc(node.value).strip() for node in nodes if isinstance(node, yaml.ScalarNode)]
        try:
            if len(texts) != len(nodes) or not any(texts):
                raise ValueError(name)
            self.values[key.name] = key.parse(texts)
        except ValueError:
            shown = ", ".join(texts) or "để trống"
            self._report(Code.BAD_VALUE, line, f"«{name}: {shown}» không hiểu được", f"cần {key.expects}")

    def _report(self, code: Code, line: int, message: str, hint: str) -> None:
        self.problems.append(fault(code, Place(self.path, line), message, hint))


_YAML_FAULTS = (
    ("mapping values are not allowed", "dấu hai chấm đặt sai chỗ", "để cả dòng chữ trong dấu ngoặc kép"),
    (r"found character '\t'", "dòng thụt đầu bằng phím Tab", "thay bằng dấu cách"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên khóa", "viết «tên khóa: nội dung»"),
    ("expected ',' or ']'", "danh sách [ ] chưa đóng", "thêm dấu ] ở cuối"),
    ("unexpected end of stream", "dấu ngoặc kép chưa đóng", "thêm dấu ngoặc kép ở cuối dòng chữ"),
    ("expected <block end>", "dòng thụt đầu không thẳng hàng", "cho các khóa bắt đầu sát lề trái"),
    (
        "did not find expected key",
        "dòng thụt đầu không thẳng hàng hoặc ngoặc kép đặt sai",
        "cho các khóa bắt đầu sát lề trái",
    ),
    ("not a mapping", "khối đầu đề không có dạng «khóa: nội dung»", "viết mỗi dòng một khóa"),
)
"""A piece of PyYAML's message, what it means to an author, and what to do."""


def _yaml_fault(path: str, error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.problem} {error.context}"
    found = (known[1:] for known in _YAML_FAULTS if known[0] in said)
    message, hint = next(found, ("khối đầu đề viết chưa đúng", "viết mỗi dòng một khóa, dạng «khóa: nội dung»"))
    mark = error.problem_mark or error.context_mark
    return fault(Code.BAD_YAML, Place(path, mark.line + 2, mark.column + 1) if mark else Place(path, 1), message, hint)
