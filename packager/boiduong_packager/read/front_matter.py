"""The head of a topic: YAML as an author types it, with Vietnamese keys, unquoted colons and Vietnamese dates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import yaml
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc, parse_date, slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Classification, Orientation
from boiduong_packager.read.loose_yaml import compose, yaml_fault
from boiduong_packager.read.reading import HEAD, HEAD_OPENED
from boiduong_packager.read.source import Source, cleaned

LONGEST_ID = 80
"""Characters of a topic's id: it names files, and manifest identifiers hold at most 255 (standards of SCORM)."""
Value = str | int | date | tuple[str, ...] | Orientation | Classification

_SPOKEN_DATE = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}),? năm (\d{4})", re.IGNORECASE)
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
    if not text or slug(text) != text or len(text) > LONGEST_ID:
        raise ValueError(text)
    return text


def _texts(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines)


def _number(unit: str, lowest: int, highest: int) -> Callable[[list[str]], int]:
    def parse(lines: list[str]) -> int:
        (text,) = lines
        match = re.fullmatch(rf"\s*(\d+)\s*(?:{unit})?\s*", text, re.IGNORECASE)
        if not match or not lowest <= int(match.group(1)) <= highest:
            raise ValueError(text)
        return int(match.group(1))

    return parse


def _orientation(lines: list[str]) -> Orientation:
    (text,) = lines
    return Orientation(re.sub(r"^định hướng ", "", text.strip().lower()).strip("()."))


def _classification(lines: list[str]) -> Classification:
    (text,) = lines
    named = {slug(kind.value): kind for kind in Classification}
    if slug(text) not in named:
        raise ValueError(text)
    return named[slug(text)]


def _date(lines: list[str]) -> date:
    (text,) = lines
    spoken = _SPOKEN_DATE.fullmatch(text.strip())
    return parse_date("/".join(spoken.groups()) if spoken else text)


KEYS = (
    Key("id", ("mã",), _slug, "chữ thường không dấu, số và gạch nối, không quá 80 ký tự, ví dụ che-do-boi-duong"),
    Key("title", ("tên", "tiêu đề"), _text, "một dòng chữ"),
    Key("orientation", ("định hướng",), _orientation, _WORDS[Orientation]),
    Key("periods", ("tiết", "số tiết"), _number("tiết|periods?", 1, 99), "một số, ví dụ 4 hoặc «4 tiết»"),
    Key("audience", ("đối tượng",), _text, "một dòng chữ"),
    Key("authors", ("tác giả", "biên soạn"), _texts, "một tên hoặc một danh sách"),
    Key("issuing_body", ("cơ quan ban hành",), _text, "một dòng chữ"),
    Key("sources", ("nguồn",), _texts, "một danh sách"),
    Key("edition", ("bản", "phiên bản"), _text, "một dòng chữ, ví dụ 2026.1"),
    Key("derived_from", ("soạn từ",), _text, "một dòng chữ", required=False),
    Key("review_by", ("rà soát trước", "hạn rà soát"), _date, "ngày, ví dụ 31/12/2027"),
    Key(
        "classification", ("độ mật",), _classification, _WORDS[Classification],
        required=False, default=Classification.NONE,
    ),
    Key("pass_mark", ("điểm đạt",), _number("%", 0, 100), "phần trăm từ 0 đến 100", required=False, default=0),
    Key(
        "minimum_minutes", ("thời gian tối thiểu",), _number("phút|minutes?", 0, 600), "số phút, ví dụ «20 phút»",
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

    @property
    def is_whole(self) -> bool:
        """Whether every key has a value, so that a topic can be made."""
        return all(key.name in self.values for key in KEYS)


def read_front_matter(source: Source, inherited: Mapping[str, Value]) -> tuple[FrontMatter | None, list[Problem]]:
    """The head of `source`; None when there is none or its YAML cannot be understood at all. `inherited` holds, by
    canonical key, what the programme says for topics that do not say it themselves."""
    block = HEAD.match(source.text)
    if not block:
        return None, [_no_block(source)]
    first = source.place(block.start("yaml")).line
    try:
        root = compose(block.group("yaml"), _BY_SLUG)
    except yaml.YAMLError as error:
        return None, [yaml_fault(Place(source.path, first), error)]
    reader = _Reader(source.path, first, inherited)
    reader.take(root)
    return FrontMatter(reader.values, reader.lines, block.end()), reader.problems


def _no_block(source: Source) -> Problem:
    place = Place(source.path, 1)
    if HEAD_OPENED.match(source.text):
        hint = "thêm một dòng «---» ngay dưới dòng khóa cuối cùng"
        return fault(Code.NO_FRONT_MATTER, place, "khối đầu đề chưa đóng", hint)
    hint = "bắt đầu tệp bằng khối đầu đề giữa hai dòng «---»; «boiduong new topic» tạo sẵn một mẫu"
    return fault(Code.NO_FRONT_MATTER, place, "tệp chưa có khối đầu đề", hint)


class _Reader:
    """Gathers values and problems entry by entry."""

    def __init__(self, path: str, first: int, inherited: Mapping[str, Value]) -> None:
        self.path, self._first, self._inherited = path, first, inherited
        self.values: dict[str, Value] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []

    def take(self, entries: list[tuple[yaml.Node, yaml.Node]]) -> None:
        for name, value in entries:
            shown = nfc(name.value) if isinstance(name, yaml.ScalarNode) else "?"
            self._entry(shown, name.start_mark.line + self._first, value)
        for key in KEYS:
            if key.name in self._inherited and key.name not in self.lines:
                self.values[key.name] = self._inherited[key.name]
            elif not key.required:
                self.values.setdefault(key.name, key.default)
            elif key.name not in self.lines:
                alias = key.aliases[0]
                self._report(Code.MISSING_KEY, 1, f"thiếu «{alias}»", f"thêm dòng «{alias}: …» ({key.expects})")

    def _entry(self, name: str, line: int, value: yaml.Node) -> None:
        key = _BY_SLUG.get(slug(name))
        if key is None:
            guess = did_you_mean(name, _NAMES) or "bỏ dòng này; các khóa dùng được: " + ", ".join(
                key.aliases[0] for key in KEYS
            )
            self._report(Code.UNKNOWN_KEY, line, f"không có khóa «{name}»", guess)
        elif key.name in self.lines:
            hint = f"chỉ giữ một dòng; dòng kia là dòng {self.lines[key.name]}"
            self._report(Code.DUPLICATE_KEY, line, f"«{name}» viết hai lần", hint)
        else:
            self.lines[key.name] = line
            self._value(key, name, line, value)

    def _value(self, key: Key, name: str, line: int, value: yaml.Node) -> None:
        nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
        texts = [cleaned(node.value).strip() for node in nodes if isinstance(node, yaml.ScalarNode)]
        try:
            if len(texts) != len(nodes) or not any(texts):
                raise ValueError(name)
            self.values[key.name] = key.parse(texts)
        except ValueError:
            shown = ", ".join(texts)
            message = f"không hiểu «{name}: {shown}»" if shown else f"«{name}» chưa có nội dung"
            self._report(Code.BAD_VALUE, line, message, f"cần {key.expects}")

    def _report(self, code: Code, line: int, message: str, hint: str) -> None:
        self.problems.append(fault(code, Place(self.path, line), message, hint))
