"""`boiduong backup`: one file that is whole or not there, made while the server runs."""

import json
import resource
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from boiduong_server.backups import snapshots, writing
from boiduong_server.command.backup import COMMAND
from boiduong_server.upkeep import Work, remembered
from boiduong_vocabulary.command import FINE, PROBLEMS

from tests.server.command.conftest import Lived, call, state


def test_a_backup_holds_all_that_belongs_together_and_says_what(lived: Lived, tmp_path: Path) -> None:
    target = tmp_path / "ban-sao.zip"
    assert lived.run(COMMAND, "--to", target) == FINE
    with ZipFile(target) as archive:
        said = json.loads(archive.read("MANIFEST.json"))
        held = {name: archive.read(name) for name in archive.namelist() if name != "MANIFEST.json"}
    assert {part["name"]: (part["size"], part["sha256"]) for part in said["parts"]} == {
        name: (len(data), sha256(data).hexdigest()) for name, data in held.items()
    }
    beats = [path.name for path in lived.house.archive.folder.glob("*.parquet")]
    packages = [path.relative_to(lived.house.shelf) for path in lived.house.shelf.rglob("*") if path.is_file()]
    expected = {f"nhip-hoc/{name}" for name in beats} | {f"goi-bai/{path.as_posix()}" for path in packages}
    assert beats
    assert packages
    assert set(held) == expected | {"so.sqlite", "may-chu.sqlite"}
    assert said["known"]["head"] == state(lived.books)[0]


def test_a_backup_is_for_its_owner_alone(lived: Lived, tmp_path: Path) -> None:
    lived.run(COMMAND, "--to", tmp_path / "ban-sao.zip")
    assert (tmp_path / "ban-sao.zip").stat().st_mode & 0o077 == 0


def test_a_backup_while_others_write_is_of_one_moment(lived: Lived, tmp_path: Path) -> None:
    """Accounts are made one after another: a copy that misses one between others is of no moment."""
    over = threading.Event()

    def write() -> None:
        number = 0
        while not over.wait(0.001):
            number += 1
            lived.make_account(f"nv{number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert lived.run(COMMAND, "--to", tmp_path / "ban-sao.zip") == FINE
    finally:
        over.set()
        writer.join()
    with ZipFile(tmp_path / "ban-sao.zip") as archive:
        archive.extract("may-chu.sqlite", tmp_path)
    with sqlite3.connect(tmp_path / "may-chu.sqlite") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        numbers = sorted(
            int(code[2:]) for (code,) in copy.execute("SELECT code FROM server_user WHERE code LIKE 'nv%'")
        )
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_last_backup_is_remembered_for_the_page_of_health(lived: Lived, tmp_path: Path) -> None:
    lived.run(COMMAND, "--to", tmp_path / "ban-sao.zip")
    with lived.house.store.reading() as connection:
        found = remembered(connection)[Work.BACKUP]
    assert (found.done, found.said[0]) == (True, "ban-sao.zip")


def test_a_folder_gets_a_dated_file_and_keeps_the_last_ones(
    lived: Lived, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    old = [f"sao-luu-boiduong-2020010{day}-0030.zip" for day in (1, 2, 3)]
    for name in (*old, "cua-toi.zip", "sao-luu-boiduong-2020.zip"):
        (folder / name).touch()
    assert lived.run(COMMAND, "--to", folder, "--keep", 2) == FINE
    (new,) = {path.name for path in folder.iterdir()} - {*old, "cua-toi.zip", "sao-luu-boiduong-2020.zip"}
    assert writing._DATED.fullmatch(new)
    assert {path.name for path in folder.iterdir()} == {new, old[2], "cua-toi.zip", "sao-luu-boiduong-2020.zip"}
    assert f"Đã xóa bản cũ {old[0]}" in capsys.readouterr().out


def test_a_day_that_is_sealed_anew_meanwhile_is_taken_as_it_is_then(
    lived: Lived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the copy of the books and that of the files the old file is swept away: the books are copied again."""
    (path,) = lived.house.archive.folder.glob("*.parquet")
    hidden, taken = tmp_path / path.name, []
    take = snapshots.take

    def sweeping(*given: object) -> snapshots.Snapshot:
        found = take(*given)  # type: ignore[arg-type]
        taken.append(found)
        path.rename(hidden) if len(taken) == 1 else hidden.rename(path)
        return found

    monkeypatch.setattr(writing, "take", sweeping)
    assert lived.run(COMMAND, "--to", tmp_path / "ban-sao.zip") == FINE
    assert len(taken) == 2


def test_a_file_that_is_lost_is_told_and_the_rest_is_saved(
    lived: Lived, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = lived.house.archive.folder.glob("*.parquet")
    path.unlink()
    assert lived.run(COMMAND, "--to", tmp_path / "ban-sao.zip") == PROBLEMS
    assert f"nhip-hoc/{path.name}" in capsys.readouterr().out
    assert (tmp_path / "ban-sao.zip").is_file()


def _exists(lived: Lived, tmp_path: Path) -> tuple[Path, str]:
    (tmp_path / "ban-sao.zip").write_text("của người khác", "utf-8")
    return tmp_path / "ban-sao.zip", "Đã có"


def _no_folder(lived: Lived, tmp_path: Path) -> tuple[Path, str]:
    return tmp_path / "khong-co" / "ban-sao.zip", "Không có thư mục"


def _no_name(lived: Lived, tmp_path: Path) -> tuple[Path, str]:
    return tmp_path / "o-dia-ngoai", "Không có thư mục"


def _no_books(lived: Lived, tmp_path: Path) -> tuple[Path, str]:
    lived.books.rename(tmp_path / "di-dau.sqlite")
    return tmp_path / "ban-sao.zip", "Không có tệp sổ"


@pytest.mark.parametrize("case", [_exists, _no_folder, _no_name, _no_books])
def test_what_cannot_be_done_is_told_and_leaves_nothing(
    case: Callable[[Lived, Path], tuple[Path, str]], lived: Lived, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, said = case(lived, tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    assert lived.run(COMMAND, "--to", target) == PROBLEMS
    assert said in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == before


def test_tables_that_are_damaged_are_told(lived: Lived, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hong").mkdir()
    shutil.copy(lived.books, tmp_path / "hong")
    (tmp_path / "hong/may-chu.sqlite").write_bytes(b"khong phai co so du lieu" * 100)
    assert call(COMMAND, "--to", tmp_path / "ban-sao.zip", "--books", tmp_path / "hong/so.sqlite") == PROBLEMS
    assert "Không đọc hoặc ghi được cơ sở dữ liệu «may-chu.sqlite»" in capsys.readouterr().err
    assert not (tmp_path / "ban-sao.zip").exists()


@contextmanager
def disk_for(size: int) -> Iterator[None]:
    """No file can grow beyond this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [50_000, 600_000])
def test_on_a_disk_that_is_full_there_is_no_half_backup(
    lived: Lived, tmp_path: Path, size: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too full for a copy of the databases; for the archive."""
    folder = tmp_path / "day"
    folder.mkdir()
    with disk_for(size):
        assert lived.run(COMMAND, "--to", folder) == PROBLEMS
    assert "xem chỗ trống trên đĩa" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_books_beside_which_no_server_has_run_are_saved_alone(lived: Lived, tmp_path: Path) -> None:
    alone = tmp_path / "mot-minh"
    alone.mkdir()
    with sqlite3.connect(lived.books) as source, sqlite3.connect(alone / "so.sqlite") as target:
        source.backup(target)
    beats = ("--beats", lived.house.archive.folder)
    assert call(COMMAND, "--to", tmp_path / "b.zip", "--books", alone / "so.sqlite", *beats) == FINE
    with ZipFile(tmp_path / "b.zip") as archive:
        assert "may-chu.sqlite" not in archive.namelist()
    assert not (alone / "may-chu.sqlite").exists()
