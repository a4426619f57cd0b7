"""What a block publishes, as a line of a tracking log: the platform's own envelope, field by field and in its order.

The platform's is made by server_track (common/djangoapps/track/views/__init__.py in openedx/edx-platform), by `emit` of
event-tracking (name, context) and by LegacyFieldMappingProcessor (common/djangoapps/track/shim.py: all that follows),
with the context of `publish` in lms/djangoapps/courseware/block_render.py and of TrackMiddleware. The meaning of each
field is in "Events in the Tracking Logs" of the research guide.
"""

import json
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tools.openedx.people import Person

LOG, COMPLETION = "tracking.log", "completion.log"
_HEADERS = {
    "ip": "REMOTE_ADDR",
    "agent": "HTTP_USER_AGENT",
    "host": "SERVER_NAME",
    "referer": "HTTP_REFERER",
    "accept_language": "HTTP_ACCEPT_LANGUAGE",
}
_LOCK = Lock()
_NOTES = logging.getLogger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REQUEST: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def remembering(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: what a block publishes during a request tells of the request. Each is noted before it waits for the
    database, and when it was answered."""

    def answered(request: HttpRequest) -> HttpResponse:
        token = _REQUEST.set(request)
        _NOTES.info("asked %s", request.path)
        try:
            return answer(request)
        finally:
            _NOTES.info("answered %s", request.path)
            _REQUEST.reset(token)

    return answered


def publish(block: Any, username: str, event_type: str, event: Any) -> None:
    """What the platform does of it: completion and grades go to tables of theirs (here completion.log), a grade to
    nowhere; everything else is a line of the tracking log."""
    if event_type == "completion":
        _write(COMPLETION, {"usage": str(block.scope_ids.usage_id), "username": username, **event})
    elif event_type != "grade":
        _write(LOG, envelope(block, Person(username), event_type, event))


def envelope(block: Any, person: Person, event_type: str, event: Any) -> dict[str, Any]:
    request = _REQUEST.get()
    meta = request.META if request else {}
    key = block.scope_ids.usage_id.context_key
    module = {"display_name": getattr(block, "display_name", None) or "", "usage_key": _usage_key(block)}
    return {
        "name": event_type,
        "context": {
            "course_id": str(key), "course_user_tags": {}, "user_id": person.number,
            "path": request.path if request else "", "org_id": key.org, "module": module, "asides": {},
        },
        "username": person.name,
        "session": "",
        **{field: meta.get(header, "") for field, header in _HEADERS.items()},
        "event": event,
        "time": (_EPOCH + timedelta(microseconds=time.time_ns() // 1000)).isoformat(),
        "event_type": event_type,
        "event_source": "server",
        "page": "x_module",
    }  # fmt: skip


def _usage_key(block: Any) -> str:
    """`block-v1:…`: the url_name stands in the definition's id, SCENARIO.TYPE.URL_NAME.d0 (runtime.Names)."""
    ids = block.scope_ids
    name = ids.def_id.split(".")[2]
    return str(ids.usage_id.context_key.make_usage_key(ids.block_type, name))


def _write(name: str, line: dict[str, Any]) -> None:
    with _LOCK, (settings.FOLDER / name).open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
