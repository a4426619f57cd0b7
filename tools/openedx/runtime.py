"""The workbench's runtime, as close to the platform's as our blocks can tell."""

from typing import Any

from django.conf import settings
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from workbench.runtime import ID_MANAGER, WorkbenchRuntime
from xblock.core import XBlock

from tools.openedx import tracking
from tools.openedx.people import Person
from tools.openedx.services import Completion, Settings, Texts, Users
from tools.openedx.units import read_course


class UsageId(str):
    """A usage as the workbench names it, which knows its course as the platform's keys do."""

    __slots__ = ("context_key",)
    context_key: CourseKey

    @classmethod
    def of(cls, usage_id: str, course: CourseKey) -> "UsageId":
        made = cls(usage_id)
        made.context_key = course
        return made


class Names:
    """Names blocks after their url_name, as the platform does, so that their state is found again wherever in a unit
    they stand: SCENARIO.TYPE.URL_NAME.d0.u0."""

    url_name: str | None = None

    def create_definition(self, block_type: str, slug: str | None = None) -> str:
        made: str = ID_MANAGER.create_definition(block_type, slug or self.url_name)
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(ID_MANAGER, name)


class Unit(XBlock):
    """A vertical: its children one below the other, whichever view is asked for. In Studio each is edited alone, so
    that only those are shown there that can be edited."""

    has_children = True

    def fallback_view(self, view_name: str, context: Any = None) -> Fragment:
        fragment = Fragment()
        for usage_id in self.children:
            child = self.runtime.get_block(usage_id)
            if view_name == "studio_view" and not hasattr(child, view_name):
                continue
            shown = child.render(_view(child, view_name), context)
            fragment.add_fragment_resources(shown)
            fragment.add_content(shown.content)
        return fragment


def _view(block: XBlock, name: str) -> str:
    """Studio shows what a learner sees of a block that has nothing else to show an author."""
    return "student_view" if name == "author_view" and not hasattr(block, name) else name


class Runtime(WorkbenchRuntime):
    """`user_id` is the username in the address; None while scenarios are read."""

    def __init__(self, user_id: str | None = None) -> None:
        super().__init__(user_id)
        self.id_generator = Names()
        self.course = CourseKey.from_string(read_course(settings.FOLDER).key)
        self._services |= {
            "user": Users(Person(user_id or ""), self.course), "settings": Settings(), "completion": Completion(),
        }  # fmt: skip

    def get_block(self, usage_id: str, for_parent: Any = None) -> XBlock:
        return super().get_block(UsageId.of(usage_id, self.course), for_parent)

    def _usage_id_from_node(self, node: Any, parent_id: Any) -> str:
        self.id_generator.url_name = node.get("url_name")
        usage_id: str = super()._usage_id_from_node(node, parent_id)
        return usage_id

    def service(self, block: XBlock, service_name: str) -> Any:
        found = super().service(block, service_name)  # which refuses what the block did not ask for
        return Texts(block) if service_name == "i18n" and found is not None else found

    def load_block_type(self, block_type: str) -> type:
        found: type = Unit if block_type == "vertical" else super().load_block_type(block_type)
        return found

    def publish(self, block: XBlock, event_type: str, event_data: Any) -> None:
        tracking.publish(block, self.user_id or "", event_type, event_data)

    def render(self, block: XBlock, view_name: str, context: Any = None) -> Fragment:
        return super().render(block, view_name, {**(context or {}), "student": self.user_id})

    def _patch_xblock(self, block: XBlock) -> None:
        """The workbench sets attributes that other blocks expect over ours."""
