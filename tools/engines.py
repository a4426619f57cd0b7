"""Run a command with a ClickHouse of its own: `python -m tools.engines pytest tests/exporter/study/test_engines.py`.

ClickHouse has no server among Python's packages, but chdb is the same engine as a library. Here it answers the client's
HTTP on a port of this machine, so that the exporter's own connecting, loading and typing are what is tried.
BOIDUONG_TEST_ENGINES holds its address, that of the PostgreSQL which tools/postgres.py has started, and Spark.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chdb.session import Session


def main(words: list[str]) -> int:
    postgres = os.environ.get("BOIDUONG_TEST_POSTGRES")
    if not words or not postgres:
        print("cách dùng: python tools/postgres.py python -m tools.engines LỆNH [tham số]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="boiduong-ch-") as folder, clickhouse(Path(folder)) as address:
        environment = {**os.environ, "BOIDUONG_TEST_ENGINES": f"{postgres} {address} pyspark"}
        return subprocess.run(words, env=environment, check=False).returncode


@contextmanager
def clickhouse(folder: Path) -> Iterator[str]:
    """The address of a ClickHouse that lasts as long as the block."""
    with Server(("127.0.0.1", 0), Answer) as server, Session() as server.session:
        server.folder = folder
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"clickhouse://default@127.0.0.1:{server.server_port}/default"
        server.shutdown()


class Server(HTTPServer):
    """One request after another: they share a session, and so its temporary tables."""

    session: Any
    folder: Path


class Answer(BaseHTTPRequestHandler):
    """What ClickHouse's HTTP interface does with a query, as far as its client asks for it here."""

    server: Server

    def do_POST(self) -> None:
        insert = parse_qs(urlsplit(self.path).query).get("query", [""])[0]
        try:
            answer = self.insert(insert, self.body()) if insert else self.select(self.body().decode())
        except RuntimeError as error:
            self.reply(500, str(error).encode())
        else:
            self.reply(200, answer)

    def select(self, query: str) -> bytes:
        return bytes(self.server.session.query(query, "TabSeparated").bytes() or b"")

    def insert(self, query: str, rows: bytes) -> bytes:
        """chdb takes rows from a file only."""
        into, _, form = query.rpartition("FORMAT")
        path = self.server.folder / "rows"
        path.write_bytes(rows)
        self.server.session.query(f"{into} SELECT * FROM file('{path}', '{form.strip()}')")  # noqa: S608  our own client
        return b""

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002  the library's own name
        """Quiet: what goes wrong, the client says."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
