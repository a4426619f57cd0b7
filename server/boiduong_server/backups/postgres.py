"""PostgreSQL by its own programs: a dump as of one exported snapshot, and back within one transaction."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from boiduong_records.migrating import VERSION_TABLE as BOOKS_VERSION
from boiduong_records.store import url_of
from boiduong_records.tables import METADATA as BOOKS_TABLES
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from boiduong_server.errors import ServerError
from boiduong_server.migrating import VERSION_TABLE as STORE_VERSION
from boiduong_server.tables import METADATA as STORE_TABLES

_OURS = (BOOKS_VERSION, STORE_VERSION, *BOOKS_TABLES.tables, *STORE_TABLES.tables)
_WAIT_SECONDS = 60
"""How long a long import may hold the tables before a restore gives up."""


@dataclass(frozen=True)
class Snapshot:
    """A moment of the database: what `connection` reads and what `write_dump` writes are the same."""

    connection: Connection
    schema: str
    name: str
    tables: tuple[str, ...]

    @property
    def has_store(self) -> bool:
        return STORE_VERSION in self.tables


@contextmanager
def snapshot(where: str) -> Iterator[Snapshot]:
    """Raises ServerError where the database cannot be reached."""
    engine = create_engine(url_of(where))
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            name = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            schema = schema_of(connection)
            standing = set(inspect(connection).get_table_names(schema))
            yield Snapshot(connection, schema, name, tuple(each for each in _OURS if each in standing))
    except OperationalError as error:
        raise ServerError(f"không đọc được cơ sở dữ liệu ({error.orig})", "xem lại địa chỉ và máy chủ ấy") from error
    finally:
        engine.dispose()


def schema_of(connection: Connection) -> str:
    return str(connection.execute(text("SELECT current_schema()")).scalar_one())


def write_dump(where: str, taken: Snapshot, path: Path) -> None:
    """Our tables alone: whatever else lies in the database is others'.

    Raises ServerError where pg_dump is missing or refuses.
    """
    tables = [f"--table={taken.schema}.{table}" for table in taken.tables]
    _run(where, "pg_dump", ["--format=custom", *_PLAIN, f"--snapshot={taken.name}", *tables, f"--file={path}"])


def put_dump(where: str, schema: str, dump: Path) -> None:
    """Make our tables those of the dump, in one transaction; others wait meanwhile. Of a failure nothing stays.

    The script is written whole before it is run: psql would commit what a broken pipe has let through. Tables that the
    dump does not know (a newer version's) go as well, else they would hold its tables by their foreign keys.

    Raises ServerError.
    """
    first, script = dump.with_suffix(".1.sql"), dump.with_suffix(".2.sql")
    ours = ", ".join(f'"{schema}"."{table}"' for table in _OURS)
    first.write_text(f"SET lock_timeout = '{_WAIT_SECONDS}s';\nDROP TABLE IF EXISTS {ours} CASCADE;\n", "utf-8")
    _run("", "pg_restore", [*_PLAIN, f"--file={script}", str(dump)])
    one = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    _run(where, "psql", [*one, f"--file={first}", f"--file={script}"])


_PLAIN = ("--no-owner", "--no-privileges")


def _run(where: str, program: str, words: Sequence[str]) -> None:
    """A password goes by the environment: others on the machine can read a command line."""
    url = url_of(where).set(drivername="postgresql") if where else None
    if shutil.which(program) is None:
        raise ServerError(
            f"máy này thiếu chương trình {program}", "cài gói «postgresql-client» cùng đời với máy chủ ấy"
        )
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url and url.password else {})
    asked = [f"--dbname={url.set(password=None).render_as_string(hide_password=False)}"] if url else []
    done = subprocess.run(  # noqa: S603  (the program's name is ours)
        [program, *asked, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = next(iter(done.stderr.strip().splitlines()), str(done.returncode))
        raise ServerError(f"{program} không làm được: {said}", "xem lại địa chỉ, quyền và chỗ trống trên đĩa")
