"""Run a command with a PostgreSQL of its own: `python tools/postgres.py pytest tests/records`.

A throw-away cluster in a temporary folder, reached by a Unix socket alone; BOIDUONG_TEST_POSTGRES holds its address.
It is stopped and removed however the command ends. As root, Debian's postgresql is installed where there is none.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

ROOT = 0
UNPRIVILEGED = ("postgres", "nobody")
"""Who runs the server where root calls: PostgreSQL refuses to be root."""
SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=50"


def main(words: list[str]) -> int:
    if not words:
        print("cách dùng: python tools/postgres.py LỆNH [tham số]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="boiduong-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        return with_cluster(programs, folder, words)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_cluster(programs: Path, folder: Path, words: list[str]) -> int:
    run_as = _run_as(folder)
    data = folder / "data"
    call([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], folder, run_as)
    start = [programs / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", f"-k {folder} {SETTINGS}", "start"]
    try:
        call(start, folder, run_as)
        address = f"postgresql+psycopg://postgres@/postgres?host={quote(str(folder), safe='')}"
        environment = {**os.environ, "BOIDUONG_TEST_POSTGRES": address}
        return subprocess.run(words, env=environment, check=False).returncode
    finally:
        call([programs / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop"], folder, run_as, check=False)


def find_programs() -> Path:
    """The folder of initdb and pg_ctl, the newest version first."""
    found = _programs()
    if found is None and os.geteuid() == ROOT and shutil.which("apt-get"):
        for step in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
            subprocess.run(["apt-get", "-qq", *step], stdout=sys.stderr, check=True)
        found = _programs()
    if found is None:
        sys.exit("Không tìm thấy initdb của PostgreSQL: hãy cài gói «postgresql».")
    return found


def _programs() -> Path | None:
    """Debian keeps the programs of each version apart from PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: int(bin_.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def _run_as(folder: Path) -> dict[str, Any]:
    if os.geteuid() != ROOT:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    folder.chmod(0o755)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def call(words: list[Any], folder: Path, run_as: dict[str, Any], check: bool = True) -> None:
    """Quiet unless it fails."""
    with (folder / "calls").open("ab") as output:
        ran = subprocess.run([*map(str, words)], cwd=folder, stdout=output, stderr=output, check=False, **run_as)
    if check and ran.returncode:
        logs = [path.read_text(errors="replace") for path in (folder / "calls", folder / "log") if path.exists()]
        sys.exit("\n".join(["PostgreSQL không chạy được:", *logs]))


def _leave(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
