"""A topic's body checked against every rule, and rendered section by section when none is broken."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from boiduong_vocabulary.problem import Problem, any_error
from msgspec import Struct

from boiduong_packager.assumptions import assumptions
from boiduong_packager.faults import Code, fault
from boiduong_packager.model import AnyPart, Asset, Prose, Question, Section, Video
from boiduong_packager.read.layout import Layout, lay_out
from boiduong_packager.read.linking import follow_links
from boiduong_packager.read.markdown import Renderer
from boiduong_packager.read.pictures import find_assets
from boiduong_packager.read.question_blocks import Block, blocks_between
from boiduong_packager.read.questions import QuestionReader
from boiduong_packager.read.reading import Outgoing
from boiduong_packager.read.rules import RULES
from boiduong_packager.read.source import Source
from boiduong_packager.read.structure import Span
from boiduong_packager.read.trees import FIRST_FILM, part_mark

_NOT_READ_AS_TEXT = re.compile(r"<(table|math|figure)\b.*?</\1>", re.DOTALL)
_TAG_FAULTS = (Code.FORBIDDEN_TAG, Code.FORBIDDEN_ATTRIBUTE, Code.UNCLOSED_TAG)
_AUDIO = re.compile(r'<audio\b[^>]*? src="([^"]+)"')
_TAG = re.compile(r"<[^>]*>")


class Body(Struct, frozen=True):
    """What the text below the front matter gave: no sections when it has a fault; `ids` may be linked to."""

    sections: tuple[Section, ...]
    assets: tuple[Asset, ...]
    ids: tuple[str, ...]
    outgoing: tuple[Outgoing, ...]
    problems: tuple[Problem, ...]


def read_body(source: Source, start: int, program: Path, topic_ids: Mapping[str, str]) -> Body:
    """The body of `source` from offset `start` on; for `program` and `topic_ids` see read_topic."""
    layout = lay_out(source, start)
    assets, problems = find_assets(layout, program)
    outgoing, faults = follow_links(layout)
    problems += [*faults, *layout.fence_faults, *(problem for rule in RULES for problem in rule(layout))]
    ids = [id_ for id_, _ in layout.ids()]
    renderer = Renderer(assets, topic_ids, ids)
    # Warnings do not keep a topic from being rendered, so the renderer's own faults are counted apart.
    questions = _read_questions(layout, renderer, problems)
    sections = [_section(layout, span, renderer, questions, problems) for span in layout.spans]
    used = {asset.name: asset for asset in assets.values()}
    return Body(
        tuple(sections), tuple(used[name] for name in sorted(used)), (*ids, *layout.subheading_ids()),
        tuple(outgoing), tuple(problems),
    )  # fmt: skip


def _read_questions(layout: Layout, renderer: Renderer, problems: list[Problem]) -> dict[int, Question]:
    """The questions by the offset of their block; faults are added to `problems`."""
    reader = QuestionReader(layout.source, renderer)
    found: dict[int, Question] = {}
    for block in layout.blocks:
        question = reader.read(block)
        told = problems + reader.problems
        reader.problems += _rendering_faults(layout, renderer, block.start, "câu hỏi này", told)
        if question:
            found[block.start] = question
    problems += reader.problems
    return found


def _rendering_faults(
    layout: Layout, renderer: Renderer, offset: int, where: str, told: list[Problem]
) -> Iterator[Problem]:
    """What only rendering shows: raw HTML that pairs but crosses Markdown's own elements, or that no rule saw. With
    an error among those `told` nothing is packaged, and the error says more. Formulas that cannot be read have been
    told already, with their places."""
    if renderer.crossed:
        hint = "đặt thẻ HTML trọn trong một đoạn, hoặc bỏ thẻ"
        yield fault(Code.UNCLOSED_TAG, layout.source.place(offset), f"thẻ HTML trong {where} chồng chéo", hint)
    elif renderer.foreign and not any_error(told):
        hint = "bỏ phần này; nếu là ví dụ thì kiểm tra các dấu ` và dòng ``` mở, đóng khối mã"
        message = f"«{renderer.foreign[0]}» lọt vào {where}, không được dùng"
        yield fault(Code.FORBIDDEN_TAG, layout.source.place(offset), message, hint)
    renderer.crossed, renderer.foreign = False, []


def _section(
    layout: Layout, span: Span, renderer: Renderer, questions: dict[int, Question], problems: list[Problem]
) -> Section:
    blocks = [block for block in blocks_between(layout.blocks, span.start, span.end) if block.start in questions]
    text = _with_marks(layout, span, blocks)
    pieces, films = renderer.section(span.id, layout.definitions.used_in(text, span.id))
    if not any(problem.code in _TAG_FAULTS for problem in problems):
        problems += _rendering_faults(layout, renderer, span.heading_start, f"mục «{span.title}»", problems)
    renderer.crossed, renderer.foreign = False, []
    parts: list[AnyPart] = []
    for index, piece in enumerate(pieces):
        number = int(piece) if index % 2 else 0
        if index % 2 and number >= FIRST_FILM:
            parts.append(_film(span, number - FIRST_FILM, films))
        elif index % 2:
            parts.append(cast(AnyPart, questions[blocks[number].start]))
        elif piece.strip():
            parts.append(Prose(piece.strip()))
    line = layout.source.place(span.heading_start).line
    played = sum(asset.seconds for asset, _, _ in films) + _recorded(parts, renderer.scene.assets.values())
    return Section(span.id, span.title, line, _seconds(parts, played), tuple(parts))


def _with_marks(layout: Layout, span: Span, blocks: list[Block]) -> str:
    """The section's Markdown, each question replaced by its mark."""
    text, at = [], span.start
    for number, block in enumerate(blocks):
        text += [layout.definitions.text[at : block.start], f"\n\n{part_mark(number)}\n\n"]
        at = block.end
    return "".join([*text, layout.definitions.text[at : span.end]])


def _film(span: Span, number: int, films: list[tuple[Asset, str, str]]) -> Video:
    asset, title, caption = films[number]
    return Video(f"{span.id}-phim-{number + 1}", asset.name, title, caption)


def _recorded(parts: list[AnyPart], assets: Iterable[Asset]) -> int:
    """How long the recordings play that stand in the prose."""
    sources = [name for part in parts if isinstance(part, Prose) for name in _AUDIO.findall(part.html)]
    lengths = {f"media/{asset.name}": asset.seconds for asset in assets}
    return sum(lengths.get(source, 0) for source in sources)


def _seconds(parts: list[AnyPart], played: int) -> int:
    """Reading time of a section without its questions; `played` are the seconds of its films and recordings."""
    html = "".join(part.html for part in parts if isinstance(part, Prose))
    words = _TAG.sub(" ", _NOT_READ_AS_TEXT.sub(" ", html)).split()
    syllables = sum(any(map(str.isalnum, word)) for word in words)
    figures = html.count("<figure") - html.count("<audio")  # a recording takes its own length
    return assumptions().reading.seconds(syllables, html.count("<table"), figures, played)
