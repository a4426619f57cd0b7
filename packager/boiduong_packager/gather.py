"""The first step of every command: a programme folder read whole, with every fault at once."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc

from boiduong_packager.cache import Cache
from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Asset, Program, Topic
from boiduong_packager.read.program import FILE, ProgramHead, inherited, line_of_topic, read_program_head, topic_files
from boiduong_packager.read.reading import Reading, find_id
from boiduong_packager.read.source import Source, read_source

Item = TypeVar("Item")
Result = TypeVar("Result")
Report = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, of how many."""


@dataclass(frozen=True)
class Gathered:
    """A programme as read. `program` holds the topics that are sound, `head` is None when program.toml is not;
    `files` are its topic files, read or not; `readings` and `sources` go by file, `keys` name each topic's content
    for the cache."""

    head: ProgramHead | None
    program: Program | None
    files: tuple[str, ...]
    sources: dict[str, Source]
    readings: dict[str, Reading]
    keys: dict[str, str]
    problems: list[Problem]


@dataclass(frozen=True)
class _Task:
    source: Source
    folder: Path
    topic_ids: dict[str, str]
    inherited: dict[str, str | int]


def gather(folder: Path, shown: str, cache: Cache, jobs: int = 1, report: Report = lambda *_: None) -> Gathered:
    """Read the programme in `folder`, named `shown` in messages. Topics that `cache` knows are not rendered again."""
    head, problems = read_program_head(folder, shown)
    files = tuple(nfc(path.name) for path in topic_files(folder))
    sources, faults = _sources(folder, shown)
    problems += faults
    topic_ids = {name: found for name, source in sources.items() if (found := find_id(source.text))}
    tasks = {name: _Task(source, folder, topic_ids, inherited(head)) for name, source in sources.items()}
    keys = {name: _key(task, cache) for name, task in tasks.items()}
    readings = _readings(tasks, keys, cache, jobs, report)
    problems += [problem for reading in readings.values() for problem in reading.problems]
    problems += _topic_faults(readings, sources, files)
    problems += _repeated_ids(shown, topic_ids)
    if head is None:
        return Gathered(None, None, files, sources, readings, keys, problems)
    topics = {reading.topic.id: reading.topic for reading in readings.values() if reading.topic}
    problems += _session_faults(folder, shown, head, topic_ids, len(topic_ids) == len(files))
    return Gathered(head, _program(head, topics), files, sources, readings, keys, problems)


def _sources(folder: Path, shown: str) -> tuple[dict[str, Source], list[Problem]]:
    found = {nfc(path.name): read_source(path, f"{shown}/{nfc(path.name)}") for path in topic_files(folder)}
    sources = {name: source for name, source in found.items() if isinstance(source, Source)}
    return sources, [problem for problem in found.values() if isinstance(problem, Problem)]


def _key(task: _Task, cache: Cache) -> str:
    """What the topic's rendering depends on, media apart (the cache looks at those itself)."""
    known = (sorted(task.inherited.items()), sorted(task.topic_ids.items()))
    parts = [cache.tool, task.source.path, task.source.text, repr(known)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _readings(
    tasks: dict[str, _Task], keys: dict[str, str], cache: Cache, jobs: int, report: Report
) -> dict[str, Reading]:
    known = {name: reading for name in tasks if (reading := cache.reading(name, keys[name]))}
    fresh = [name for name in tasks if name not in known]
    for done, (name, reading) in enumerate(zip(fresh, each(_read, [tasks[n] for n in fresh], jobs), strict=True), 1):
        known[name] = reading
        cache.keep(name, keys[name], reading)
        report("đọc", done, len(fresh))
    return {name: known[name] for name in tasks}


def each(work: Callable[[Item], Result], items: list[Item], jobs: int) -> Iterator[Result]:
    """`work` over `items` in order, in `jobs` processes when that pays."""
    if jobs < 2 or len(items) < 2:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(min(jobs, len(items))) as pool:
        yield from pool.map(work, items)


def _read(task: _Task) -> Reading:
    from boiduong_packager.read.topic import read_topic  # noqa: PLC0415  (no Markdown where nothing has changed)

    return read_topic(task.source, task.folder, task.topic_ids, task.inherited)


def _program(head: ProgramHead, topics: dict[str, Topic]) -> Program:
    ordered = dict.fromkeys(topic for session in head.sessions for topic in session.topics if topic in topics)
    names = [*ordered, *(topic for topic in topics if topic not in ordered)]
    fields = {name: getattr(head, name) for name in ProgramHead.__dataclass_fields__}
    return Program(**fields, topics=tuple(topics[name] for name in names))


def _topic_faults(
    readings: dict[str, Reading], sources: dict[str, Source], files: tuple[str, ...]
) -> Iterator[Problem]:
    """What only shows when all topics are known: links between files, media of one name."""
    assets: dict[str, Asset] = {}
    for name, reading in readings.items():
        yield from _outgoing_faults(sources[name].path, reading, readings, files)
        topic = reading.topic or reading.draft
        if topic is None:
            continue
        for asset in topic.assets:
            other = assets.setdefault(asset.name, asset)
            if other.path != asset.path:
                pair = f"{nfc(Path(other.path).name)} và {nfc(Path(asset.path).name)}"
                message = f"hai tệp cùng tên «{asset.name}» khi bỏ dấu: {pair}"
                yield fault(Code.SLUG_COLLISION, Place(topic.path), message, "đổi tên một trong hai tệp")


def _repeated_ids(shown: str, topic_ids: dict[str, str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, id_ in topic_ids.items():
        if seen.setdefault(id_, name) != name:
            hint = "đặt mã khác ở khối đầu đề; mã là tên của chuyên đề trong sổ theo dõi"
            message = f"mã «{id_}» đã dùng ở tệp {seen[id_]}"
            yield fault(Code.DUPLICATE_TOPIC, Place(f"{shown}/{name}", 1), message, hint)


def _outgoing_faults(
    path: str, reading: Reading, readings: dict[str, Reading], files: tuple[str, ...]
) -> Iterator[Problem]:
    for link in reading.outgoing:
        target = readings.get(link.file)
        place = Place(path, link.line, link.column)
        if link.file not in files:
            hint = did_you_mean(link.file, files) or "kiểm tra tên tệp"
            yield fault(Code.BROKEN_LINK, place, f"không có chuyên đề «{link.file}»", hint)
        elif target and target.ids and link.anchor and link.anchor not in target.ids:
            hint = did_you_mean(link.anchor, target.ids) or "kiểm tra mã mục {#ma-muc} ở chuyên đề kia"
            yield fault(Code.BROKEN_LINK, place, f"«{link.file}» không có mục «{link.anchor}»", hint)


def _session_faults(
    folder: Path, shown: str, head: ProgramHead, topic_ids: dict[str, str], is_every_id_known: bool
) -> Iterator[Problem]:
    """Sessions and topic files that do not meet. A topic is not missed while some file's id cannot be read."""
    place = f"{shown}/{FILE}"
    named = dict.fromkeys(topic for session in head.sessions for topic in session.topics)
    for topic in named if is_every_id_known else ():
        if topic not in topic_ids.values():
            hint = did_you_mean(topic, topic_ids.values()) or "mã chuyên đề ghi ở khối đầu đề của tệp .md"
            line = line_of_topic(folder, topic)
            yield fault(Code.UNKNOWN_TOPIC, Place(place, line), f"không có chuyên đề mã «{topic}»", hint)
    for name, topic in topic_ids.items():
        if topic not in named:
            hint = f"thêm «{topic}» vào topics của một buổi trong {FILE}"
            message = f"chuyên đề «{topic}» chưa thuộc buổi nào"
            yield fault(Code.TOPIC_NOT_IN_SESSION, Place(f"{shown}/{name}", 1), message, hint)
