"""`boiduong restore`: what a backup holds comes back, while the server runs or on a new machine; never a mixture."""

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from boiduong_exporter.study.intact import damaged
from boiduong_records.beats import days
from boiduong_records.decision import Decision
from boiduong_records.ledger import append_act
from boiduong_records.personal import erase
from boiduong_records.store import open_books
from boiduong_server.accounts.sessions import Entry, find_session, open_session
from boiduong_server.backups import restoring
from boiduong_server.command.backup import COMMAND as BACKUP
from boiduong_server.command.restore import COMMAND
from boiduong_server.tables import AUDIT, USER
from boiduong_vocabulary.command import FINE, PROBLEMS
from sqlalchemy import select

from tests.server.command.conftest import Lived, call, files, state
from tests.server.lam_giang import NOW, LamGiang

State = tuple[str, list[str], int]


@pytest.fixture
def before(lived: Lived) -> State:
    """What stood when the backup was made; since then an entry, an account and a sign have come."""
    found = state(lived.books)
    with lived.house.books.writing() as connection:
        append_act(connection, "registers", "", {}, Decision("sau sao lưu", "Phép thử", "", NOW))
    lived.make_account("nv-moi")
    return found


def put_back(lived: Lived, path: Path, *words: object) -> int:
    return lived.run(COMMAND, path, *words)


def undo_of(lived: Lived) -> Path:
    (path,) = lived.folder.glob("truoc-khi-khoi-phuc-*.zip")
    return path


def test_what_was_saved_stands_again_for_those_who_have_it_open(lived: Lived, backup: Path, before: State) -> None:
    """The house is open all the while, as the server is: its next look sees what was restored, and it can write."""
    with lived.house.store.reading() as connection:
        assert "nv-moi" in connection.execute(select(USER.c.code)).scalars()
    assert put_back(lived, backup, "--yes") == FINE
    assert state(lived.books) == before
    with lived.house.store.reading() as connection:
        assert "nv-moi" not in connection.execute(select(USER.c.code)).scalars()
    with lived.house.books.writing() as connection:
        append_act(connection, "registers", "", {}, Decision("sau khôi phục", "Phép thử", "", NOW))
    lived.make_account("nv-sau")
    assert "nv-sau" in state(lived.books)[1]


def test_a_restore_can_itself_be_taken_back(lived: Lived, backup: Path, before: State) -> None:
    now = state(lived.books)
    put_back(lived, backup, "--yes")
    assert state(lived.books) == before != now
    assert put_back(lived, undo_of(lived), "--yes") == FINE
    assert state(lived.books) == now


def test_on_a_new_machine_everything_is_there(lived: Lived, backup: Path, before: State, tmp_path: Path) -> None:
    new = tmp_path / "may-moi"
    books = ("--books", new / "so.sqlite", "--shelf", new / "goi")
    assert call(COMMAND, backup, *books) == FINE  # nothing is replaced: nobody is asked
    assert state(new / "so.sqlite") == before
    assert files(new / "goi") == files(lived.house.shelf)
    with open_books(new / "so.sqlite") as opened, opened.reading() as connection:
        kept = {day: file.digest for day, file in days(connection).items()}
    assert kept
    assert list(damaged(restoring.Archive(new / "so.beats"), kept)) == []
    assert not list(new.glob("truoc-khi-khoi-phuc-*"))
    assert call(BACKUP, "--to", tmp_path / "tu-may-moi.zip", *books) == FINE


def test_files_that_were_lost_or_damaged_since_come_back(lived: Lived, backup: Path) -> None:
    (day,) = lived.house.archive.folder.glob("*.parquet")
    whole = {**files(lived.house.archive.folder), **files(lived.house.shelf)}
    day.write_bytes(b"hong")
    (lived.house.shelf / "bai/imsmanifest.xml").unlink()
    assert put_back(lived, backup, "--yes") == FINE
    assert {**files(lived.house.archive.folder), **files(lived.house.shelf)} == whole


def test_nobody_is_logged_in_by_a_session_that_was_ended_since(lived: Lived, tmp_path: Path) -> None:
    lived.make_account("nv1")
    with lived.house.store.reading() as connection:
        user = connection.execute(select(USER.c.id).where(USER.c.code == "nv1")).scalar_one()
    token = lived.house.store.write(lambda connection: open_session(connection, Entry(user), NOW))
    lived.run(BACKUP, "--to", tmp_path / "b.zip")
    put_back(lived, tmp_path / "b.zip", "--yes")
    with lived.house.store.reading() as connection:
        assert find_session(connection, token, NOW) is None


def test_a_restore_is_noted(lived: Lived, backup: Path) -> None:
    put_back(lived, backup, "--yes")
    with lived.house.store.reading() as connection:
        assert connection.execute(select(AUDIT.c.target).where(AUDIT.c.action == "data.restored")).scalars().all() == [
            "ban-sao.zip"
        ]


@pytest.mark.parametrize(("typed", "code"), [("khôi phục\n", FINE), ("KHOI PHUC\n", FINE), ("\n", PROBLEMS), ("", 1)])
def test_what_stands_is_replaced_only_when_that_is_typed(
    typed: str, code: int, lived: Lived, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived.make_account("nv-moi")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert put_back(lived, backup) == code
    assert ("nv-moi" in state(lived.books)[1]) == (code == PROBLEMS)


def test_what_will_be_gone_is_said_first(
    lived: Lived, backup: Path, before: State, laid_out: LamGiang, capsys: pytest.CaptureFixture[str]
) -> None:
    with lived.house.books.writing() as connection:
        by = Decision("theo đơn", "Trần Thị Bình", "Lê Văn An", NOW)
        erase(connection, laid_out.cadres["08"], by, duty=None)
    put_back(lived, backup, "--yes")
    said = capsys.readouterr().out
    assert "2 mục ghi sau lúc sao lưu" in said
    assert "1 lần xóa dữ liệu cá nhân: phải xóa lại" in said
    assert before[0] in said


@pytest.mark.parametrize("at", range(1, 5))
def test_a_restore_that_was_cut_short_is_done_by_the_next(
    at: int, lived: Lived, backup: Path, before: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the files, the server's tables, the books, the second look at the files. The copy of what stood there is
    the first attempt's: the second would save a mixture."""
    now, cut = state(lived.books), _cut_at(at, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        put_back(lived, backup, "--yes")
    cut.undo()
    with open_books(lived.books) as opened, opened.reading():
        pass  # each database is whole at any moment
    assert put_back(lived, backup, "--yes") == FINE
    assert state(lived.books) == before
    assert not list(lived.folder.glob(".*"))
    assert put_back(lived, undo_of(lived), "--yes") == FINE
    assert state(lived.books) == now


def _cut_at(at: int, patch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    steps = iter(range(1, 9))

    def counting(step: Callable[..., object]) -> Callable[..., object]:
        def taken(*given: object) -> object:
            if next(steps) == at:
                raise KeyboardInterrupt
            return step(*given)

        return taken

    patch.setattr(restoring, "_add_files", counting(restoring._add_files))
    patch.setattr(restoring.sqlite, "put", counting(restoring.sqlite.put))
    return patch


def test_a_day_that_was_swept_away_before_the_books_were_back_is_added_again(
    lived: Lived, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, put = files(lived.house.archive.folder), restoring.sqlite.put

    def sweeping(source: Path, target: Path) -> None:
        put(source, target)
        lived.house.archive.sweep({})

    monkeypatch.setattr(restoring.sqlite, "put", sweeping)
    assert put_back(lived, backup, "--yes") == FINE
    assert files(lived.house.archive.folder) == whole


def _cut_off(path: Path) -> str:
    path.write_bytes(path.read_bytes()[:-200])
    return "không phải bản sao lưu, hoặc đã bị hỏng"


def _one_bit(path: Path) -> str:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    return "hỏng"


def _other_zip(path: Path) -> str:
    with ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
    return "không phải bản sao lưu của chương trình này"


def _changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The backup, with digests that fit what it holds now."""
    with ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    said = json.loads(held.pop("MANIFEST.json"))
    said["parts"] = [
        {"name": name, "size": len(data), "sha256": sha256(data).hexdigest()} for name, data in held.items()
    ]  # fmt: skip
    with ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
        archive.writestr("MANIFEST.json", json.dumps(said))


def _leads_outside(path: Path) -> str:
    _changed(path, lambda held: held.update({"goi-bai/../../ngoai.txt": b"x"}))
    return "thiếu hoặc đã bị hỏng"


def _altered_entry(path: Path) -> str:
    def alter(held: dict[str, bytes]) -> None:
        file = path.with_name("so-sua.sqlite")
        file.write_bytes(held["so.sqlite"])
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE ledger SET author = 'người khác' WHERE seq = 3")
        connection.close()
        held["so.sqlite"] = file.read_bytes()
        file.unlink()

    _changed(path, alter)
    return "không còn nguyên vẹn"


def _newer(path: Path) -> str:
    def age(held: dict[str, bytes]) -> None:
        held["MANIFEST.json"] = held["MANIFEST.json"].replace(b'"format": 1', b'"format": 2')

    _changed(path, age)
    return "phiên bản mới hơn"


@pytest.mark.parametrize("spoil", [_cut_off, _one_bit, _other_zip, _leads_outside, _altered_entry, _newer])
def test_a_backup_that_is_not_whole_changes_nothing(
    spoil: Callable[[Path], str], lived: Lived, backup: Path, before: State, capsys: pytest.CaptureFixture[str]
) -> None:
    now, stood, said = state(lived.books), files(lived.house.shelf), spoil(backup)
    assert put_back(lived, backup, "--yes") == PROBLEMS
    assert said in capsys.readouterr().err
    assert (state(lived.books), files(lived.house.shelf)) == (now, stood)
    assert not list(lived.folder.glob(".*"))


def test_other_books_are_never_replaced(
    lived: Lived, backup: Path, laid_out: LamGiang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "khac" / "so.sqlite"
    other.parent.mkdir()
    with open_books(other, create=True):
        pass
    assert call(COMMAND, backup, "--books", other, "--yes") == PROBLEMS
    assert "một sổ khác" in capsys.readouterr().err


def test_books_that_cannot_be_read_are_left_for_people_to_set_aside(
    lived: Lived, backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "hong" / "so.sqlite"
    broken.parent.mkdir()
    broken.write_bytes(b"hong" * 1000)
    assert call(COMMAND, backup, "--books", broken, "--yes") == PROBLEMS
    assert "chuyển sổ và «may-chu.sqlite» đang có sang thư mục khác" in capsys.readouterr().err
    assert broken.read_bytes() == b"hong" * 1000


def test_rules_that_people_changed_are_left_alone(
    lived: Lived, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = shutil.copytree(Path(__file__).parents[3] / "content/rules", tmp_path / "quy-tac")
    saved = files(rules)
    lived.run(BACKUP, "--to", tmp_path / "b.zip", "--rules", rules)
    (rules / "cach-hieu.toml").write_text("# của tỉnh\n", "utf-8")
    (rules / "the-thuc.toml").unlink()
    assert put_back(lived, tmp_path / "b.zip", "--rules", rules, "--yes") == FINE
    assert "giữ nguyên: cach-hieu.toml" in capsys.readouterr().out
    assert {name for name, digest in files(rules).items() if digest != saved[name]} == {"cach-hieu.toml"}


def test_books_that_somebody_writes_for_long_are_told_and_stay(
    lived: Lived, backup: Path, before: State, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put, now = restoring.sqlite.put, state(lived.books)

    def while_others_write(source: Path, target: Path) -> None:
        with sqlite3.connect(target) as other:
            other.execute("BEGIN IMMEDIATE")
            put(source, target)

    monkeypatch.setattr(restoring.sqlite, "_WAIT_SECONDS", 0.2)
    with monkeypatch.context() as patch:
        patch.setattr(restoring.sqlite, "put", while_others_write)
        assert put_back(lived, backup, "--yes") == PROBLEMS
    assert "database is locked" in capsys.readouterr().err
    assert state(lived.books) == now
    assert put_back(lived, backup, "--yes") == FINE
    assert state(lived.books) == before


def test_the_tables_are_copied_before_the_books(backup: Path) -> None:
    """Signs that are handed over in between are then in both, and counted once; never in neither."""
    with ZipFile(backup) as archive:
        said = json.loads(archive.read("MANIFEST.json"))
    assert [part["name"] for part in said["parts"] if part["name"].endswith(".sqlite")] == [
        "may-chu.sqlite",
        "so.sqlite",
    ]


def test_an_archive_that_is_no_file_is_told(lived: Lived, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):  # the dispatcher says it
        put_back(lived, tmp_path / "khong-co.zip", "--yes")
