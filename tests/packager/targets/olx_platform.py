"""What an Open edX platform brings to its own html, problem and video blocks (xblocks-contrib), as little as will do.

The blocks themselves are the real ones, ours found by their entry points as the platform finds them. Containers live in
the platform alone, so `Container` stands for them: it follows pointers to files as XmlMixin there does, and turns child
elements into child blocks as XBlock itself does.
"""

import gettext
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import django
from django.conf import settings
from fs.osfs import OSFS
from lxml import etree
from opaque_keys.edx.keys import CourseKey
from xblock.core import XBlock, XBlockMixin
from xblock.field_data import DictFieldData
from xblock.fields import Boolean, DateTime, Dict, Scope, ScopeIds, String
from xblock.test.tools import TestRuntime

settings.configure(
    INSTALLED_APPS=["xblocks_contrib.problem.capa.apps.CapaAppConfig"],
    SECRET_KEY="for tests alone",
    STATIC_URL="/static/",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()

from django.template.loader import get_template  # noqa: E402  (Django must be set up first)
from xblocks_contrib import HtmlBlock, ProblemBlock  # noqa: E402
from xblocks_contrib.common.xml_utils import EDX_XML_PARSER, is_pointer_tag  # noqa: E402
from xblocks_contrib.problem.capa.capa_problem import LoncapaProblem, LoncapaSystem  # noqa: E402
from xblocks_contrib.problem.capa.inputtypes import Status  # noqa: E402
from xblocks_contrib.video import video as contrib_video  # noqa: E402

from tests.packager.targets.olx_built import OURS  # noqa: E402

# The platform's store of encoded films, which wants a database; a block without it keeps to its own sources.
contrib_video.get_edxval_api = lambda: None


class Container(XBlock):
    """A course, chapter, sequential or vertical."""

    has_children = True
    display_name = String(scope=Scope.settings)
    xml_attributes = Dict(scope=Scope.settings, default={})

    @classmethod
    def parse_xml(cls, node, runtime, keys):
        if is_pointer_tag(node):
            node = etree.fromstring(runtime.read(f"{node.tag}/{node.get('url_name')}.xml"), EDX_XML_PARSER)
        block = super().parse_xml(node, runtime, keys)
        block.xml_attributes = {name: value for name, value in node.items() if name not in cls.fields}
        return block


class PlatformFields(XBlockMixin):
    """Some of what the platform mixes into every block (InheritanceMixin and AuthoringMixin in edx-platform)."""

    start = DateTime(scope=Scope.settings, default=None)
    visible_to_staff_only = Boolean(scope=Scope.settings, default=False)
    group_access = Dict(scope=Scope.settings, default={})


BLOCKS = {
    **dict.fromkeys(("course", "chapter", "sequential", "vertical"), Container),
    "html": HtmlBlock,
    "problem": ProblemBlock,
    "video": contrib_video.VideoBlock,
    **{name: XBlock.load_class(name) for name in OURS},
}


class CourseRuntime(TestRuntime):
    """Reads an unpacked course; `blocks` are the blocks by url_name."""

    __test__ = False

    def __init__(self, course: Path):
        super().__init__(services={"field-data": DictFieldData({})}, mixins=(PlatformFields,))
        self.resources_fs = OSFS(str(course))
        self.root = etree.fromstring((course / "course.xml").read_bytes())
        self.key = CourseKey.from_string("course-v1:{org}+{course}+{url_name}".format(**self.root.attrib))
        self.id_generator = self
        self.blocks: dict[str, XBlock] = {}
        self.top = self._add(self.root)

    def read(self, name: str) -> bytes:
        return self.resources_fs.readbytes(name)

    def create_definition(self, block_type, slug=None):
        return self.key.make_usage_key(block_type, slug)

    def create_usage(self, def_id):
        return def_id

    def _add(self, node):
        key = self.create_definition(node.tag, node.get("url_name"))
        block = self.parsed(node, ScopeIds(None, node.tag, key, key))
        self.blocks[node.get("url_name")] = block
        return block

    def parsed(self, node: etree._Element, keys: ScopeIds) -> XBlock:
        return self.mixologist.mix(BLOCKS[node.tag]).parse_xml(node, self, keys)

    def add_node_as_child(self, block, node):
        block.children = [*block.children, self._add(node).scope_ids.usage_id]

    def construct_xblock_from_class(self, cls, scope_ids, *_args, **_kwargs):
        return super().construct_xblock_from_class(cls, scope_ids, DictFieldData({}))

    def parse_asides(self, *_args):
        return []

    def get_policy(self, _usage_id):
        return {}

    def error_tracker(self, message):
        raise AssertionError(message)


def capa_problem(xml: str) -> Any:
    """The problem as the platform shows and scores it."""
    system = LoncapaSystem(
        ajax_url="",
        anonymous_student_id="",
        cache=None,
        can_execute_unsafe_code=lambda: False,
        get_python_lib_zip=lambda: None,
        DEBUG=True,
        i18n=gettext.NullTranslations(),
        render_template=lambda name, context: get_template(name).render(context),
        resources_fs=None,
        seed=1,
        xqueue=None,
    )
    system.STATUS_CLASS = Status
    return LoncapaProblem(xml, id="p", capa_system=system, capa_block=Mock(), seed=1)
