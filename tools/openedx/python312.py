"""Prints a Python 3.12 of this machine, for `make test-openedx-312`: XBlock 6.3 and xblock-sdk 0.15 need it.

A command of that name, one that uv knows, or one of pyenv's, which shows only those of the folder one stands in.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

WANTED = "3.12"
MISSING = """Máy này không có Python 3.12, nên phép thử với XBlock 6.3 và xblock-sdk 0.15 KHÔNG chạy.
Cài Python 3.12 (gói «python3.12», uv hay pyenv đều được) rồi chạy lại «make test-openedx-312».
«make test» thử các khối trên Python 3.11 với XBlock 6.1."""


def main() -> int:
    """2 where there is none: a test that did not run is no success."""
    found = find()
    if found is None:
        print(MISSING, file=sys.stderr)
        return 2
    print(found)
    return 0


def find() -> str | None:
    return next((each for each in _candidates() if _is_wanted(each)), None)


def _candidates() -> Iterator[str]:
    if on_path := shutil.which(f"python{WANTED}"):
        yield on_path
    for uv in filter(None, (os.environ.get("UV"), shutil.which("uv"), ".uv/bin/uv")):
        yield _said([uv, "python", "find", "--no-project", WANTED])
    for root in filter(None, (os.environ.get("PYENV_ROOT"), _said(["pyenv", "root"]), str(Path.home() / ".pyenv"))):
        yield from map(str, sorted(Path(root).glob(f"versions/{WANTED}*/bin/python")))


def _is_wanted(python: str) -> bool:
    """pyenv puts a command of that name on PATH that only says it may not run."""
    ask = "import ssl, sys; print('.'.join(map(str, sys.version_info[:2])))"
    return bool(python) and _said([python, "-c", ask]) == WANTED


def _said(command: list[str]) -> str:
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
