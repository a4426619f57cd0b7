"""YAML as an author types it: what is plainly meant is put right before YAML sees it, and what is not is told in
Vietnamese with its line."""

import re
from collections.abc import Container

import yaml
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.faults import Code, fault

_KEY_LINE = re.compile(
    r"^[ \t]{0,3}[*_]{0,2}(?P<key>[^\s:：#'\"*_-][^:：#'\"*\n]*?)[*_]{0,2}[ \t]*[:：](?:[ \t]*|$)(?P<text>.*)$"
)
_ITEM_LINE = re.compile(r"^(?P<indent>[ \t]*)[-–—•+*](?:[ \t]+(?P<text>.*)|)$")
_WHOLE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[[^\[\]]*\]")
_INDICATORS = "\"'[]{}>|&*!%@`#-?,:~<="
_Entry = tuple[yaml.Node, yaml.Node]


def compose(text: str, known: Container[str]) -> list[_Entry]:
    """The top-level pairs of `text`, where `known` holds the slugs of keys. Scalars are kept as written: YAML would
    make 2026.10 a number and 1_000 another.

    Raises yaml.YAMLError when `text` cannot be understood.
    """
    lines = text.split("\n")
    followers = [*lines[1:], ""]
    put_right = "\n".join(_put_right(line, after, known) for line, after in zip(lines, followers, strict=True))
    root = yaml.compose(put_right, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise yaml.MarkedYAMLError(problem="not a mapping", problem_mark=root.start_mark)
    return list(root.value)


def _put_right(line: str, after: str, known: Container[str]) -> str:
    """`line` with its plain text quoted where a sign in it would mislead YAML. A text that goes on in the line `after`
    is left as it is."""
    key = _KEY_LINE.match(line)
    item = _ITEM_LINE.match(line)
    if key and (slug(key["key"]) in known or not (item or line[0].isspace())):
        head, text = f"{key['key']}: ", key["text"]
    elif item:
        head, text = f"{item['indent'].expandtabs(2)}- ", item["text"] or ""
    else:
        return line
    goes_on = re.match(r"[ \t]+[^\s-]", after) is not None and _ITEM_LINE.match(after) is None
    return head + (text if goes_on else _quoted(text.strip()))


def _quoted(text: str) -> str:
    if (
        not text
        or _WHOLE.fullmatch(text)
        or text.startswith(("|", ">"))
        or (text[0] in "\"'" and text.count(text[0]) == 1)
    ):
        return text
    if text[0] in _INDICATORS or re.search(r":(?:\s|$)|\s#", text):
        return "'" + text.replace("'", "''") + "'"
    return text


_FAULTS = (
    ("mapping values are not allowed", "dấu hai chấm đặt sai chỗ", "để cả dòng chữ trong dấu ngoặc kép"),
    ("character '\\t'", "dòng thụt đầu bằng phím Tab", "xóa Tab, cho khóa bắt đầu sát lề trái"),
    ("that cannot start any token", "dòng bắt đầu bằng Tab hoặc dấu lạ", "cho khóa bắt đầu sát lề trái"),
    ("could not find expected ':'", "dòng này không có dạng «khóa: nội dung»", "kiểm tra dấu hai chấm sau tên khóa"),
    ("expected ',' or ']'", "danh sách [ ] chưa đóng", "thêm dấu ] ở cuối"),
    ("unexpected end of stream", "dấu ngoặc kép chưa đóng", "thêm dấu ngoặc kép ở cuối dòng chữ"),
    ("unexpected document separator", "dấu ngoặc kép chưa đóng", "thêm dấu ngoặc kép ở cuối dòng chữ"),
    ("expected <block end>", "dòng thụt đầu không thẳng hàng", "cho các khóa bắt đầu sát lề trái"),
    ("did not find expected key", "dòng thụt đầu không thẳng hàng, hoặc ngoặc kép đặt sai", "cho khóa sát lề trái"),
    ("not a mapping", "khối đầu đề không có dạng «khóa: nội dung»", "viết mỗi dòng một khóa"),
)
"""A piece of PyYAML's message, what it means to an author, and what to do."""


def yaml_fault(start: Place, error: yaml.YAMLError) -> Problem:
    """What `error` means; the YAML begins at the line of `start`."""
    said, mark = str(error), None
    if isinstance(error, yaml.MarkedYAMLError):
        said = f"{error.problem} {error.context}"
        # Where a quotation is not closed, its beginning says more than the end of the text.
        is_open = "end of stream" in said or "document separator" in said
        mark = error.context_mark if is_open and error.context_mark else error.problem_mark or error.context_mark
    found = (known[1:] for known in _FAULTS if known[0] in said)
    message, hint = next(found, ("khối đầu đề viết chưa đúng", "viết mỗi dòng một khóa, dạng «khóa: nội dung»"))
    place = Place(start.path, mark.line + start.line) if mark else Place(start.path, 1)
    return fault(Code.BAD_YAML, place, message, hint)
