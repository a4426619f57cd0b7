"""What an officer says of a package that others made, and what the books make of it."""

import io
from typing import Any

import pytest
from boiduong_exporter.imports.logs.catalogs import Catalogs
from boiduong_records.tables import BATCH
from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.shelf.describing import Entry, describe, entry_of, is_own, read_entry
from boiduong_server.shelf.shelf import Added, Package, _nothing, add, package, packages_for
from sqlalchemy import select

from tests.server.lam_giang import TOPIC, LamGiang
from tests.server.packages import made

FORM = {
    "topic": "ky-nang-so", "title": "Kỹ năng số cho cán bộ xã", "scheme": "145", "orientation": "d", "periods": "3",
    "minutes": "45", "pass_mark": "60", "audience": "Nhóm 3", "edition": "2026.1", "issuing_body": "Học viện A",
}  # fmt: skip
SCHEMES = ("145", "164")


def put(house: House, data: bytes) -> Package:
    added = add(house, io.BytesIO(data), "nv1", "bai.zip")
    assert isinstance(added, Added)
    return added.package


def entry(**changes: str) -> Entry:
    found = read_entry(FORM | changes, SCHEMES)
    assert isinstance(found, Entry), found
    return found


def again(house: House, found: Package) -> Package:
    with house.store.reading() as connection:
        return package(connection, found.id)


def test_a_form_filled_in_well_is_an_entry() -> None:
    assert entry() == Entry(
        "ky-nang-so", "Kỹ năng số cho cán bộ xã", "145", "d", 3, 45, 60, "Nhóm 3", "2026.1", "Học viện A"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"), ({"title": "x" * 201}, "title"), ({"topic": "???", "title": "???"}, "topic"),
        ({"scheme": "999"}, "scheme"), ({"orientation": "e"}, "orientation"), ({"orientation": ""}, "orientation"),
        ({"periods": "0"}, "periods"), ({"periods": "1,5"}, "periods"), ({"periods": "-1"}, "periods"),
        ({"periods": "201"}, "periods"), ({"periods": "²"}, "periods"), ({"minutes": ""}, "minutes"),
        ({"minutes": "0"}, "minutes"), ({"pass_mark": "101"}, "pass_mark"), ({"audience": ""}, "audience"),
        ({"edition": ""}, "edition"), ({"edition": "x" * 21}, "edition"), ({"issuing_body": ""}, "issuing_body"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_form_is_said_at_its_field(changes: dict[str, str], field: str) -> None:
    wrong = read_entry(FORM | changes, SCHEMES)
    assert isinstance(wrong, dict)
    assert field in wrong
    assert set(wrong) <= {field, "topic"}


def test_a_code_left_open_is_made_from_the_title() -> None:
    assert entry(topic="").topic == "ky-nang-so-cho-can-bo-xa"


def test_a_described_package_stands_in_the_books_and_is_offered(house: House) -> None:
    found = put(house, made.multi12())
    describe(house, found, entry(), "nv1", _nothing)
    with house.books.reading() as connection:
        told = Catalogs(connection).entry("ky-nang-so", "2026.1")
        author = connection.execute(select(BATCH.c.author).order_by(BATCH.c.row_id.desc())).scalars().first()
    assert told
    assert (told.orientation, told.periods, told.minimum_seconds, told.pass_mark) == ("d", 3, 2700, 60)
    assert [section.id for section in told.sections] == ["I-a", "I-b", "I-c"]
    assert told.packages[0].digest == found.digest
    assert author == "nv1"
    with house.store.reading() as connection:
        assert [each.id for each in packages_for(connection, "ky-nang-so", "2026.1")] == [found.id]


def test_what_was_said_can_be_read_again(house: House) -> None:
    found = put(house, made.single12())
    describe(house, found, entry(), "nv1", _nothing)
    with house.books.reading() as connection:
        assert entry_of(connection, again(house, found)) == entry()
        assert entry_of(connection, found) is None


def test_a_new_edition_leaves_the_old_one_to_the_classes_that_fixed_it(house: House) -> None:
    old, new = put(house, made.single12()), put(house, made.multi12())
    describe(house, old, entry(), "nv1", _nothing)
    describe(house, new, entry(edition="2027.1"), "nv1", _nothing)
    with house.store.reading() as connection:
        offered: dict[str, Any] = {
            edition: [each.id for each in packages_for(connection, "ky-nang-so", edition)]
            for edition in ("2026.1", "2027.1")
        }
    assert offered == {"2026.1": [old.id], "2027.1": [new.id]}
    with house.books.reading() as connection:
        assert Catalogs(connection).entry("ky-nang-so", "2026.1")


def test_a_code_of_another_programme_is_refused(house: House) -> None:
    found = put(house, made.single12())
    with pytest.raises(ServerError, match=TOPIC) as told:
        describe(house, found, entry(topic=TOPIC), "nv1", _nothing)
    assert told.value.status == 409
    assert again(house, found).topic == ""


def test_a_package_of_ours_needs_no_description(house: House, lam_giang: LamGiang) -> None:
    found = put(house, lam_giang.packages["scorm12"].read_bytes())
    assert is_own(found)
    with pytest.raises(ServerError, match="hệ thống"):
        describe(house, found, entry(), "nv1", _nothing)
    assert again(house, found).topic == TOPIC
