"""Scripts and styles of our own, under an address that changes with what they hold."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, send_file

from boiduong_server.desk.access import allow

FILES = Path(__file__).parents[1] / "vendor"
_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """`asset('desk.css')` in templates, and the route behind it."""
    app.add_url_rule("/tinh/<name>", "asset", _serve)
    app.jinja_env.globals["asset"] = asset


@cache
def asset(name: str) -> str:
    """The address of a bundled file, as it was when this process asked for it first: a file that is being replaced
    breaks no page."""
    return f"/tinh/{name}?v={hashlib.sha256((FILES / name).read_bytes()).hexdigest()[:12]}"


@allow()
def _serve(name: str) -> Response:
    path = FILES / name
    if path.parent != FILES or not path.is_file():
        abort(404)
    response = send_file(path, max_age=_YEAR, conditional=True)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
