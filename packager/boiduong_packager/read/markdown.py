"""Markdown to the XHTML fragments of the model, with Python-Markdown and a few tree rewrites of our own.

One `Renderer` serves one topic. It resolves nothing by itself: what an image or a link means is told to it.
"""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from boiduong_packager.model import Asset
from boiduong_packager.read.addresses import ADDRESS, Address
from boiduong_packager.read.formula import BLOCK, INLINE, Formula
from boiduong_packager.read.rendered import foreign_parts, tree_of
from boiduong_packager.read.spacing import QUOTES_PART, spaced
from boiduong_packager.read.trees import PART, REWRITES, Scene

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w+;)")
_VOID = re.compile(r"<(br|hr|wbr)\s*/?>", re.IGNORECASE)
_CLASSED = re.compile(
    r"^(?P<text>(?![#|>:]|[-*+][ \t]|\d+[.)][ \t])\S.*?)[ \t]+\{[ \t]*:?[ \t]*(?P<list>[.#][^}\n]*)\}[ \t]*$",
    re.MULTILINE,
)
"""A paragraph's attribute list on its own line, where Markdown wants it on the next: `Bảng 1. Tên {.caption}`."""
_RAW_BLOCK = re.compile(r"^<(?P<tag>div|details)(?P<attributes>[^>\n]*)>", re.MULTILINE)


class Renderer:
    """Renders the pieces of one topic.

    `assets` maps an image's address as written to its file; `topics` maps the name of a topic's file to its id;
    `ids` are taken already. Nothing is raised: `bad_formulas` and `crossed` tell what could not be rendered, `foreign`
    names the tags and attributes that must not have been.
    """

    def __init__(self, assets: Mapping[str, Asset], topics: Mapping[str, str], ids: Iterable[str] = ()) -> None:
        self.scene = Scene("", assets, topics, set(ids))
        self.bad_formulas: list[str] = []
        self.crossed = False
        self.foreign: list[str] = []
        self._markdown = Markdown(
            output_format="xhtml",
            extensions=["tables", "footnotes", "def_list", "attr_list", "abbr", "fenced_code", "sane_lists",
                        "md_in_html", _Boiduong(self)],
            extension_configs={"footnotes": {
                "SEPARATOR": "-", "BACKLINK_TEXT": "↩", "BACKLINK_TITLE": "Trở lại chỗ đang đọc (chú thích {})",
            }},
        )  # fmt: skip

    def block(self, text: str) -> str:
        """The fragment of block-level Markdown `text`; `crossed` tells whether raw HTML in it did not nest."""
        self._markdown.reset()
        source = _CLASSED.sub(r"\g<text>\n{: \g<list> }\n", _ENTITY.sub(_character, text))
        source = spaced(_RAW_BLOCK.sub(r'<\g<tag>\g<attributes> markdown="1">', source))
        fragment = _VOID.sub(lambda match: f"<{match[1].lower()} />", self._markdown.convert(source))
        fragment = fragment.replace(f"<p>{QUOTES_PART}</p>\n", "")
        self._look_at(fragment)
        return fragment

    def _look_at(self, fragment: str) -> None:
        tree = tree_of(fragment)
        if tree is None:
            self.crossed = True
        else:
            self.foreign += foreign_parts(fragment, tree)

    def inline(self, text: str) -> str:
        """The fragment of `text` without a paragraph around it, when it is a single one."""
        fragment = self.block(text)
        single = fragment.startswith("<p>") and fragment.endswith("</p>") and fragment.count("<p>") == 1
        return fragment[3:-4] if single else fragment

    def section(self, section_id: str, text: str) -> tuple[list[str], list[tuple[Asset, str, str]]]:
        """The section's fragments, cut where `part_mark(n)` stands (`text` has such marks for its questions), so that
        fragments and marks alternate as [html, "n", html, "n", …, html]; and its videos (asset, title, caption).

        Videos take the marks from FIRST_FILM on.
        """
        self.scene.prefix, self.scene.films = section_id, []
        pieces = PART.split(self.block(text))
        return pieces, self.scene.films


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())


class _Boiduong(Extension):
    """Registers our rewrites with Python-Markdown."""

    def __init__(self, renderer: Renderer) -> None:
        super().__init__()
        self._renderer = renderer

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        refuse = self._renderer.bad_formulas.append
        md.inlinePatterns.register(Formula(BLOCK, md, "block", refuse), "math-block", 186)
        md.inlinePatterns.register(Formula(INLINE, md, "inline", refuse), "math-inline", 185)
        # After "html" (90), so that an address within a tag stays there.
        md.inlinePatterns.register(Address(ADDRESS, md), "address", 85)
        # After "inline" (20), so that text, links and images are elements already.
        for priority, rewrite in enumerate(REWRITES):
            md.treeprocessors.register(_Rewrite(md, self._renderer, rewrite), f"boiduong-{priority}", 9 - priority)


class _Rewrite(Treeprocessor):
    """One function over the tree."""

    def __init__(self, md: Markdown, renderer: Renderer, rewrite: Callable[[ET.Element, Scene], None]) -> None:
        super().__init__(md)
        self._renderer, self._rewrite = renderer, rewrite

    def run(self, root: ET.Element) -> None:
        self._rewrite(root, self._renderer.scene)
