"""Gather all, then check, then write: with an error nothing is written, and what is unchanged is left alone."""

import hashlib
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

import msgspec
from boiduong_vocabulary.catalog import Catalog, PackageEntry, from_json, to_json
from boiduong_vocabulary.problem import Problem, any_error, in_order

from boiduong_packager.cache import Cache, Written
from boiduong_packager.cataloging import catalog_of
from boiduong_packager.check import CHECKS, DATED_CHECKS, Subject, run
from boiduong_packager.documents import Register, read_register
from boiduong_packager.gather import Gathered, Report, each, gather
from boiduong_packager.model import Program, Topic
from boiduong_packager.read.program import program_id
from boiduong_packager.targets.names import PROGRAM_TARGETS, TARGETS, TOPIC_TARGETS
from boiduong_packager.targets.package import Package
from boiduong_packager.write import is_written, remove_files, remove_package, write_package, write_text

CATALOG = "catalog.json"


@dataclass(frozen=True)
class Request:
    """What to build: the programme's folder, where to write (`out`/<program id>/), which targets, and which topics
    (ids; none means all) of the targets that make a package a topic."""

    program: Path
    out: Path
    targets: tuple[str, ...] = TARGETS
    topics: tuple[str, ...] = ()
    jobs: int = 1
    blocks: bool = False
    single_file: bool = False


@dataclass(frozen=True)
class Outcome:
    """Errors and warnings; the catalog, or None when an error kept everything from being written; and how many
    packages were written anew."""

    problems: list[Problem]
    catalog: Catalog | None
    written: int = 0


@dataclass(frozen=True)
class Job:
    """A package to be made: of one topic, or of the whole programme when `topic` is None. `key` names all that the
    package is made from; `option` is the target's own (olx: our blocks; web: single files)."""

    target: str
    program: Program
    topic: Topic | None
    key: str
    out: Path
    option: bool = False


class UnknownTopicError(LookupError):
    """A topic was asked for that the programme does not have: its ids, and those there are."""

    def __init__(self, unknown: list[str], known: list[str]) -> None:
        super().__init__(unknown, known)
        self.unknown, self.known = unknown, known


def build(request: Request, report: Report = lambda *_: None) -> Outcome:
    """Build `request`; `report` is told of progress.

    Raises UnknownTopicError, before anything is written.
    """
    out = request.out / program_id(request.program)
    cache = Cache(out / ".cache")
    gathered = gather(request.program, str(request.program), cache, request.jobs, report)
    subject = Subject(gathered, read_catalog(out), Register(), date.min)
    problems = in_order(gathered.problems + run(CHECKS, subject))
    if gathered.program is None or any_error(problems):
        return Outcome(problems, None)
    known = [topic.id for topic in gathered.program.topics]
    if unknown := sorted(set(request.topics) - set(known)):
        raise UnknownTopicError(unknown, known)
    jobs = _jobs(gathered, gathered.program, cache, out)
    written = _write([job for job in jobs if _wanted(job, request)], cache, out, request.jobs, report)
    catalog = _catalog(gathered.program, jobs, cache, out)
    write_text(out / CATALOG, to_json(catalog))
    cache.keep_packages()
    return Outcome(problems, catalog, written)


def check(program: Path, out: Path, as_of: date) -> list[Problem]:
    """Every fault of `program` on the day `as_of`; `out` may hold the catalog of the last build."""
    folder = out / program_id(program)
    gathered = gather(program, str(program), Cache(folder / ".cache" if folder.is_dir() else None))
    register, problems = read_register(program.parent)
    subject = Subject(gathered, read_catalog(folder), register, as_of)
    return in_order(gathered.problems + problems + run(CHECKS + DATED_CHECKS, subject))


def read_catalog(out: Path) -> Catalog | None:
    """The catalog of the last build in `out`, if there is one that can be read."""
    path = out / CATALOG
    try:
        return from_json(path.read_text("utf-8")) if path.is_file() else None
    except ValueError:
        return None


def _jobs(gathered: Gathered, program: Program, cache: Cache, out: Path) -> list[Job]:
    """Every package the programme can have, wanted now or not."""
    head = msgspec.structs.replace(program, topics=())
    # The reading's key leaves media out, which the digest knows.
    content = {
        reading.topic.id: gathered.keys[name] + reading.topic.digest
        for name, reading in gathered.readings.items()
        if reading.topic
    }
    facts = msgspec.msgpack.encode(head).hex()
    of_topics = [
        Job(target, head, topic, _key(cache.tool, target, facts, content[topic.id]), out)
        for target in TOPIC_TARGETS
        for topic in program.topics
    ]
    of_program = [
        Job(target, program, None, _key(cache.tool, target, facts, *content.values(), str(option)), out, option)
        for target in PROGRAM_TARGETS
        for option in (False, True)
    ]  # fmt: skip
    return of_topics + of_program


def _write(jobs: list[Job], cache: Cache, out: Path, processes: int, report: Report) -> int:
    """Make those of `jobs` that are not on the disk as they would be made now; how many that were."""
    fresh = {written.key for written in cache.packages.values() if is_written(out, written)}
    stale = [job for job in jobs if job.key not in fresh]
    for done, written in enumerate(each(_make, stale, processes), 1):
        _forget(out, cache.packages.get(written.entry.path), written)
        cache.packages[written.entry.path] = written
        report("ghi", done, len(stale))
    return len(stale)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _wanted(job: Job, request: Request) -> bool:
    if job.target not in request.targets:
        return False
    if job.topic is None:
        return job.option == {"olx": request.blocks, "web": request.single_file}[job.target]
    return not request.topics or job.topic.id in request.topics


def _make(job: Job) -> Written:
    """Render and write one package. Targets are imported when used: an author of one needs no other."""
    target = import_module(f"boiduong_packager.targets.{job.target}")
    package: Package = target.package(job.program, job.topic if job.topic is not None else job.option)
    return write_package(job.out, package, job.key)


def _forget(out: Path, before: Written | None, now: Written) -> None:
    """Take away the files of a folder package that its new edition no longer has."""
    if before:
        remove_files(out / before.entry.path, tuple(set(before.files) - set(now.files)))


def _catalog(program: Program, jobs: list[Job], cache: Cache, out: Path) -> Catalog:
    """The catalog of what in `out` matches today's sources; packages of topics that are gone are taken away."""
    owner = {job.key: job.topic.id if job.topic else "" for job in jobs}
    paths = {(job.target, job.topic.id if job.topic else "") for job in jobs}
    packages: dict[str, tuple[PackageEntry, ...]] = {}
    for path, written in sorted(cache.packages.items()):
        if written.key in owner and is_written(out, written):
            packages[owner[written.key]] = (*packages.get(owner[written.key], ()), written.entry)
        elif written.entry.standard in TOPIC_TARGETS and (written.entry.standard, Path(path).stem) not in paths:
            remove_package(out, written)
            del cache.packages[path]
    return catalog_of(program, packages, packages.get("", ()))
