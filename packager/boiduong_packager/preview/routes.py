"""Which address answers what. Routes know the shelf and the state, but nothing of sockets."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from boiduong_packager.preview import answers
from boiduong_packager.preview.answers import Answer
from boiduong_packager.preview.pages import lms_page, program_page
from boiduong_packager.preview.problem_list import problem_list
from boiduong_packager.preview.shelf import STANDARDS, Shelf
from boiduong_packager.preview.state import StateStore, launch_model

PACKAGE_ROOT = Path(__file__).parents[1]
STATIC = Path(__file__).parent / "static"
ASSETS = {
    **{path.name: path for path in STATIC.iterdir()},
    "prose.css": PACKAGE_ROOT / "player/prose.css",
    "scorm12.js": PACKAGE_ROOT / "vendor/scorm-again/scorm12.js",
    "scorm2004.js": PACKAGE_ROOT / "vendor/scorm-again/scorm2004.js",
}
SUSPEND_LIMITS = {"scorm12": 4096, "scorm2004": 64000}
"""Characters of suspend_data (standards.md)."""


@dataclass(frozen=True)
class Preview:
    """All that routes work on. `alive` tells whether the author's files are still being watched."""

    shelf: Shelf
    store: StateStore
    alive: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Asked:
    """A request without its socket: `rest` is the decoded path after the route's name, split at slashes."""

    rest: list[str]
    query: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


Route = Callable[[Preview, Asked], Answer | None]
"""None means that there is no such thing."""


def home(preview: Preview, asked: Asked) -> Answer | None:
    return None if asked.rest else answers.html(program_page(preview.shelf, preview.store))


def learn(preview: Preview, asked: Asked) -> Answer | None:
    """The stand-in LMS around one package: /hoc/STANDARD/TOPIC."""
    standard, identifier = _pair(asked)
    topic = preview.shelf.topic(identifier)
    if topic is None or preview.shelf.package(standard, identifier) is None:
        return None
    return answers.html(lms_page(preview.shelf, topic, standard))


def package_file(preview: Preview, asked: Asked) -> Answer | None:
    """A file straight from the zip: /goi/STANDARD/TOPIC/NAME."""
    standard, topic, *name = [*asked.rest, ""][: max(3, len(asked.rest))]
    package = preview.shelf.package(standard, topic)
    try:
        return answers.member(package, "/".join(name)) if package else None
    except KeyError:
        return None


def download(preview: Preview, asked: Asked) -> Answer | None:
    path = preview.shelf.download("/".join(asked.rest))
    return answers.file(path, download=True) if path else None


def web(preview: Preview, asked: Asked) -> Answer | None:
    path = preview.shelf.web_page("/".join(asked.rest))
    return answers.file(path) if path else None


def asset(_: Preview, asked: Asked) -> Answer | None:
    path = ASSETS.get("/".join(asked.rest))
    return answers.file(path) if path and path.is_file() else None


def news(preview: Preview, asked: Asked) -> Answer | None:
    """What open pages ask every second; with ?goi=STANDARD/TOPIC also which launch is the latest."""
    shelf = preview.shelf
    package = asked.query.get("goi", "")
    standard, _, topic = package.partition("/")
    return answers.told(
        {
            "build": shelf.number,
            "building": shelf.building,
            "failed": shelf.failed,
            "watching": preview.alive(),
            "problems": problem_list(shelf) if shelf.failed else "",
            "digest": shelf.digests().get(package, ""),
            "launch": preview.store.record(standard, topic).launch if shelf.package(standard, topic) else 0,
        }
    )


def open_package(preview: Preview, asked: Asked) -> Answer | None:
    """Begins a launch and tells the page what an LMS sets beforehand: POST /mo/STANDARD/TOPIC."""
    standard, identifier = _pair(asked)
    topic, launch = preview.shelf.topic(identifier), preview.shelf.launch(standard, identifier)
    if topic is None or launch is None:
        return None
    wish = _message(asked)
    after = int(wish.get("launch", 0)), int(wish.get("sequence", 0))
    left, record = preview.store.open_launch(standard, identifier, after, wish.get("fresh") is True)
    return answers.told(
        {
            "launch": record.launch,
            "digest": preview.shelf.digests().get(f"{standard}/{identifier}", ""),
            "page": launch.page,
            "marks": asdict(launch),
            "cmi": launch_model(standard, left, launch),
            "dropped": standard == "scorm2004" and bool(left.cmi) and left.cmi.get("exit") != "suspend",
            "commits": record.commits,
            "saved_at": record.saved_at,
            "suspend_limit": SUSPEND_LIMITS[standard],
            "places": {item.id: item.title for item in topic.sections},
        }
    )


def commit(preview: Preview, asked: Asked) -> Answer | None:
    """Takes in what the package saved: POST /luu/STANDARD/TOPIC?lan=LAUNCH; the body is JSON whatever its type says,
    because a beacon can only claim text/plain."""
    standard, topic = _pair(asked)
    if preview.shelf.package(standard, topic) is None:
        return None
    kept = preview.store.commit(standard, topic, int(asked.query["lan"]), _message(asked))
    return answers.told({"result": kept, "errorCode": 0 if kept else 101})


GET: dict[str, Route] = {
    "": home,
    "hoc": learn,
    "goi": package_file,
    "tai": download,
    "web": web,
    "tinh": asset,
    "tin": news,
}
POST: dict[str, Route] = {"mo": open_package, "luu": commit}


def answer(preview: Preview, routes: dict[str, Route], name: str, asked: Asked) -> Answer:
    """What the route of that name answers; 404 without one, 400 for a message that is none."""
    try:
        found = routes[name](preview, asked) if name in routes else None
    except (ValueError, KeyError, TypeError):
        return answers.text("Yêu cầu không đúng dạng", HTTPStatus.BAD_REQUEST)
    return found or answers.text("Không có trang này", HTTPStatus.NOT_FOUND)


def _pair(asked: Asked) -> tuple[str, str]:
    standard, topic = asked.rest if len(asked.rest) == 2 else ("", "")
    return (standard, topic) if standard in STANDARDS else ("", "")


def _message(asked: Asked) -> dict[str, Any]:
    message = json.loads(asked.body)
    if not isinstance(message, dict):
        raise TypeError("a message is an object")
    return message
