"""A platform without Django for our blocks: XBlock's own TestRuntime over a store of JSON, as edx-platform keeps it.

lan = Runtime()                                    # a learner
usage = lan.parse('<boiduong_days url_name="d" display_name="Số ngày"/>')
lan.view(usage, "student_view").content
lan.post(usage, "scan", {"code": "1234"})          # (status, JSON); each call is a request with a block of its own
teacher = lan.of(STAFF)                            # the same course, seen by another
lan.world.now_ms += 30_000
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from lxml import etree
from opaque_keys.edx.locator import CourseLocator
from web_fragments.fragment import Fragment
from webob import Request
from xblock.core import XBlock
from xblock.fields import Scope, ScopeIds, UserScope
from xblock.reference.user_service import XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager
from xblock.test.tools import TestRuntime

COURSE = CourseLocator("tinh-mau", "bd01", "2026")
NOON_MS = 1_797_224_400_000
"""2026-12-14 12:00 in Hà Nội."""


@dataclass(frozen=True)
class Person:
    """Someone as edx-platform tells of them. `watches`: under "view as a learner"."""

    username: str = "lan"
    name: str = "Nguyễn Thị Lan"
    email: str = "lan@example.vn"
    role: str = "student"
    is_staff: bool = False
    is_global_staff: bool = False
    watches: bool = False

    @property
    def user_id(self) -> int | None:
        """The platform's number for the account, None where nobody is logged in."""
        return sum(ord(letter) * 257**place for place, letter in enumerate(self.username)) or None


LAN = Person()
MINH = Person("minh", "Trần Văn Minh", "minh@example.vn")
STAFF = Person("thay", "Lê Văn Thầy", "thay@example.vn", role="staff", is_staff=True)
INSTRUCTOR = replace(STAFF, role="instructor")
WATCHING = replace(STAFF, role="student", is_staff=False, watches=True)
GLOBAL_AS_LEARNER = replace(STAFF, role="student", is_staff=False, is_global_staff=True)
NOBODY = Person("", "", "")


@dataclass(frozen=True)
class Event:
    """What a block published: the payload, who was logged in, when, and the block's usage key."""

    name: str
    payload: dict[str, Any]
    username: str
    time_ms: int
    usage: str


class Store(DictKeyValueStore):  # type: ignore[misc]
    """Keeps JSON, so that what is no JSON fails here as there; `writes` has one key for each field written."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[Any] = []

    def get(self, key: Any) -> Any:
        return json.loads(super().get(key))

    def set(self, key: Any, value: Any) -> None:
        self.set_many({key: value})

    def set_many(self, update_dict: dict[Any, Any]) -> None:
        super().set_many({key: json.dumps(value) for key, value in update_dict.items()})
        self.writes += update_dict

    def writes_of_people(self) -> list[str]:
        """Fields of one person that were written, each time: rows of student state."""
        return [key.field_name for key in self.writes if key.user_id is not None]


class Ids(MemoryIdManager):  # type: ignore[misc]
    """Usage ids with a course, as opaque keys are."""

    def __init__(self, course: Any) -> None:
        super().__init__()
        self._course = course
        self._names: dict[str, str] = {}

    def create_definition(self, block_type: str, slug: str | None = None) -> str:
        definition: str = super().create_definition(block_type, slug)
        self._names[definition] = slug or definition
        return definition

    def create_usage(self, def_id: str) -> Any:
        name = self._names[def_id]
        usage = self._course.make_usage_key(self.get_block_type(def_id), name) if self._course else f"u_{name}"
        self._usages[usage] = def_id
        return usage


@dataclass
class World:
    """What all who are in the course share."""

    course: Any = COURSE
    now_ms: int = NOON_MS
    store: Store = field(default_factory=Store)
    events: list[Event] = field(default_factory=list)
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the settings service hands out, by a block's `block_settings_key`."""
    ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Ids(self.course)

    def payloads(self, name: str) -> list[dict[str, Any]]:
        return [event.payload for event in self.events if event.name == name]


class Runtime(TestRuntime):  # type: ignore[misc]
    """One person in front of the course, in one language."""

    def __init__(self, person: Person = LAN, world: World | None = None, language: str = "vi", **options: Any) -> None:
        self.person, self.world, self.language = person, world or World(), language
        self._options = options
        services = {
            "field-data": KvsFieldData(self.world.store),
            "i18n": _I18n(language),
            "user": _Users(person, self.world.course),
            "settings": _Settings(self.world.settings),
        }
        ids = self.world.ids
        super().__init__(
            id_reader=ids, id_generator=ids, services={**services, **options.pop("services", {})}, **options
        )

    def of(self, person: Person, language: str = "vi") -> "Runtime":
        """The same course as another person sees it, or the same in another language."""
        return Runtime(person, self.world, language, **self._options)

    # Blocks -----------------------------------------------------------------------------------------------------------

    @property
    def user_id(self) -> int | None:
        return self.person.user_id

    def parse(self, xml: str) -> Any:
        """The usage id of the block that the element makes."""
        node = etree.fromstring(xml)
        definition = self.id_generator.create_definition(node.tag, node.get("url_name"))
        usage = self.id_generator.create_usage(definition)
        cls = self.mixologist.mix(self.load_block_type(node.tag))
        cls.parse_xml(node, self, ScopeIds(self.user_id, node.tag, definition, usage)).save()
        return usage

    def written(self, usage: Any) -> etree._Element:
        """The element that the block writes of itself."""
        root = etree.Element("unknown_root")
        self.get_block(usage).add_xml_to_node(root)
        return root

    def construct_xblock_from_class(self, cls: Any, scope_ids: Any, *args: Any, **kwargs: Any) -> XBlock:
        block = super().construct_xblock_from_class(cls, scope_ids, *args, **kwargs)
        block.now_ms = lambda: self.world.now_ms
        return block

    # What a page and its requests do ----------------------------------------------------------------------------------

    def view(self, usage: Any, name: str = "student_view") -> Fragment:
        return self.get_block(usage).render(name, {})

    def post(self, usage: Any, handler: str, body: Any) -> tuple[int, Any]:
        """What a handler answers to JSON: status and JSON."""
        answer = self.send(usage, handler, json.dumps(body).encode())
        return answer.status_code, answer.json

    def send(self, usage: Any, handler: str, body: bytes = b"", method: str = "POST") -> Any:
        """The handler's own response to bytes."""
        request = (
            Request.blank("/", method=method, body=body) if method == "POST" else Request.blank("/", method=method)
        )
        return self.handle(self.get_block(usage), handler, request)

    # What the platform does -------------------------------------------------------------------------------------------

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        payload = json.loads(json.dumps(event_data))
        usage = str(block.scope_ids.usage_id)
        self.world.events.append(Event(event_type, payload, self.person.username, self.world.now_ms, usage))

    def handler_url(self, block: XBlock, handler_name: str, *args: Any, **kwargs: Any) -> str:
        return f"/xblock/{block.scope_ids.usage_id}/handler/{handler_name}"

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        return f"/xblock/resource/{block.scope_ids.block_type}/{uri}"

    def wrap_xblock(self, block: XBlock, view: str, frag: Fragment, context: Any) -> Fragment:
        return frag

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        return []


class _I18n:
    """Knows the language, and no translation of ours, as the platform of several releases."""

    def __init__(self, language: str) -> None:
        self._language = language

    def gettext(self, text: str) -> str:
        return text

    ugettext = gettext

    def ngettext(self, one: str, many: str, number: int) -> str:
        return one if number == 1 else many

    def get_language(self) -> str:
        return self._language


class _Users:
    """DjangoXBlockUserService in short."""

    def __init__(self, person: Person, course: Any) -> None:
        self._person = person
        self._django_user = _django_user(person, course)

    def get_current_user(self) -> XBlockUser:
        person = self._person
        user = XBlockUser(is_current_user=True, emails=[person.email], full_name=person.name)
        user.opt_attrs = {"edx-platform.is_authenticated": bool(person.username)}
        if person.username:
            user.opt_attrs |= {
                "edx-platform.user_id": person.user_id,
                "edx-platform.username": person.username,
                "edx-platform.user_is_staff": person.is_staff,
                "edx-platform.user_is_global_staff": person.is_global_staff,
                "edx-platform.user_role": person.role,
            }
        return user


def _django_user(person: Person, course: Any) -> Any:
    user = SimpleNamespace(username=person.username)
    if person.watches:
        user.masquerade_settings = {course: SimpleNamespace(role="student")}
    return user


class _Settings:
    def __init__(self, buckets: dict[str, dict[str, Any]]) -> None:
        self._buckets = buckets

    def get_settings_bucket(self, block: XBlock, default: Any = None) -> Any:
        return deepcopy(self._buckets.get(getattr(block, "block_settings_key", type(block).__name__), default))


def fields_of_people(cls: type[XBlock]) -> Iterator[str]:
    """Names of the fields that one person has alone."""
    return (name for name, each in cls.fields.items() if each.scope.user == UserScope.ONE)


def settings_of(cls: type[XBlock]) -> Iterator[str]:
    """Names of the fields that an author sets, and an element holds."""
    return (name for name, each in cls.fields.items() if each.scope in (Scope.settings, Scope.content))
