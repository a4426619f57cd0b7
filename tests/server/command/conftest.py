"""A house that was lived in: a cadre has studied a package yesterday, the night has sealed it, today somebody entered.

`lived.run(BACKUP, "--to", path)` calls a command on its books while they are open.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.ledger import head, origin
from boiduong_records.store import open_books
from boiduong_server.accounts.making import NewAccount, Prepared, make_accounts
from boiduong_server.command.backup import COMMAND as BACKUP
from boiduong_server.house import House
from boiduong_server.serving.nightly import night
from boiduong_server.store import open_store
from boiduong_server.study.beats import take_beats
from boiduong_server.study.launches import Opening, open_launch
from boiduong_server.tables import BEAT, USER
from boiduong_vocabulary.command import FINE, Command, Parser
from sqlalchemy import func, select

from tests.server.conftest import APPLICATION, CONTENT, Clock
from tests.server.lam_giang import CLASS, EDITION, NOW, TOPIC, LamGiang, ms
from tests.server.study.conftest import live, shelve
from tests.server.study.test_beats import beat


def call(command: Command, *words: object) -> int:
    parser = Parser("boiduong", command.summary)
    command.configure(parser)
    return command.run(parser.parse_args([*map(str, words)]))


@dataclass(frozen=True)
class Lived:
    """Books with what lies beside them, in one folder; `house` has them open."""

    house: House
    folder: Path

    @property
    def books(self) -> Path:
        return self.folder / "so.sqlite"

    def run(self, command: Command, *words: object) -> int:
        return call(command, *words, "--books", self.books, "--shelf", self.house.shelf)

    def make_account(self, code: str) -> None:
        new = [Prepared(NewAccount(code, f"Người {code}"), "", "")]
        self.house.store.write(lambda connection: make_accounts(connection, new, self.house.now_ms()))


@pytest.fixture(scope="session")
def lived_in(laid_out: LamGiang, rules: Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it was left, and a backup of it: to be copied, never opened."""
    top = tmp_path_factory.mktemp("da-dung")
    folder = shutil.copytree(laid_out.folder, top / "may")
    clock = Clock(ms(25, 20))
    with opened(folder, rules, clock) as house:
        with house.books.reading() as connection:
            house.archive.claim(origin(connection, "beats"))
        opening = Opening(1, laid_out.cadres["02"], CLASS, TOPIC, EDITION, shelve(house.store, "bai"))
        _lay_down_files(house.shelf / "bai")
        launch = live(house, open_launch(house.store, opening, clock()))
        for sequence in range(1, 6):
            clock.at_ms += 30_000
            take_beats(house.store, launch, [beat(sequence)], clock())
        clock.at_ms = ms(26, 0, 30)
        assert list(night(house))
        take_beats(house.store, live(house, open_launch(house.store, opening, NOW)), [beat(1)], NOW + 30_000)
        assert Lived(house, folder).run(BACKUP, "--to", top / "ban-sao.zip") == FINE
    return top


def _lay_down_files(package: Path) -> None:
    (package / "noi-dung").mkdir(parents=True)
    (package / "imsmanifest.xml").write_text("<manifest/>", "utf-8")
    (package / "noi-dung/bài 1.mp4").write_bytes(bytes(range(256)) * 3_000)


@contextmanager
def opened(folder: Path, rules: Rules, clock: Clock) -> Iterator[House]:
    with open_books(folder / "so.sqlite") as books, closing(open_store(folder / "may-chu.sqlite")) as store:
        yield House(books, store, Archive(folder / "so.beats"), rules, folder / "goi", APPLICATION, CONTENT, clock)


@pytest.fixture
def lived(lived_in: Path, tmp_path: Path, rules: Rules) -> Iterator[Lived]:
    folder = shutil.copytree(lived_in / "may", tmp_path / "may")
    with opened(folder, rules, Clock()) as house:
        yield Lived(house, folder)


@pytest.fixture
def backup(lived_in: Path, tmp_path: Path) -> Path:
    """Of what `lived` began as."""
    return Path(shutil.copy(lived_in / "ban-sao.zip", tmp_path))


def state(books: Path) -> tuple[str, list[str], int]:
    """What stands in a folder: the ledger's head, who has accounts, how many signs wait."""
    with open_books(books) as opened, opened.reading() as connection:
        said = str(head(connection))
    store = open_store(books.parent / "may-chu.sqlite")
    with store.reading() as connection:
        accounts = list(connection.execute(select(USER.c.code).order_by(USER.c.code)).scalars())
        beats = connection.execute(select(func.count()).select_from(BEAT)).scalar_one()
    store.close()
    return said, accounts, beats


def files(folder: Path) -> dict[str, str]:
    """Every file below, by its digest."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
