"""The code that docs/openedx.md tells an operator to install or run, taken from the document itself."""

import json
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch
from uuid import NAMESPACE_DNS, uuid5

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/openedx.md").read_text("utf-8")
_BLOCKS = dict(re.findall(r"^```python\n# (\S+)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE))
LMS = "https://hoc.example.vn"
STATEMENT = json.loads((Path(__file__).parent / "openedx_statement.json").read_text("utf-8"))
"""What event-routing-backends 10.1.0 made by the guide's transformer of `event("an.nv", …)`, account and course name
given: both lie in the platform's own tables."""


def code(file: str) -> str:
    """The block that begins with the comment `# file`."""
    return str(_BLOCKS[file])


def names_of(file: str) -> dict[str, Any]:
    """What the block defines when it is run."""
    names: dict[str, Any] = {}
    exec(compile(code(file), f"docs/openedx.md: {file}", "exec"), names)
    return names


def event(learner: str, time: str, course: str, beat: dict[str, Any]) -> dict[str, Any]:
    """A beat on its way through event-tracking, before any processor."""
    key = f"block-v1:{course.partition(':')[2]}+type@boiduong_study_clock+block@dong-ho"
    context = {
        "course_id": course, "user_id": 5, "username": learner, "session": "abc", "event_source": "server",
        "page": "x_module", "module": {"display_name": "Đồng hồ học tập", "usage_key": key},
    }  # fmt: skip
    return {"name": "boiduong.study.beat", "timestamp": time, "context": context, "data": beat}


def tracking_line(event: dict[str, Any]) -> bytes:
    """The same in the platform's log (LegacyFieldMappingProcessor in common/djangoapps/track/shim.py)."""
    context = dict(event["context"])
    moved = {name: context.pop(name) for name in ("username", "session", "event_source", "page")}
    line = {"name": event["name"], "context": context, **moved}
    return json.dumps({**line, "event": event["data"], "time": event["timestamp"]}).encode()


def transformer() -> Any:
    """The guide's transformer upon stand-ins for event-routing-backends and tincan, which no lock of ours holds."""
    registered: dict[str, Any] = {}
    with patch.dict("sys.modules", _stand_ins(registered)):
        names_of("boiduong_xapi/transformers.py")
    return registered["boiduong.study.beat"]


def _stand_ins(registered: dict[str, Any]) -> dict[str, ModuleType]:
    constants = SimpleNamespace(
        EN="en",
        EXPERIENCED="experienced",
        XAPI_VERB_EXPERIENCED="http://adlnet.gov/expapi/verbs/experienced",
        XAPI_ACTIVITY_MODULE="http://adlnet.gov/expapi/activities/module",
    )
    registry = SimpleNamespace(register=lambda name: lambda made: registered.setdefault(name, made))
    erb = "event_routing_backends"
    found = {
        f"{erb}.helpers": {"get_uuid5": lambda key, name: uuid5(uuid5(NAMESPACE_DNS, key), name)},
        f"{erb}.processors.xapi": {"constants": constants},
        f"{erb}.processors.xapi.registry": {"XApiTransformersRegistry": registry},
        f"{erb}.processors.xapi.transformer": {"XApiTransformer": _Transformer},
        "tincan": dict.fromkeys(("Activity", "ActivityDefinition", "Extensions", "LanguageMap", "Verb"), _Object),
        erb: {},
        f"{erb}.processors": {},
    }
    modules = {name: ModuleType(name) for name in found}
    for name, module in modules.items():
        module.__dict__.update(found[name])
    return modules


class _Object(dict[str, Any]):
    """Any object of tincan: its fields, and itself as JSON."""

    def to_json(self) -> str:
        return json.dumps(self)


class _Transformer:
    """As far as the guide's transformer asks of XApiTransformer."""

    def __init__(self, event: dict[str, Any]) -> None:
        self.event = event

    def get_data(self, path: str, required: bool = False) -> Any:
        found: Any = self.event
        for name in path.split("."):
            found = found[name]
        return found

    def get_actor(self) -> _Object:
        account = {"name": self.event["context"]["username"], "homePage": LMS}
        return _Object(objectType="Agent", account=account)

    def get_verb(self) -> _Object:
        return self._verb  # type: ignore[attr-defined, no-any-return]

    def get_timestamp(self) -> str:
        return str(self.event["timestamp"])

    def get_object_iri(self, kind: str, id_: str) -> str:
        return f"{LMS}/{kind}/{id_}"

    def get_context_extensions(self) -> _Object:
        return _Object({"https://w3id.org/xapi/openedx/extensions/session-id": self.event["context"]["session"]})

    def transform(self) -> dict[str, Any]:
        course = {"id": self.get_object_iri("course", self.get_data("context.course_id")), "objectType": "Activity"}
        return {
            "id": str(self.get_event_id()),  # type: ignore[attr-defined]
            "actor": self.get_actor(),
            "verb": self.get_verb(),
            "object": self.get_object(),  # type: ignore[attr-defined]
            "timestamp": self.get_timestamp(),
            "context": {"contextActivities": {"parent": [course]}, "extensions": self.get_context_extensions()},
        }
