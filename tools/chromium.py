"""Prints the Chromium that the browser tests use: $CHROMIUM, the system's, or one installed now.

As root on Debian it comes by apt; elsewhere Playwright brings its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM = Path("/usr/bin/chromium")


def find() -> str | None:
    """The Chromium that is there already."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return str(SYSTEM) if SYSTEM.exists() else _playwrights()


def install() -> None:
    """Bring one in; what the installers print goes to stderr, because stdout is the answer."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=True, stdout=sys.stderr)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], env=quiet, check=True, stdout=sys.stderr)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, stdout=sys.stderr)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    if not find():
        install()
    print(find() or sys.exit("Không cài được Chromium; đặt đường dẫn của nó vào biến CHROMIUM."))
