"""Files of packages and of our frame. An address with a package's key always shows the same bytes, so that browsers
keep what they have; media come in parts (Range), as phones ask for them."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

from boiduong_server.play.launches import house
from boiduong_server.shelf import shelf

BLUEPRINT = Blueprint("files", __name__)
_OURS = Path(__file__).parents[1] / "vendor"
_SCORM = Path(str(files("boiduong_packager") / "vendor/scorm-again"))
_ASSETS = {
    "frame.js": _OURS / "frame.js",
    "frame.css": _OURS / "frame.css",
    "scorm12.js": _SCORM / "scorm12.js",
    "scorm2004.js": _SCORM / "scorm2004.js",
}
_TYPES = {
    ".css": "text/css",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mjs": "text/javascript",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".swf": "application/x-shockwave-flash",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
"""What packages are made of; the machine's own table of types differs from one machine to the next."""
_YEAR = 31_536_000


@BLUEPRINT.get("/goi/<key>/<path:path>")
def package_file(key: str, path: str) -> Response:
    """A file of a package. Who knows the key may read it: nothing of a learner lies there."""
    found = shelf.file(house(), key, path)
    if found is None:
        abort(404)
    return _sent(found)


@BLUEPRINT.get("/tinh/<name>")
def asset(name: str) -> Response:
    """Our frame's script and style, and scorm-again; the version stands behind the question mark."""
    if name not in _ASSETS:
        abort(404)
    return _sent(_ASSETS[name])


def _sent(path: Path) -> Response:
    kind = _TYPES.get(path.suffix.lower())
    response = send_file(path, mimetype=kind, conditional=True, max_age=_YEAR)
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def address(name: str) -> str:
    """Of an asset, with a version that changes when it does."""
    found = _ASSETS[name].stat()
    return f"/tinh/{name}?v={found.st_mtime_ns:x}{found.st_size:x}"
