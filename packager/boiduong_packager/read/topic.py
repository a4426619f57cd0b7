"""One topic file to one `Topic`, with every fault that the file by itself can show."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import unquote

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc
from lxml import etree
from msgspec import Struct

from boiduong_packager.assumptions import assumptions
from boiduong_packager.faults import Code, fault
from boiduong_packager.model import (
    AnyPart,
    Asset,
    Classification,
    Orientation,
    Prose,
    Question,
    Section,
    Topic,
    Video,
)
from boiduong_packager.read.assets import Reference, find_asset
from boiduong_packager.read.front_matter import FrontMatter, read_front_matter
from boiduong_packager.read.markdown import FIRST_FILM, MathError, Renderer, mathml_of, part_mark
from boiduong_packager.read.masking import MATH, mask, mask_math
from boiduong_packager.read.question_blocks import Block, blocks_between, find_blocks
from boiduong_packager.read.questions import QuestionReader
from boiduong_packager.read.raw_html import html_faults
from boiduong_packager.read.source import Source
from boiduong_packager.read.structure import (
    Span,
    blanked,
    explicit_ids,
    find_definitions,
    find_headings,
    find_images,
    find_links,
    footnote_faults,
    heading_faults,
    sections_of,
)

_NOT_READ_AS_TEXT = re.compile(r"<(table|math|figure)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_UNSAFE_SCHEME = re.compile(r"(?!https?:|mailto:|tel:)[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class Outgoing(Struct, frozen=True):
    """A link to another topic's file, to be resolved when all topics are known."""

    file: str
    anchor: str
    line: int
    column: int


class Reading(Struct, frozen=True):
    """What one file gave: its topic (None with an error), its faults, and what other files may ask of it."""

    topic: Topic | None
    problems: tuple[Problem, ...]
    ids: tuple[str, ...]
    outgoing: tuple[Outgoing, ...]


def read_topic(source: Source, program: Path, topic_ids: Mapping[str, str], pass_mark: int) -> Reading:
    """The topic in `source`. `program` is the folder that media are relative to, `topic_ids` maps the programme's
    topic files to their ids, `pass_mark` (percent) holds where the topic names none."""
    head, problems = read_front_matter(source)
    if head is None:
        return Reading(None, tuple(problems), (), ())
    body = _Body(source, program, topic_ids, head)
    sections = body.sections()
    problems += body.problems
    topic = None if problems else _topic(source, head, sections, body.assets, pass_mark)
    problems += _minimum_faults(source, head, topic)
    return Reading(topic if not problems else None, tuple(problems), tuple(body.ids), tuple(body.outgoing))


class _Body:
    """The text below the front matter, looked at from its source and rendered section by section."""

    def __init__(self, source: Source, program: Path, topic_ids: Mapping[str, str], head: FrontMatter) -> None:
        self.source, self._program, self._topic_ids, self._start = source, program, topic_ids, head.body
        self.problems: list[Problem] = []
        self.ids: list[str] = []
        self.outgoing: list[Outgoing] = []
        masked = mask(blanked(source.text, [(0, head.body)]))
        self._blocks, faults = find_blocks(source, masked)
        self.problems += faults
        block_spans = [(block.start, block.end) for block in self._blocks]
        self._masked = masked
        self._definitions = find_definitions(blanked(source.text, block_spans), blanked(masked, block_spans))
        self._headings = find_headings(self._definitions.masked, head.body)
        self._spans = sections_of(source, self._headings, head.body)
        self.assets = self._find_assets()

    def sections(self) -> tuple[Section, ...]:
        """Every section rendered; faults gather in `problems`."""
        self._check_structure()
        self._check_links()
        self._check_math()
        self.problems += html_faults(self.source, self._html_mask())
        if self.problems:
            self._read_questions(Renderer({}, {}))
            return ()
        renderer = Renderer(self.assets, self._topic_ids)
        questions = self._read_questions(renderer)
        if self.problems:
            return ()
        return tuple(self._section(span, renderer, questions) for span in self._spans)

    def _report(self, code: Code, offset: int, message: str, hint: str) -> None:
        self.problems.append(fault(code, self.source.place(offset), message, hint))

    def _find_assets(self) -> dict[str, Asset]:
        """The media by their address as written; what cannot be used is reported."""
        assets: dict[str, Asset] = {}
        for image in find_images(self._masked, self._start):
            place = self.source.place(image.start)
            if not image.alt:
                hint = "ghi trong ngoặc vuông điều hình cho thấy: ![mô tả](…), để người không thấy hình nghe được"
                self.problems.append(fault(Code.NO_DESCRIPTION, place, f"hình «{image.address}» chưa có mô tả", hint))
            found = find_asset(Reference(image.address, place), self._program)
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                assets[image.address] = found
        return assets

    def _check_structure(self) -> None:
        self.problems += heading_faults(self.source, self._headings)
        self.problems += footnote_faults(self.source, self._definitions, self._start)
        if not any(heading.level == 2 for heading in self._headings):
            hint = "chia bài thành các mục bằng dòng «## Tên mục»"
            self._report(Code.NO_SECTION, self._start, "chuyên đề chưa có mục nào", hint)
        for block in blocks_between(self._blocks, 0, self._spans[0].end if self._spans else 0):
            if self._spans[0].start == self._start and self._headings:
                self._report(
                    Code.NO_SECTION, block.start, "câu hỏi đứng trước mục đầu tiên", "chuyển câu hỏi xuống sau dòng ##"
                )
        self._check_ids()

    def _check_ids(self) -> None:
        level_two = [(span.id, span.heading_start) for span in self._spans]
        taken = {self.source.place(offset).line for _, offset in level_two}
        others = explicit_ids(self._masked, self._start)
        named = level_two + [pair for pair in others if self.source.place(pair[1]).line not in taken]
        seen: dict[str, int] = {}
        for id_, offset in sorted(named, key=lambda pair: pair[1]):
            if id_ in seen:
                hint = "đặt mã khác ở cuối dòng, ví dụ {#" + id_ + "-2}"
                first = self.source.place(seen[id_]).line
                self._report(Code.DUPLICATE_ID, offset, f"mã «{id_}» đã dùng ở dòng {first}", hint)
            seen.setdefault(id_, offset)
        self.ids = list(seen)

    def _check_links(self) -> None:
        for link in find_links(self._masked, self._start):
            address = nfc(unquote(link.address))
            file, _, anchor = address.partition("#")
            place = self.source.place(link.start)
            if _UNSAFE_SCHEME.match(address):
                hint = "chỉ dùng liên kết https://, mailto:, tel: hoặc liên kết trong chương trình"
                self.problems.append(fault(Code.UNSAFE_LINK, place, f"liên kết «{address}» không dùng được", hint))
            elif file.endswith(".md"):
                self.outgoing.append(Outgoing(file, anchor, place.line, place.column))
            elif not re.match(r"https?:|mailto:|tel:", address):
                self._check_anchor(address, anchor, place)

    def _check_anchor(self, address: str, anchor: str, place: Place) -> None:
        if address.startswith("#") and (anchor in self.ids or self._is_subheading(anchor)):
            return
        hint = (
            did_you_mean(anchor, self.ids)
            if address.startswith("#")
            else "liên kết tới chuyên đề khác viết (02-ten-tep.md)"
        )
        self.problems.append(
            fault(Code.BROKEN_LINK, place, f"liên kết «{address}» không tới đâu", hint or "kiểm tra mã mục: {#ma}")
        )

    def _is_subheading(self, anchor: str) -> bool:
        spans = {span.id: span for span in self._spans}
        return any(
            f"{span.id}-{heading.id}" == anchor
            for span in spans.values()
            for heading in self._headings
            if heading.level > 2 and span.start <= heading.start < span.end
        )

    def _check_math(self) -> None:
        for match in MATH.finditer(self._masked, self._start):
            try:
                mathml_of(match.group().strip("$").strip(), "inline")
            except MathError:
                hint = "viết công thức bằng LaTeX, ví dụ $\\frac{a}{b}$; dấu $ thường thì viết \\$"
                self._report(Code.BAD_MATH, match.start(), f"không hiểu công thức {match.group()}", hint)

    def _html_mask(self) -> str:
        return mask_math(self._masked)

    def _read_questions(self, renderer: Renderer) -> dict[int, Question]:
        """The questions by the offset of their block."""
        reader = QuestionReader(self.source, renderer)
        found = {block.start: reader.read(block) for block in self._blocks}
        self.problems += reader.problems
        return {start: question for start, question in found.items() if question is not None}

    def _section(self, span: Span, renderer: Renderer, questions: dict[int, Question]) -> Section:
        blocks = list(blocks_between(self._blocks, span.start, span.end))
        text = self._with_marks(span, blocks)
        pieces, films = renderer.section(span.id, self._definitions.used_in(text, span.id))
        parts: list[AnyPart] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                number = int(piece)
                parts.append(
                    _film(span, number - FIRST_FILM, films) if number >= FIRST_FILM
                    else cast(AnyPart, questions[blocks[number].start])
                )  # fmt: skip
            elif piece.strip():
                parts.append(Prose(piece.strip()))
        self._check_well_formed(span, parts)
        return Section(
            span.id, span.title, self.source.place(span.heading_start).line, _seconds(parts, films), tuple(parts)
        )

    def _with_marks(self, span: Span, blocks: list[Block]) -> str:
        """The section's Markdown, each question replaced by its mark."""
        text, at = [], span.start
        for number, block in enumerate(blocks):
            text += [self._definitions.text[at : block.start], f"\n\n{part_mark(number)}\n\n"]
            at = block.end
        return "".join([*text, self._definitions.text[at : span.end]])

    def _check_well_formed(self, span: Span, parts: list[AnyPart]) -> None:
        """Raw HTML that pairs but crosses Markdown's own elements shows only in what was rendered."""
        for part in parts:
            if isinstance(part, Prose):
                try:
                    etree.fromstring(f"<div>{part.html}</div>")
                except etree.XMLSyntaxError:
                    hint = "đặt thẻ HTML trọn trong một đoạn, hoặc bỏ thẻ"
                    self._report(
                        Code.UNCLOSED_TAG, span.heading_start, f"thẻ HTML trong mục «{span.title}» chồng chéo", hint
                    )


def _film(span: Span, number: int, films: list[tuple[Asset, str, str]]) -> Video:
    asset, title, caption = films[number]
    return Video(f"{span.id}-phim-{number + 1}", asset.name, title, caption)


def _seconds(parts: list[AnyPart], films: list[tuple[Asset, str, str]]) -> int:
    """Reading time of a section without its questions."""
    html = "".join(part.html for part in parts if isinstance(part, Prose))
    words = _TAG.sub(" ", _NOT_READ_AS_TEXT.sub(" ", html)).split()
    syllables = sum(any(map(str.isalnum, word)) for word in words)
    played = sum(asset.seconds for asset, _, _ in films)
    return assumptions().reading.seconds(syllables, html.count("<table"), html.count("<figure"), played)


def _topic(
    source: Source, head: FrontMatter, sections: tuple[Section, ...], assets: dict[str, Asset], pass_mark: int
) -> Topic:
    get = head.values.__getitem__
    used = tuple(sorted({asset.name: asset for asset in assets.values()}.values(), key=lambda asset: asset.name))
    questions = [question for section in sections for question in section.questions]
    scored = sum(question.scored for question in questions)
    own_mark = cast(int, get("pass_mark"))
    return Topic(
        id=cast(str, get("id")),
        path=source.path,
        title=cast(str, get("title")),
        orientation=cast(Orientation, get("orientation")),
        periods=cast(int, get("periods")),
        audience=cast(str, get("audience")),
        authors=cast(tuple[str, ...], get("authors")),
        issuing_body=cast(str, get("issuing_body")),
        sources=cast(tuple[str, ...], get("sources")),
        edition=cast(str, get("edition")),
        derived_from=cast(str, get("derived_from")),
        review_by=cast(date, get("review_by")),
        classification=cast(Classification, get("classification")),
        pass_mark=(own_mark if own_mark >= 0 else pass_mark) if scored else 0,
        minimum_seconds=cast(int, get("minimum_minutes")) * 60,
        reading_seconds=sum(section.seconds for section in sections)
        + assumptions().reading.question_seconds(scored, len(questions) - scored),
        sections=sections,
        assets=used,
        digest=_digest(source, used),
    )


def _digest(source: Source, assets: tuple[Asset, ...]) -> str:
    """SHA-256 over the topic's text and its media, so that a printed page names exactly what it shows."""
    lines = [hashlib.sha256(source.text.encode()).hexdigest(), *(f"{asset.name} {asset.digest}" for asset in assets)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _minimum_faults(source: Source, head: FrontMatter, topic: Topic | None) -> Iterator[Problem]:
    if topic is not None and topic.minimum_seconds > topic.reading_seconds:
        place = Place(source.path, head.lines["minimum_minutes"])
        minutes = topic.reading_seconds // 60
        message = (
            f"thời gian tối thiểu {topic.minimum_seconds // 60} phút dài hơn thời gian đọc ước tính {minutes} phút"
        )
        yield fault(Code.MINIMUM_OVER_READING, place, message, f"ghi nhiều nhất {minutes} phút")
