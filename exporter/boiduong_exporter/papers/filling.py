"""A template filled with the texts of a report. The template is an office's own and may be broken: what is wrong with
it is told as a Problem. It is filled in a sandbox, and no text can become markup."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from traceback import extract_tb
from typing import Any
from zipfile import BadZipFile

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.papers.names import LINES, Line

_GUIDE = "xem docs/mau-bao-cao.md"
_SHORT = 80
_TAG = re.compile(r"\{[{%]")
_LOOP = frozenset({"index", "index0", "first", "last", "length", "revindex"})
"""What Jinja's own `loop` has."""
_FAILING = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What an expression of the template can raise: Jinja's own errors, the sandbox's, and Python's."""
_FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "replace", "trim", "upper")
"""Those that words of a paper may need; none of them makes a text of any length, or another one each time."""


class _Tags(ImmutableSandboxedEnvironment):
    """What tags may do: name, loop, choose. Nothing is multiplied or called but `range`: papers have no use for it, and
    a slip of the hand would fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals = {"range": self.globals["range"]}
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def call_binop(self, _context: Context, operator: str, _left: Any, _right: Any) -> Any:
        raise SecurityError(operator)

    def is_safe_callable(self, obj: Any) -> bool:
        return obj is self.globals["range"]


class _Template(DocxTemplate):  # type: ignore[misc]  # untyped
    """Raises XMLSyntaxError where tags part what belongs together; docxtpl would drop the rest without a word."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        return super().fix_tables(xml)


def filled(template: bytes, path: str, values: Line) -> BytesIO | Problem:
    """The document, or what is wrong with the template; `path` is how the office knows it."""
    try:
        found = _Template(BytesIO(template))
        found.init_docx()
    except (OpcError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        hint = "mở bằng Word rồi lưu lại dạng «Word Document (.docx)», hoặc lấy mẫu mới: boiduong template review"
        return fault(Code.NOT_A_TEMPLATE, Place(path), "không phải tệp Word .docx, hoặc tệp hỏng", hint)
    environment = _Tags()
    parts = tuple(_parts(found))
    if not any(_TAG.search(xml) for xml in parts):  # it would be printed again with the figures of its day
        hint = "lấy mẫu bằng boiduong template review"
        return fault(Code.NOT_A_TEMPLATE, Place(path), "tệp này không có thẻ nào, hình như là báo cáo đã điền", hint)
    if wrong := next(_wrong(parts, environment, values), None):
        return fault(Code.BAD_TAG, Place(path), *wrong)
    try:
        found.render(values, environment)
    except _FAILING as error:
        return fault(Code.BAD_TAG, Place(path), *_failed(error, _stumbled(parts, environment, values)))
    except etree.XMLSyntaxError:
        hint = f"mỗi thẻ {{%p … %}}, {{%tr … %}} đứng một mình trong một đoạn, một dòng của bảng; {_GUIDE}"
        return fault(Code.BAD_TAG, Place(path), "thẻ mở và thẻ đóng không cùng một chỗ trong văn bản", hint)
    buffer = BytesIO()
    found.save(buffer)
    return buffer


def _wrong(parts: Iterable[str], environment: _Tags, values: Line) -> Iterator[tuple[str, str]]:
    """What is wrong with the tags, and what to do, before anything is filled."""
    for xml in parts:
        try:
            tree = environment.parse(xml)
            environment.from_string(xml)
        except TemplateSyntaxError as error:
            yield _broken(error, xml)
            return
        except _FAILING as error:  # what is constant is reckoned beforehand
            yield _failed(error, "")
            return
        unknown = sorted(meta.find_undeclared_variables(tree) - values.keys())
        unknown += sorted({each.attr for each in tree.find_all(nodes.Getattr) if not _is_known(each)})
        for name in unknown:
            yield _unknown(name, xml, values)


def _parts(found: Any) -> Iterator[str]:
    """The body, the headers and the footers as text with tags, a paragraph a line."""
    sources = [found.get_xml()]
    for kind in (found.HEADER_URI, found.FOOTER_URI):
        sources += [found.get_part_xml(part) for _, part in found.get_headers_footers(kind)]
    for xml in sources:
        yield re.sub(r"<w:p([ >])", r"\n<w:p\1", found.patch_xml(xml))


def _is_known(each: nodes.Getattr) -> bool:
    if isinstance(each.node, nodes.Name) and each.node.name == "loop":
        return each.attr in _LOOP
    return any(each.attr in names for names in LINES.values())


def _broken(error: TemplateSyntaxError, xml: str) -> tuple[str, str]:
    lines = xml.splitlines()
    text = _text(lines[min(error.lineno, len(lines)) - 1])
    said = error.message or ""
    if open_tag := re.search(r"innermost block that needs to be closed is '(\w+)'", said):
        message = f"thẻ {{% {open_tag[1]} … %}} chưa có thẻ đóng {{% end{open_tag[1]} %}}"
    elif tag := re.search(r"unknown tag '(\w+)'|filter named '(\w+)'", said):
        message = f"thẻ có từ không hiểu «{tag[1] or tag[2]}»"
    else:
        message = "thẻ viết chưa đúng"
    return f"{message}{_at(text)}", f"sửa thẻ ấy trong Word theo mẫu; {_GUIDE}"


def _unknown(name: str, xml: str, values: Mapping[str, object]) -> tuple[str, str]:
    known = sorted({*values, *(each for names in LINES.values() for each in names)})
    tagged = re.compile(rf"\{{[{{%][^}}]*\b{re.escape(name)}\b")
    text = next((_text(line) for line in xml.splitlines() if tagged.search(line)), "")
    hint = " ".join(filter(None, [did_you_mean(name, known), f"Tên dùng được: {', '.join(known)}; {_GUIDE}"]))
    return f"thẻ dùng tên không có: «{name}»{_at(text)}", hint


def _failed(error: Exception, text: str) -> tuple[str, str]:
    """A name that a line of that list does not have, or an expression that has no value."""
    if isinstance(error, UndefinedError):
        lists = "; ".join(f"{name}: {', '.join(names)}" for name, names in LINES.items())
        return f"thẻ dùng tên mà dòng của bảng ấy không có{_at(text)}", f"Tên của từng bảng: {lists}; {_GUIDE}"
    return f"thẻ không tính được{_at(text)}", f"thẻ chỉ nên nêu tên, vòng lặp và điều kiện; {_GUIDE}"


def _stumbled(parts: Iterable[str], environment: _Tags, values: Line) -> str:
    """The paragraph at which the filling fails: Jinja's traceback has its line, and each paragraph is one."""
    for xml in parts:
        try:
            environment.from_string(xml).render(values)
        except _FAILING as error:
            frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename == "<template>"]
            return _text(xml.splitlines()[frames[-1].lineno - 1]) if frames and frames[-1].lineno else ""
    return ""


def _text(line: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", line).split())


def _at(text: str) -> str:
    shown = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
    return f", ở đoạn «{shown}»" if shown else ""
