"""The rules that a topic's body is held to before it is rendered: each a function over its layout, and one list."""

import re
from collections.abc import Callable, Iterator

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.formula import MathError, mathml_of
from boiduong_packager.read.layout import Layout
from boiduong_packager.read.masking import MATH, blanked, mask_math
from boiduong_packager.read.pasted import (
    captions_stand_before_tables,
    lists_are_markdown,
    tables_are_drawn,
    tables_are_whole,
)
from boiduong_packager.read.question_blocks import BLANK
from boiduong_packager.read.raw_html import attribute_faults, html_faults
from boiduong_packager.read.references import image_faults
from boiduong_packager.read.structure import FOOTNOTE_USE, OPENING_ID
from boiduong_packager.read.trees import ALERT, ALERTS, alert_kind

_UNDERLINED = re.compile(r"^(?P<text>(?![ \t]*(?:[|>#]|[-*+][ \t]|$))[^\n]+)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_OUT_OF_LINE = re.compile(r"^(?:[ ]{1,3}|[ \t]*(?:[>*+-][ \t]*)+)#{1,6}[ \t]+\S", re.MULTILINE)
_IN_QUESTION = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_OPEN_CODE = re.compile(r"^(?:`{3,}|~{3,})|<!--", re.MULTILINE)
_RIGHT_MARK = re.compile(r"^[ \t>]*[-*+•–][ \t]*\[[ \t]*[xX][ \t]*\](?![(:\[])", re.MULTILINE)
_QUOTE_ALERT = re.compile(r"^[ \t]*>[ \t]*(?P<mark>\[!\w[^\]\n]*\])", re.MULTILINE)


def headings_are_in_order(layout: Layout) -> Iterator[Problem]:
    level = 1
    for heading in layout.headings:
        place = layout.source.place(heading.start)
        if heading.level == 1:
            hint = "tên chuyên đề ghi ở khối đầu đề («tên: …»); trong bài bắt đầu bằng ##"
            yield fault(Code.TOP_HEADING, place, f"đề mục một dấu #: «{heading.text}»", hint)
        elif heading.level > 4:
            hint = "chia bài thành ##, ### và ####; nhỏ hơn nữa thì dùng danh sách hoặc chữ đậm"
            yield fault(Code.DEEP_HEADING, place, f"đề mục quá sâu: «{heading.text}»", hint)
        elif heading.level > level + 1:
            message = f"đề mục nhảy cấp: «{heading.text}»"
            yield fault(Code.SKIPPED_LEVEL, place, message, f"dùng «{'#' * (level + 1)} {heading.text}»")
        if heading.is_explicit or heading.level == 2:
            yield from _heading_id(layout, heading.id, heading.start)
        level = max(heading.level, 2)


def _heading_id(layout: Layout, id_: str, offset: int) -> Iterator[Problem]:
    if not id_:
        message, hint = "đề mục này chưa có mã", "thêm mã ở cuối dòng, ví dụ {#muc-1}"
        yield fault(Code.BAD_ID, layout.source.place(offset), message, hint)
    elif slug(id_) != id_:
        hint = (
            "mã chỉ có chữ thường không dấu, số và gạch nối; ghi ở cuối dòng, ví dụ {#" + (slug(id_) or "muc-1") + "}"
        )
        yield fault(Code.BAD_ID, layout.source.place(offset), f"mã đề mục «{id_}» không dùng được", hint)


def headings_look_like_headings(layout: Layout) -> Iterator[Problem]:
    """Underlined or indented ones, and those within something else: Markdown takes them for what they are not."""
    for match in _UNDERLINED.finditer(layout.outside, layout.start):
        hint = "đề mục viết «## Tên mục»; muốn kẻ một vạch ngang thì để một dòng trống trước ---"
        yield _odd_heading(layout, match.start(), f"dòng «{match['text'].strip()}» gạch dưới bằng --- hoặc ===", hint)
    for match in _OUT_OF_LINE.finditer(layout.outside, layout.start):
        hint = "xóa phần đứng trước dấu #: đề mục phải bắt đầu từ lề trái"
        yield _odd_heading(layout, match.start(), "đề mục không đứng ở đầu dòng", hint)
    for block in layout.blocks:
        for match in _IN_QUESTION.finditer(layout.masked, block.body_start, block.end):
            hint = "nếu câu hỏi đã hết thì thêm dòng «:::» phía trên; trong câu hỏi dùng chữ đậm thay đề mục"
            yield _odd_heading(layout, match.start(), "đề mục nằm trong câu hỏi", hint)


def _odd_heading(layout: Layout, offset: int, message: str, hint: str) -> Problem:
    return fault(Code.NOT_A_HEADING, layout.source.place(offset), message, hint)


def sections_have_text(layout: Layout) -> Iterator[Problem]:
    if not any(heading.level == 2 for heading in layout.headings):
        place, hint = layout.source.place(layout.start), "chia bài thành các mục bằng dòng «## Tên mục»"
        yield fault(Code.NO_SECTION, place, "chuyên đề chưa có mục nào", hint)
        return
    for span in layout.spans:
        if not layout.text[span.start : span.end].strip():
            hint = "viết nội dung dưới dòng này, hoặc bỏ đề mục"
            place = layout.source.place(span.heading_start)
            yield fault(Code.EMPTY_SECTION, place, f"mục «{span.title}» chưa có nội dung", hint)
    for block in layout.blocks:
        if block.start < min(heading.start for heading in layout.headings if heading.level == 2):
            place, hint = layout.source.place(block.start), "chuyển câu hỏi xuống dưới một dòng «## Tên mục»"
            yield fault(Code.NO_SECTION, place, "câu hỏi đứng trước mục đầu tiên", hint)


def ids_are_unique(layout: Layout) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    opening = layout.spans[0].heading_start if layout.spans and layout.spans[0].id == OPENING_ID else -1
    for id_, offset in layout.ids():
        if id_ in seen:
            line = layout.source.place(seen[id_]).line
            first = "phần mở đầu, " if seen[id_] == opening else ""
            hint = "đặt mã khác ở cuối dòng, ví dụ {#" + id_ + "-2}"
            message = f"mã «{id_}» đã dùng ở {first}dòng {line}"
            yield fault(Code.DUPLICATE_ID, layout.source.place(offset), message, hint)
        seen.setdefault(id_, offset)


def footnotes_pair(layout: Layout) -> Iterator[Problem]:
    notes: dict[str, int] = {}
    for note in layout.definitions.footnotes:
        if note.name in notes:
            message = f"chú thích [^{note.name}] viết hai lần; lần trước ở dòng {notes[note.name]}"
            place = layout.source.place(note.start)
            yield fault(Code.DUPLICATE_ID, place, message, "đặt số khác cho chú thích này")
        notes.setdefault(note.name, layout.source.place(note.start).line)
    used = set()
    for use in FOOTNOTE_USE.finditer(layout.outside, layout.start):
        used.add(use["name"])
        if use["name"] not in notes:
            hint = f"thêm một dòng «[^{use['name']}]: nội dung chú thích» ở cuối tệp"
            message = f"chú thích [^{use['name']}] chưa có nội dung"
            yield fault(Code.UNDEFINED_FOOTNOTE, layout.source.place(use.start()), message, hint)
    for note in layout.definitions.footnotes:
        for inner in FOOTNOTE_USE.finditer(note.text):
            used.add(inner["name"])
            message = f"chú thích [^{inner['name']}] nằm trong một chú thích khác"
            place = layout.source.place(note.start)
            yield fault(Code.UNDEFINED_FOOTNOTE, place, message, "gộp hai chú thích làm một")
    for note in layout.definitions.footnotes:
        if note.name not in used:
            message, hint = (
                f"chú thích [^{note.name}] không được nhắc trong bài",
                "thêm dấu gọi vào bài, hoặc bỏ dòng này",
            )
            yield fault(Code.UNUSED_FOOTNOTE, layout.source.place(note.start), message, hint)


def footnotes_stay_outside_questions(layout: Layout) -> Iterator[Problem]:
    for block in layout.blocks:
        for use in FOOTNOTE_USE.finditer(layout.masked, block.start, block.end):
            hint = "bỏ dấu chú thích ở đây; nguồn thì ghi bằng chữ, ví dụ trong phần «Giải thích:»"
            place = layout.source.place(use.start())
            yield fault(Code.FOOTNOTE_IN_QUESTION, place, f"chú thích [^{use['name']}] nằm trong câu hỏi", hint)


def answers_stay_inside_questions(layout: Layout) -> Iterator[Problem]:
    """Where the opening line is missing, the answers would be shown to everyone."""
    hint = "mở câu hỏi bằng «::: question {#q1}», đóng bằng «:::»"
    for pattern in (_RIGHT_MARK, BLANK):
        for match in pattern.finditer(layout.outside, layout.start):
            place = layout.source.place(match.start())
            if not _follows_fence_fault(layout, place.line):
                message = f"dấu đáp án «{match.group().strip()}» nằm ngoài câu hỏi"
                yield fault(Code.OUTSIDE_QUESTION, place, message, hint)


def _follows_fence_fault(layout: Layout, line: int) -> bool:
    """Whether `line` belongs to a question whose fences do not pair, which has been told already."""
    headings = [layout.source.place(heading.start).line for heading in layout.headings]
    section = max((start for start in headings if start <= line), default=0)
    return any(section < problem.place.line < line for problem in layout.fence_faults)


def formulas_can_be_read(layout: Layout) -> Iterator[Problem]:
    for match in MATH.finditer(layout.masked, layout.start):
        try:
            mathml_of(match.group().strip("$").strip(), "inline")
        except MathError:
            hint = "viết bằng LaTeX, ví dụ $\\frac{a}{b}$, chữ đặt trong \\text{…}; nếu là tiền thì viết \\$ hoặc USD"
            message = f"không đọc được công thức {' '.join(match.group().split())}"
            yield fault(Code.BAD_MATH, layout.source.place(match.start()), message, hint)


def alerts_are_known(layout: Layout) -> Iterator[Problem]:
    for match in _QUOTE_ALERT.finditer(layout.masked, layout.start):
        named = ALERT.match(match["mark"])
        if named and alert_kind(named["kind"]) is None:
            hint = "dùng một trong: " + ", ".join(f"[!{kind}] ({label})" for kind, label in ALERTS.items())
            place = layout.source.place(match.start("mark"))
            yield fault(Code.UNKNOWN_ALERT, place, f"không có loại ghi chú {match['mark']}", hint)


def code_and_comments_are_closed(layout: Layout) -> Iterator[Problem]:
    for match in _OPEN_CODE.finditer(layout.masked, layout.start):
        closing = "-->" if match.group() == "<!--" else match.group()
        what = "phần ghi chú" if closing == "-->" else "khối mã"
        place = layout.source.place(match.start())
        yield fault(
            Code.UNCLOSED_CODE, place, f"{what} «{match.group()}» chưa đóng", f"thêm «{closing}» ở cuối phần này"
        )


def raw_html_is_harmless(layout: Layout) -> Iterator[Problem]:
    addresses = ((reference.target, reference.end) for reference in layout.references)
    text = blanked(mask_math(layout.masked), addresses)
    yield from html_faults(layout.source, text)
    yield from attribute_faults(layout.source, text, layout.start)


def images_are_whole(layout: Layout) -> Iterator[Problem]:
    yield from image_faults(layout.source, layout.masked, layout.start, list(layout.references))


Rule = Callable[[Layout], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    headings_are_in_order, headings_look_like_headings, sections_have_text, ids_are_unique, footnotes_pair,
    footnotes_stay_outside_questions, answers_stay_inside_questions, formulas_can_be_read, alerts_are_known,
    code_and_comments_are_closed, raw_html_is_harmless, images_are_whole,
    lists_are_markdown, tables_are_whole, tables_are_drawn, captions_stand_before_tables,
)  # fmt: skip
