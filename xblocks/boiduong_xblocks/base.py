"""What our blocks have in common: who looks at them, in which course, what they say, and their XML."""

import logging
from copy import deepcopy
from html import escape
from importlib import resources
from string import Template
from time import time_ns
from typing import Any

import yaml
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XML_NAMESPACES, XBlock
from xblock.fields import Field

from boiduong_xblocks.learner import Learner, learner_at
from boiduong_xblocks.words import NO_SCRIPT, translated

_LOG = logging.getLogger(__name__)
_ASSETS = resources.files("boiduong_xblocks") / "assets"


@XBlock.needs("i18n")
@XBlock.wants("user")
class Block(XBlock):
    """A block of ours. Everything an author sets stands in attributes of its one element; it has no children."""

    has_author_view = True

    # Who and where ----------------------------------------------------------------------------------------------------

    @property
    def learner(self) -> Learner:
        return learner_at(self.runtime.service(self, "user"), self._course_key)

    @property
    def course_id(self) -> str:
        """The course's key as tracking logs write it; empty where blocks stand in no course."""
        return str(self._course_key or "")

    @property
    def _course_key(self) -> Any:
        return getattr(self.scope_ids.usage_id, "context_key", None)

    def now_ms(self) -> int:
        """By the server's clock, in milliseconds since 1970. Handlers and views ask; below them time is an argument."""
        return time_ns() // 1_000_000

    # What it says -----------------------------------------------------------------------------------------------------

    def say(self, text: str, **values: object) -> str:
        """The text in the language of the page, with `{name}`s filled in."""
        said = translated(self.runtime.service(self, "i18n"), text)
        return said.format(**values) if values else said

    @property
    def heading(self) -> str:
        """The block's name, which no author can leave empty: it is a heading."""
        return self.say(self.display_name or type(self).display_name.default)

    def page(self, template: str, **values: object) -> Fragment:
        """The HTML of assets/`template` with escaped `values` for its `$name`s, and our style."""
        html = (_ASSETS / template).read_text(encoding="utf-8")
        fragment = Fragment(Template(html).substitute({name: escape(str(value)) for name, value in values.items()}))
        fragment.add_css_url(self.runtime.local_resource_url(self, "public/blocks.css"))
        return fragment

    def live_page(self, template: str, script: str, arguments: dict[str, Any], **values: object) -> Fragment:
        """A `page` with public/`script`.js, whose function BoiduongScript gets the `arguments`. `$no_script` is for
        those whose browser runs none."""
        fragment = self.page(template, **{"no_script": self.say(NO_SCRIPT), **values})
        fragment.add_javascript_url(self.runtime.local_resource_url(self, f"public/{script}.js"))
        fragment.initialize_js("Boiduong" + script.title().replace("_", ""), json_args=arguments)
        return fragment

    # XML --------------------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> "Block":
        """A block from its element; XBlock's `add_xml_to_node` writes it again, the platform's own settings too.

        XBlock would take child elements for child blocks and raise on a value that is no number or date, and the
        platform drops a block that raises: what cannot be read is told in its log, and left out."""
        sound = deepcopy(node)
        for child in list(sound):
            if isinstance(child.tag, str) and etree.QName(child).namespace == XML_NAMESPACES["option"]:
                continue
            if child.tag is not etree.Comment:
                _LOG.warning("%s: unknown element %s", node.get("url_name", node.tag), child.tag)
                sound.remove(child)
        for name, value in node.items():
            if name in cls.fields and not _reads(cls.fields[name], value):
                _LOG.warning("%s: %s cannot be «%s»", node.get("url_name", node.tag), name, value)
                del sound.attrib[name]
        block: Block = super().parse_xml(sound, runtime, keys)
        return block


def _reads(field: Field, value: str) -> bool:
    try:
        field.from_string(value)
    except (TypeError, ValueError, yaml.YAMLError):  # lists and tables are written in YAML
        return False
    return True
