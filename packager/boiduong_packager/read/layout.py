"""A topic's body as it lies in the source, before anything is rendered: the ground that all rules stand on."""

from dataclasses import dataclass

from boiduong_vocabulary.problem import Problem

from boiduong_packager.read.masking import blanked, mask, without_comments
from boiduong_packager.read.question_blocks import Block, find_blocks
from boiduong_packager.read.references import Reference, find_references
from boiduong_packager.read.source import Source
from boiduong_packager.read.structure import (
    Definitions,
    Heading,
    Span,
    explicit_ids,
    find_definitions,
    find_headings,
    sections_of,
)


@dataclass(frozen=True)
class Layout:
    """`text` is the file without comments, `masked` without code too, `outside` without questions and definitions;
    all keep the offsets of the source. The body begins at `start`."""

    source: Source
    start: int
    text: str
    masked: str
    blocks: tuple[Block, ...]
    fence_faults: tuple[Problem, ...]
    definitions: Definitions
    headings: tuple[Heading, ...]
    spans: tuple[Span, ...]
    references: tuple[Reference, ...]

    @property
    def outside(self) -> str:
        return self.definitions.masked

    def ids(self) -> list[tuple[str, int]]:
        """Every id that the source gives, with its offset: those of sections, and explicit ones."""
        of_sections = [(span.id, span.heading_start) for span in self.spans]
        lines = {self.source.place(offset).line for _, offset in of_sections}
        named = explicit_ids(self.masked, self.start)
        others = [(id_, offset) for id_, offset in named if self.source.place(offset).line not in lines]
        return sorted(of_sections + others, key=lambda pair: pair[1])

    def subheading_ids(self) -> list[str]:
        """The ids that rendering gives to `###` and `####` headings without one."""
        return [
            f"{span.id}-{heading.id}"
            for span in self.spans
            for heading in self.headings
            if heading.level > 2 and not heading.is_explicit and span.start <= heading.start < span.end
        ]


def lay_out(source: Source, start: int) -> Layout:
    """The layout of `source`, whose front matter ends at offset `start`."""
    text = without_comments(blanked(source.text, [(0, start)]))
    masked = mask(text)
    blocks, faults = find_blocks(source, text, masked)
    spans = [(block.start, block.end) for block in blocks]
    definitions = find_definitions(blanked(text, spans), blanked(masked, spans))
    headings = find_headings(definitions.masked, start)
    return Layout(
        source, start, text, masked, tuple(blocks), tuple(faults), definitions, tuple(headings),
        tuple(sections_of(source, text, headings, start)), tuple(find_references(text, masked, start)),
    )  # fmt: skip
