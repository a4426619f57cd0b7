"""A strict LMS in a hundred lines: scorm-again in a page, the package in a frame, what was committed in memory.

It remembers as a good LMS does: suspend_data, location, status, score and interactions come back with the next launch.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.browser.study import VENDOR

_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css"}

PAGE = """<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>LMS</title>
<style>body{margin:0}iframe{border:0;width:100vw;height:100vh}</style>
<script src="/scorm/STANDARD.js"></script>
<script>
  const standard = "STANDARD", saved = SAVED;
  const settings = {lmsCommitUrl: "/commit/NAME", dataCommitFormat: "json", includeCommitSequence: true, logLevel: 5,
    lmsCommitRequestDataType: "application/json;charset=UTF-8"};
  const api = standard === "scorm12" ? new Scorm12API(settings) : new Scorm2004API(settings);
  if (saved) api.loadFromJSON(saved, "cmi");
  const learner = standard === "scorm12" ? {core: {student_id: "can-bo-1", student_name: "Cán bộ Một"}}
    : {learner_id: "can-bo-1", learner_name: "Cán bộ Một"};
  if (!saved) api.loadFromJSON(learner, "cmi");
  window[standard === "scorm12" ? "API" : "API_1484_11"] = api;
  window.calls = [];
  const told = JSON.parse(sessionStorage.getItem("told") || "[]");
  for (const name of ["Initialize", "Terminate", "Commit", "SetValue"]) {
    const full = standard === "scorm12" ? "LMS" + {Terminate: "Finish"}[name] : name;
    const method = standard === "scorm12" ? (name === "Terminate" ? "LMSFinish" : "LMS" + name) : name;
    const inner = api[method];
    api[method] = (...values) => {
      const answer = inner.apply(api, values);
      const error = standard === "scorm12" ? api.LMSGetLastError() : api.GetLastError();
      told.push(name);
      sessionStorage.setItem("told", JSON.stringify(told));
      window.calls.push([name, ...values, String(answer), String(error)]);
      return answer;
    };
  }
</script>
<iframe name="sco" src="/package/NAME/index.html" title="Gói học"></iframe></html>"""


@dataclass
class Attempt:
    """What the LMS knows of one learner and one package."""

    standard: str
    files: Mapping[str, bytes]
    cmi: dict[str, Any] = field(default_factory=dict)
    commits: list[dict[str, Any]] = field(default_factory=list)
    refuses: bool = False
    """Answers every commit with an error, as a server that is down."""
    forgets: bool = False
    """Gives back suspend_data and location alone, as openedx-scorm-xblock does."""


class Lms:
    def __init__(self) -> None:
        self.attempts: dict[str, Attempt] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.other_address = f"http://localhost:{self.server.server_address[1]}"
        """The same server under a name of another site."""

    def put(self, name: str, standard: str, files: Mapping[str, bytes]) -> str:
        """Install a package, over an older one of that name; answers the address that launches it."""
        known = self.attempts.get(name)
        self.attempts[name] = Attempt(standard, files, known.cmi if known else {}, known.commits if known else [])
        return f"{self.address}/launch/{name}"

    @contextmanager
    def running(self) -> Iterator[None]:
        Thread(target=self.server.serve_forever, daemon=True).start()
        yield
        self.server.shutdown()
        self.server.server_close()

    def page(self, name: str) -> bytes:
        attempt = self.attempts[name]
        saved = json.dumps(resumed(attempt)) if attempt.cmi else "null"
        text = PAGE.replace("STANDARD", attempt.standard).replace("NAME", name).replace("SAVED", saved)
        return text.encode()

    def find(self, path: str) -> bytes | None:
        room, _, rest = path.strip("/").partition("/")
        if room == "launch":
            return self.page(rest)
        if room == "scorm":
            return (VENDOR / "scorm-again" / rest).read_bytes()
        if room == "player":
            return (VENDOR.parent / "player" / rest).read_bytes()
        if room == "blank":
            return b"<!DOCTYPE html><title>Trang</title>"
        if room == "package":
            name, _, file = rest.partition("/")
            return self.attempts[name].files.get(file)
        return None

    def commit(self, name: str, body: bytes) -> bool:
        attempt = self.attempts[name]
        if attempt.refuses:
            return False
        data = json.loads(body)
        attempt.commits.append(data)
        attempt.cmi = data["cmi"]
        return True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        lms = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                content = lms.find(path)
                self.answer(404 if content is None else 200, content or b"", _TYPES.get(Path(path).suffix, "text/html"))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kept = lms.commit(self.path.rpartition("/")[2], body)
                reply = {"result": kept, "errorCode": 0 if kept else 101}
                self.answer(200 if kept else 500, json.dumps(reply).encode(), "application/json")

            def answer(self, status: int, content: bytes, type_: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", type_)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

        return Handler


def resumed(attempt: Attempt) -> dict[str, Any]:
    """What the next launch is given: all that was kept; `total_time` came with Terminate and replaces."""
    cmi = json.loads(json.dumps(attempt.cmi))
    if attempt.forgets and attempt.standard == "scorm12":
        cmi = {"suspend_data": cmi["suspend_data"], "core": {"lesson_location": cmi["core"]["lesson_location"]}}
    elif attempt.forgets:
        cmi = {name: cmi[name] for name in ("suspend_data", "location")}
    elif attempt.standard == "scorm12":
        cmi["core"] = {**cmi["core"], "entry": "resume", "session_time": "00:00:00", "exit": ""}
    else:
        cmi |= {"entry": "resume", "session_time": "PT0H0M0S", "exit": ""}
    return cmi  # type: ignore[no-any-return]
