"""Describing a package that others made: what a catalog entry holds, entered by an officer, brought into the books.

Until then a package earns nothing and nobody may open it. The books learn of it as of a programme of ours, by the one
way that catalogs come in (exporter/imports/catalog.py): a programme of one topic, whose sections are the SCOs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from boiduong_exporter.imports.catalog import take_of
from boiduong_exporter.imports.intake import Arrival, import_file
from boiduong_exporter.readers.sheet import Reading
from boiduong_packager.model import Classification, Orientation
from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.catalog import Catalog, ItemEntry, PackageEntry, TopicEntry, to_json
from boiduong_vocabulary.vietnamese import nfc, slug
from sqlalchemy import Connection

from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.shelf.own import Description, catalogs
from boiduong_server.shelf.shelf import Note, Package, set_description

PREFIX = "goi-"
"""Programmes of uploaded packages begin so."""
_LONGEST = {"title": 200, "audience": 200, "issuing_body": 200, "edition": 20, "topic": 60}
"""Letters; the sheet that a cadre is handed has room for as many."""
_MOST_PERIODS, _MOST_MINUTES = 200, 6_000
_SMALLEST_MARK, _LARGEST_MARK = 0, 100


@dataclass(frozen=True)
class Entry:
    """What an officer says of a package. `minutes` is the least time that a learner must study; `pass_mark` is per
    cent."""

    topic: str
    title: str
    scheme: str
    orientation: str
    periods: int
    minutes: int
    pass_mark: int
    audience: str
    edition: str
    issuing_body: str


Wrong = dict[str, str]
"""By the field's name, what is wrong in it."""


def read_entry(form: Mapping[str, str], schemes: Collection[str]) -> Entry | Wrong:
    """The form as filled in, or what has to be mended in it."""
    said = {name: " ".join(nfc(form.get(name, "")).split()) for name in Entry.__dataclass_fields__}
    said["topic"] = slug(said["topic"] or said["title"])
    wrong = _missing(said) | _too_long(said)
    if said["orientation"] not in set(Orientation):
        wrong["orientation"] = "Chọn một trong bốn định hướng nội dung."
    if said["scheme"] not in schemes:
        wrong["scheme"] = "Chọn Quy định mà chuyên đề được tính theo."
    numbers = {
        "periods": _whole(said, "periods", 1, _MOST_PERIODS, wrong),
        "minutes": _whole(said, "minutes", 1, _MOST_MINUTES, wrong),
        "pass_mark": _whole(said, "pass_mark", _SMALLEST_MARK, _LARGEST_MARK, wrong),
    }
    if wrong:
        return wrong
    texts = {name: text for name, text in said.items() if name not in numbers}
    return Entry(**texts, **numbers)  # type: ignore[arg-type]


def _missing(said: Mapping[str, str]) -> Wrong:
    asked = {
        "title": "Ghi tên chuyên đề.",
        "topic": "Ghi mã chuyên đề bằng chữ hoặc số.",
        "audience": "Ghi đối tượng học.",
        "edition": "Ghi bản, ví dụ 2026.1.",
        "issuing_body": "Ghi cơ quan ban hành hoặc nguồn của nội dung.",
    }
    return {name: words for name, words in asked.items() if not said[name]}


def _too_long(said: Mapping[str, str]) -> Wrong:
    return {name: f"Dài quá {most} chữ; viết gọn lại." for name, most in _LONGEST.items() if len(said[name]) > most}


def _whole(said: Mapping[str, str], name: str, least: int, most: int, wrong: Wrong) -> int:
    text = said[name]
    if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
        return int(text)
    wrong[name] = f"Ghi một số nguyên từ {least} đến {most}."
    return 0


def describe(house: House, package: Package, entry: Entry, by: str, note: Note) -> Package:
    """Bring the entry into the books, then offer the package to classes that teach this topic and edition.

    Raises ServerError where the code belongs to another programme, or a package of ours describes itself.
    """
    described = Description(entry.topic, entry.edition, PREFIX + entry.topic)
    with house.books.reading() as connection:
        _require_free(connection, package, described)
    body = to_json(_catalog(package, entry, described)).encode()
    reading = Reading((), (), digest(body))
    take = take_of(body, package.file_name)
    import_file(house.books, house.rules, Arrival("catalog", take, package.file_name, reading, by, house.now_ms()))

    def work(connection: Connection) -> None:
        set_description(connection, package.id, described)
        note(connection, package)

    house.store.write(work)
    return package


def _require_free(connection: Connection, package: Package, described: Description) -> None:
    for catalog in catalogs(connection):
        for topic in catalog.topics:
            if topic.id == described.topic and catalog.id != described.program:
                message = f"mã «{described.topic}» đã là chuyên đề của chương trình «{catalog.title}»"
                raise ServerError(message, "đặt mã khác cho chuyên đề này", 409)
            if catalog.id != described.program and any(each.digest == package.digest for each in topic.packages):
                message = "gói này do chương trình của hệ thống đóng, đã có mô tả"
                raise ServerError(message, "không cần nhập mô tả; mở lớp với chuyên đề đó", 409)


def _catalog(package: Package, entry: Entry, described: Description) -> Catalog:
    packed = PackageEntry(package.structure.standard, package.file_name, package.structure.identifier, package.digest)
    units = [unit for unit in package.structure.units if unit.kind == "sco"]
    topic = TopicEntry(
        id=entry.topic, title=entry.title, orientation=entry.orientation, periods=entry.periods,
        audience=entry.audience, edition=entry.edition, issuing_body=entry.issuing_body,
        classification=Classification.NONE.value, digest=package.digest, pass_mark=entry.pass_mark,
        minimum_seconds=entry.minutes * 60, reading_seconds=0,
        sections=tuple(ItemEntry(unit.identifier, unit.title) for unit in units),
        questions=(), packages=(packed,),
    )  # fmt: skip
    return Catalog(
        id=described.program, title=entry.title, scheme=entry.scheme, audience=entry.audience, edition=entry.edition,
        issuing_body=entry.issuing_body, terms="", sessions=(), topics=(topic,), packages=(),
    )  # fmt: skip


def is_own(package: Package) -> bool:
    """Whether a programme of ours describes it."""
    return bool(package.program) and not package.program.startswith(PREFIX)


def entry_of(connection: Connection, package: Package) -> Entry | None:
    """What was said of a package, from the books; None before anything was."""
    for catalog in reversed(catalogs(connection)):
        for topic in catalog.topics:
            if (catalog.id, topic.id, topic.edition) == (package.program, package.topic, package.edition):
                return Entry(
                    topic.id, topic.title, catalog.scheme, topic.orientation, topic.periods,
                    topic.minimum_seconds // 60, topic.pass_mark, topic.audience, topic.edition, topic.issuing_body,
                )  # fmt: skip
    return None
