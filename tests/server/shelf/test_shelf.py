"""Packages on the shelf: laid down whole or not at all, known again, taken away without a loss."""

import io
import os
import shutil
import threading
import time

import pytest
from boiduong_records.tables import LEDGER
from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.packages.faults import Code
from boiduong_server.shelf import shelf
from boiduong_server.shelf.shelf import Added, Package, add, packages_for, remove
from boiduong_server.study.launches import Opening, open_launch
from boiduong_server.tables import PACKAGE
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.server.lam_giang import EDITION, TOPIC, LamGiang
from tests.server.packages import made
from tests.server.packages.broken import CASES, beside


def put(house: House, data: bytes, name: str = "bai.zip") -> Package:
    added = add(house, io.BytesIO(data), "nv1", name)
    assert isinstance(added, Added), added
    return added.package


def offered(house: House) -> list[str]:
    with house.store.reading() as connection:
        return [package.key for package in packages_for(connection, TOPIC, EDITION)]


def on_disk(house: House) -> list[str]:
    return sorted(path.name for path in house.shelf.iterdir())


def rows(house: House) -> int:
    with house.store.reading() as connection:
        return connection.execute(select(func.count()).select_from(PACKAGE)).scalar_one()


def test_a_package_is_unpacked_file_by_file(house: House) -> None:
    package = put(house, made.nested12())
    page = shelf.file(house, package.key, "a.html")
    assert page is not None
    assert page.read_text("utf-8") == made.page("Bài a")
    assert (package.topic, package.own_clock, package.findings) == ("", False, ())
    assert (package.added_by, package.added_ms) == ("nv1", house.now_ms())


def test_the_same_archive_twice_is_told_and_nothing_doubled(house: House) -> None:
    first = put(house, made.single12())
    again = add(house, io.BytesIO(made.single12()), "nv2", "ten-khac.zip")
    assert again == Added(first, False)
    assert (rows(house), on_disk(house)) == (1, [first.key])


def test_two_who_bring_the_same_at_once_share_one_package(house: House) -> None:
    found: list[Package] = []
    threads = [threading.Thread(target=lambda: found.append(put(house, made.multi12()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({package.id for package in found}) == 1
    assert (rows(house), on_disk(house)) == (1, [found[0].key])


@pytest.mark.parametrize("code", [Code.UNSAFE_NAME, Code.NO_MANIFEST, Code.DAMAGED, Code.MISSING_PAGE])
def test_a_faulty_package_leaves_nothing_behind(house: House, code: Code) -> None:
    problems = add(house, io.BytesIO(CASES[code][0]()), "nv1")
    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == [code]
    assert (rows(house), on_disk(house)) == (0, [])


def test_a_file_that_is_longer_than_its_entry_says_stops_the_package(house: House) -> None:
    """The checks held the entry's figure against the limits, so it must be the truth."""
    data = made.single12()
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"runtime.js"))
    short = data[: at + 24] + (5).to_bytes(4, "little") + data[at + 28 :]
    problems = add(house, io.BytesIO(short), "nv1")
    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == [Code.DAMAGED]
    assert on_disk(house) == []


def test_what_systems_leave_in_folders_is_not_unpacked(house: House) -> None:
    package = put(house, beside(**{"__MACOSX/._a.html": "x", "Thumbs.db": "x"}))
    assert sorted(path.name for path in (house.shelf / package.key).iterdir()) == [
        "a.html",
        "imsmanifest.xml",
        "runtime.js",
    ]


def test_a_disk_that_refuses_is_told_and_nothing_is_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelf, "unpack", full)
    with pytest.raises(ServerError, match="đĩa") as told:
        add(house, io.BytesIO(made.single12()), "nv1")
    assert told.value.status == 507
    assert (rows(house), on_disk(house)) == (0, [])


def test_what_a_broken_upload_left_is_swept_by_a_later_one(house: House) -> None:
    for name, age in ((".dang-nhan-cu", 2 * 86_400), (".dang-nhan-moi", 60)):
        (house.shelf / name).mkdir()
        then = time.time() - age
        os.utime(house.shelf / name, (then, then))
    package = put(house, made.single12())
    assert on_disk(house) == [".dang-nhan-moi", package.key]


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_a_package_of_ours_describes_itself_by_the_books_catalog(
    house: House, lam_giang: LamGiang, standard: str
) -> None:
    package = put(house, lam_giang.packages[standard].read_bytes())
    assert (package.topic, package.edition, package.program) == (TOPIC, EDITION, "145-2026")
    assert package.own_clock
    assert offered(house) == [package.key]


def test_a_package_of_ours_that_came_before_its_catalog_is_described_when_it_comes_again(
    house: House, lam_giang: LamGiang
) -> None:
    data = lam_giang.packages["scorm12"].read_bytes()
    package = put(house, data)
    house.store.write(lambda connection: connection.execute(PACKAGE.update().values(topic="", edition="", program="")))
    assert offered(house) == []
    assert put(house, data).topic == TOPIC
    assert offered(house) == [package.key]


def test_the_newest_package_of_an_edition_is_offered_first(house: House, lam_giang: LamGiang) -> None:
    first, second = (put(house, path.read_bytes()).key for path in lam_giang.packages.values())
    assert offered(house) == [second, first]


def test_a_package_without_a_topic_is_never_offered(house: House) -> None:
    put(house, made.single12())
    with house.store.reading() as connection:
        assert packages_for(connection, "", "") == []


def test_a_removed_package_is_offered_no_more_and_its_files_go(house: House, lam_giang: LamGiang) -> None:
    package = put(house, lam_giang.packages["scorm12"].read_bytes())
    remove(house, package.id)
    assert (offered(house), on_disk(house)) == ([], [])
    assert shelf.file(house, package.key, "index.html") is None


def test_the_files_of_a_package_that_was_studied_stay(house: House, lam_giang: LamGiang) -> None:
    package = put(house, lam_giang.packages["scorm12"].read_bytes())
    open_launch(house.store, Opening(1, 1, "L", TOPIC, EDITION, package.id), house.now_ms())
    remove(house, package.id)
    assert (offered(house), on_disk(house)) == ([], [package.key])
    with house.store.reading() as connection:
        assert shelf.package(connection, package.key).removed_ms == house.now_ms()


def test_a_removed_package_can_be_brought_again(house: House) -> None:
    package = put(house, made.single12())
    remove(house, package.id)
    assert put(house, made.single12()).key != package.key


def test_a_change_and_what_is_noted_of_it_stand_together_or_not_at_all(house: House) -> None:
    def refuses(_connection: Connection, _package: Package) -> None:
        raise ServerError("không ghi được nhật ký")

    with pytest.raises(ServerError, match="nhật ký"):
        add(house, io.BytesIO(made.single12()), "nv1", "bai.zip", refuses)
    assert rows(house) == 0
    shutil.rmtree(house.shelf)
    package = put(house, made.single12())
    with pytest.raises(ServerError, match="nhật ký"):
        remove(house, package.id, refuses)
    assert shelf.file(house, package.key, "a.html")


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (None, "../../so.sqlite"), (None, "./../../so.sqlite"), (None, "a/../../x"), (None, "/etc/passwd"),
        (None, ""), (None, "."), (None, "..\\x"), (None, "a.html\x00"), (None, "khong-co.html"), ("..", "so.sqlite"),
        (".", "x"), ("0" * 32, "a.html"), (".dang-nhan-x", "a.html"),
    ],
)  # fmt: skip
def test_nothing_but_a_package_s_own_files_is_found(house: House, key: str | None, path: str) -> None:
    package = put(house, made.single12())
    assert shelf.file(house, key or package.key, path) is None


def test_an_unknown_package_is_said_to_be_gone(house: House) -> None:
    with house.store.reading() as connection, pytest.raises(ServerError) as told:
        shelf.package(connection, "0" * 32)
    assert told.value.status == 404


def test_bringing_a_package_writes_nothing_into_the_books(house: House, lam_giang: LamGiang) -> None:
    def entries() -> int:
        with house.books.reading() as connection:
            return connection.execute(select(func.count()).select_from(LEDGER)).scalar_one()

    before = entries()
    put(house, lam_giang.packages["scorm12"].read_bytes())
    assert entries() == before


def test_the_table_itself_refuses_one_archive_twice_while_it_stands(house: House) -> None:
    package = put(house, made.single12())
    values = {"key": "1" * 32, "digest": package.digest, "standard": "scorm12", "structure": "{}", "added_ms": 0}
    with pytest.raises(IntegrityError):
        house.store.write(lambda connection: connection.execute(insert(PACKAGE).values(values)))
    house.store.write(lambda connection: connection.execute(insert(PACKAGE).values(values | {"removed_ms": 1})))


def test_a_package_without_a_row_leaves_nothing_on_the_disk(house: House) -> None:
    def refuse(_connection: Connection, _package: Package) -> None:
        raise ServerError("máy chủ bận", "", 503)

    with pytest.raises(ServerError):
        add(house, io.BytesIO(made.single12()), "nv1", "bai.zip", refuse)
    assert (rows(house), on_disk(house)) == (0, [])


def test_an_address_that_is_hard_to_compose_holds_nobody_up(house: House) -> None:
    key, begun = put(house, made.single12()).key, time.monotonic()
    assert shelf.file(house, key, "\u0301\u0323" * 20_000) is None
    assert shelf.file(house, "0" * 33, "\u0301\u0323" * 20_000) is None
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("path", ["a" * 300, "/".join("a" * 3_000)])
def test_an_address_longer_than_any_name_finds_nothing(house: House, path: str) -> None:
    assert shelf.file(house, put(house, made.single12()).key, path) is None


def test_a_package_is_removed_once(house: House) -> None:
    package = put(house, made.single12())
    remove(house, package.id)
    with pytest.raises(ServerError) as error:
        remove(house, package.id)
    assert error.value.status == 404
