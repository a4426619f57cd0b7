"""Backup and restore on PostgreSQL: one dump as of one moment, back in one transaction."""

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from boiduong_records.decision import Decision
from boiduong_records.ledger import append_act, head, origin
from boiduong_records.store import open_books
from boiduong_server.accounts.making import NewAccount, Prepared, make_accounts
from boiduong_server.backups import postgres
from boiduong_server.backups.places import Places
from boiduong_server.backups.restoring import Restored, planned, restore
from boiduong_server.backups.writing import write_backup
from boiduong_server.errors import ServerError
from boiduong_server.store import open_store
from boiduong_server.tables import USER
from boiduong_server.upkeep import Work, remembered
from sqlalchemy import create_engine, select, text

from tests.records.conftest import where
from tests.server.lam_giang import NOW

__all__ = ["where"]

pytestmark = pytest.mark.parametrize("where", ["postgresql"], indirect=True)


@dataclass(frozen=True)
class Province:
    """Books and tables in one database, folders on disk; `say` writes an entry, `join` makes an account."""

    places: Places

    def say(self, what: str) -> None:
        with open_books(self.places.books) as books, books.writing() as connection:
            append_act(connection, "registers", "", {"say": what}, Decision(what, "Phép thử", "", NOW))

    def join(self, code: str) -> None:
        new = [Prepared(NewAccount(code, code), "", "")]
        with closing(open_store(self.places.books)) as store:
            store.write(lambda connection: make_accounts(connection, new, NOW))

    @property
    def state(self) -> tuple[str, list[str]]:
        with open_books(self.places.books) as books, books.reading() as connection:
            said = str(head(connection))
        with closing(open_store(self.places.books)) as store, store.reading() as connection:
            return said, [*connection.execute(select(USER.c.code).order_by(USER.c.code)).scalars()]

    def put_back(self, path: Path, at_ms: int = NOW) -> Restored:
        with planned(path, self.places) as plan:
            return restore(plan, at_ms)


@pytest.fixture
def province(where: str, tmp_path: Path) -> Province:
    with open_books(where, create=True) as books, books.reading() as connection:
        owner = origin(connection, "beats")
    beats = tmp_path / "nhip"
    beats.mkdir()
    (beats / "cua-so.txt").write_text(owner, "utf-8")
    found = Province(Places(where, beats, tmp_path / "goi"))
    found.say("mục đầu")
    found.join("nv1")
    return found


def test_what_was_saved_stands_again_and_can_be_taken_back(province: Province, tmp_path: Path) -> None:
    before = province.state
    write_backup(province.places, tmp_path / "b.zip", NOW)
    province.say("sau sao lưu")
    province.join("nv2")
    now = province.state
    done = province.put_back(tmp_path / "b.zip")
    assert province.state == before != now
    assert done.undo
    province.put_back(done.undo, NOW + 1_000)
    assert province.state == now


def test_tables_of_others_in_the_same_database_are_left_alone(province: Province, tmp_path: Path) -> None:
    engine = create_engine(province.places.books)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE cua_he_khac (x int)"))
    write_backup(province.places, tmp_path / "b.zip", NOW)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO cua_he_khac VALUES (1)"))
    province.put_back(tmp_path / "b.zip")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT x FROM cua_he_khac")).scalar_one() == 1
    engine.dispose()


def test_a_restore_that_fails_leaves_everything_as_it_was(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(province.places, tmp_path / "b.zip", NOW)
    province.say("sau sao lưu")
    now = province.state
    monkeypatch.setattr(postgres, "_OURS", ("ledger",))  # the others stand in the way of their like
    with pytest.raises(ServerError, match="psql không làm được"):
        province.put_back(tmp_path / "b.zip")
    assert province.state == now


def test_into_an_empty_database_it_comes_whole(province: Province, tmp_path: Path) -> None:
    before = province.state
    write_backup(province.places, tmp_path / "b.zip", NOW)
    engine = create_engine(province.places.books)
    with engine.begin() as connection:
        for table in postgres._OURS:
            connection.execute(text(f"DROP TABLE {table} CASCADE"))
    engine.dispose()
    done = province.put_back(tmp_path / "b.zip")
    assert (province.state, done.undo) == (before, None)
    with closing(open_store(province.places.books)) as store, store.reading() as connection:
        assert remembered(connection)[Work.RESTORE].done


def test_a_machine_without_its_programs_says_which_is_missing(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    with pytest.raises(ServerError, match="thiếu chương trình pg_dump"):
        write_backup(province.places, tmp_path / "b.zip", NOW)
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_of_files_is_not_for_a_server(province: Province, tmp_path: Path) -> None:
    alone = Places(str(tmp_path / "so.sqlite"), tmp_path / "nhip2", tmp_path / "goi")
    with open_books(alone.books, create=True):
        pass
    write_backup(alone, tmp_path / "b.zip", NOW)
    with pytest.raises(ServerError, match="của sổ trên SQLite"):
        province.put_back(tmp_path / "b.zip")
