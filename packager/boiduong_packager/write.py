"""Packages onto the disk: each file whole or not at all, so that a build cut short leaves the last good one."""

import hashlib
import shutil
from pathlib import Path

from boiduong_vocabulary.catalog import PackageEntry

from boiduong_packager.cache import Written
from boiduong_packager.targets.archive import content_bytes, write_tar_gz, write_zip
from boiduong_packager.targets.package import Package


def write_package(out: Path, package: Package, key: str) -> Written:
    """Write `package` below `out`; `key` names what it was made from."""
    target = out / package.path
    if package.path.endswith("/"):
        digest, size = _write_folder(target, package)
    else:
        digest, size = _write_archive(target, package)
    entry = PackageEntry(package.standard, package.path, package.identifier, digest)
    return Written(key, entry, size, tuple(sorted(package.files)) if package.path.endswith("/") else ())


def is_written(out: Path, written: Written) -> bool:
    """Whether the package is on the disk still, with all its files and as many bytes as were written."""
    target = out / written.entry.path
    paths = [target / name for name in written.files] or [target]
    return all(path.is_file() for path in paths) and sum(path.stat().st_size for path in paths) == written.size


def remove_package(out: Path, written: Written) -> None:
    """Take away what an earlier build wrote; anything else in the folder stays."""
    target = out / written.entry.path
    if written.files:
        remove_files(target, written.files)
    else:
        target.unlink(missing_ok=True)


def remove_files(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    partial = _partial(path)
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def _write_archive(target: Path, package: Package) -> tuple[str, int]:
    partial = _partial(target)
    write = write_tar_gz if target.name.endswith(".tar.gz") else write_zip
    write(partial, package.files)
    digest, size = hashlib.sha256(partial.read_bytes()).hexdigest(), partial.stat().st_size
    partial.replace(target)
    return digest, size


def _write_folder(target: Path, package: Package) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for name in sorted(package.files):
        path = target / name
        partial = _partial(path)
        content = package.files[name]
        if isinstance(content, Path):
            shutil.copyfile(content, partial)
        else:
            partial.write_bytes(content)
        data = content_bytes(content)
        digest.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
        size += len(data)
        partial.replace(path)
    return digest.hexdigest(), size


def _partial(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.name}.partial")
