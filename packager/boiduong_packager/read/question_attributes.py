"""The opening line of a question: which block it is, and its attributes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import did_you_mean, slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.question_blocks import Block
from boiduong_packager.read.source import Source

QUESTION_NAMES = ("question", "câu-hỏi", "cau-hoi")
REFLECTION_NAMES = ("reflection", "suy-ngẫm", "suy-ngam")
DEFAULT_POINTS, DEFAULT_ATTEMPTS, MOST = 1, 2, 100

_ATTRIBUTE = re.compile(r"#(?P<id>\S+)|(?P<key>[^\s=]+)(?P<sign>[ \t]*=[ \t]*)(?P<value>\S+)|(?P<other>\S+)")
_QUOTES = "\"'“”‘’,;"
_KEYS = {
    "points": "points",
    "diem": "points",
    "attempts": "attempts",
    "lan": "attempts",
    "kind": "kind",
    "loai": "kind",
}
_SEVERAL = ("several", "nhieu")
_USE = "dùng points=… (điểm), attempts=… (lần), kind=several (nhiều đáp án)"


@dataclass
class Attributes:
    """What the opening line says; `is_several` when the author asks for several right choices."""

    id: str = ""
    points: int = DEFAULT_POINTS
    attempts: int = DEFAULT_ATTEMPTS
    is_several: bool = False
    is_reflection: bool = False


def read_attributes(source: Source, block: Block) -> tuple[Attributes | None, list[Problem]]:
    """The attributes of `block`; None when it is no question at all."""
    name = block.name.casefold()
    place = source.place(block.start)
    if name not in QUESTION_NAMES + REFLECTION_NAMES:
        known = did_you_mean(name, ("question", "câu-hỏi", "reflection", "suy-ngẫm"))
        hint = known or "dùng «question» (câu hỏi) hoặc «suy-ngẫm»"
        return None, [fault(Code.UNKNOWN_BLOCK, place, f"không có khối «::: {block.name}»", hint)]
    found = Attributes(is_reflection=name in REFLECTION_NAMES)
    problems = []
    for match in _ATTRIBUTE.finditer(block.attributes.replace(",", " ")):
        problems += [fault(code, place, message, hint) for code, message, hint in _take(match, found)]
    if block.rest and not (block.rest.startswith("#") and not found.id):
        hint = "chuyển phần chữ này xuống dòng dưới"
        problems.append(fault(Code.BAD_ATTRIBUTE, place, f"dòng mở câu hỏi có thêm «{block.rest}»", hint))
    if not found.id and not any(problem.code == Code.BAD_ID for problem in problems):
        hint = "thêm mã trong ngoặc nhọn, ví dụ «::: question {#q1}»; mã giữ kết quả của người học khi sửa chữ"
        problems.append(fault(Code.NO_QUESTION_ID, place, "câu hỏi chưa có mã", hint))
    return found, problems


def _take(match: re.Match[str], found: Attributes) -> Iterator[tuple[Code, str, str]]:
    """Put one attribute into `found`, or say what is wrong with it."""
    key = _KEYS.get(slug(match["key"])) if match["key"] else None
    value = (match["value"] or "").strip(_QUOTES)
    if match["id"]:
        found.id = match["id"].strip(_QUOTES)
        if slug(found.id) != found.id or not found.id:
            example = f", ví dụ «{slug(found.id)}»" if slug(found.id) else ""
            hint = f"mã chỉ có chữ thường không dấu, số và gạch nối, không có dấu cách{example}"
            yield Code.BAD_ID, f"mã «{found.id}» không dùng được", hint
    elif key and match["sign"] != "=":
        message = f"«{match.group()}» có dấu cách quanh dấu bằng"
        yield Code.BAD_ATTRIBUTE, message, f"viết liền: {match['key']}={match['value']}"
    elif key == "kind" and slug(value) in _SEVERAL:
        found.is_several = True
    elif key in ("points", "attempts") and value.isdecimal() and 1 <= int(value) <= MOST:
        setattr(found, key, int(value))
    elif key:
        expects = "viết kind=several" if key == "kind" else f"viết một số từ 1 đến {MOST}, ví dụ {match['key']}=2"
        yield Code.BAD_ATTRIBUTE, f"không hiểu «{match.group()}»", expects
    else:
        yield Code.BAD_ATTRIBUTE, f"không hiểu «{match.group()}»", did_you_mean(match["key"] or "", _KEYS) or _USE
