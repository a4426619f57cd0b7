"""`boiduong account`: what is done on the server itself, where nobody can enter yet."""

from datetime import date
from pathlib import Path

import pytest
from boiduong_server.accounts.passwords import matches
from boiduong_server.accounts.reading import Login, login_by_name
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.tokens import Access, check
from boiduong_server.command.account import COMMAND
from boiduong_server.store import open_store
from boiduong_server.study.launches import Opening, find_launch, open_launch
from boiduong_server.tables import AUDIT
from boiduong_vocabulary.command import Parser
from sqlalchemy import select

from tests.server.lam_giang import CLASS, EDITION, TOPIC, LamGiang, ms
from tests.server.study.conftest import shelve

DAY = date(2026, 11, 26)
RULES = Path(__file__).parents[3] / "content" / "rules"


def run(lam_giang: LamGiang, *words: str) -> int:
    parser = Parser("boiduong account", COMMAND.summary)
    COMMAND.configure(parser)
    return COMMAND.run(parser.parse_args([*words, "--books", str(lam_giang.books), "--rules", str(RULES)]))


def login(lam_giang: LamGiang, name: str) -> Login | None:
    store = open_store(lam_giang.folder / "may-chu.sqlite")
    try:
        with store.reading() as connection:
            return login_by_name(connection, name, DAY)
    finally:
        store.close()


def test_the_first_administrator_is_made_with_a_password_shown_once(
    lam_giang: LamGiang, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lam_giang, "add", "qt01", "Lê Quản Trị", "--role", "administrator") == 0
    word = capsys.readouterr().out.splitlines()[-1]
    found = login(lam_giang, "QT01")
    assert found
    assert found.account.roles == {Role.ADMINISTRATOR}
    assert found.is_first
    assert matches(found.password, word)
    assert run(lam_giang, "add", "qt01", "Lê Quản Trị") == 1
    assert "đã có tài khoản" in capsys.readouterr().err.casefold()


def test_a_person_of_the_registry_is_known_by_code(lam_giang: LamGiang) -> None:
    assert run(lam_giang, "add", "02", "--role", "unit_officer", "--organization", "DU01", "--to", "31/12/2030") == 0
    found = login(lam_giang, "02")
    assert found
    assert (found.account.name, found.account.cadre) == ("Trần Thị Bình", lam_giang.cadres["02"])
    assert found.account.organizations(Role.UNIT_OFFICER) == {"DU01"}
    assert run(lam_giang, "grant", "02", "--role", "auditor", "--organization", "DU02") == 0
    found = login(lam_giang, "02")
    assert found
    assert found.account.organizations(Role.AUDITOR) == {"DU02"}


def test_a_reset_password_replaces_the_old_one(lam_giang: LamGiang, capsys: pytest.CaptureFixture[str]) -> None:
    run(lam_giang, "add", "02")
    old = capsys.readouterr().out.splitlines()[-1]
    assert run(lam_giang, "reset", "02") == 0
    new = capsys.readouterr().out.splitlines()[-1]
    found = login(lam_giang, "02")
    assert found
    assert (matches(found.password, old), matches(found.password, new)) == (False, True)


def test_a_reset_ends_the_lesson_before_whoever_is_in(lam_giang: LamGiang) -> None:
    run(lam_giang, "add", "02")
    found, store = login(lam_giang, "02"), open_store(lam_giang.folder / "may-chu.sqlite")
    assert found
    cadre, package = lam_giang.cadres["02"], shelve(store, "bai")
    launch = open_launch(store, Opening(found.account.user, cadre, CLASS, TOPIC, EDITION, package), ms(26, 8))
    assert run(lam_giang, "reset", "02") == 0
    with store.reading() as connection:
        ended = find_launch(connection, launch.token)
    store.close()
    assert ended
    assert ended.stale_ms


@pytest.mark.parametrize(
    "words",
    [
        ("add", "khong-co"),
        ("grant", "khong-co", "--role", "auditor"),
        ("grant", "02"),
        ("reset", "khong-co"),
        ("add", "02", "--role", "auditor", "--organization", "KHONG"),
        ("token", "edx", "--organization", "KHONG"),
    ],
)
def test_what_cannot_be_done_is_said(
    lam_giang: LamGiang, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(lam_giang, *words) == 1
    assert "→" in capsys.readouterr().err


def test_every_act_of_the_command_is_in_the_log_and_no_secret_is(
    lam_giang: LamGiang, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("add", "02"), ("grant", "02", "--role", "monitor"), ("reset", "02"), ("token", "edx")):
        assert run(lam_giang, *words) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if " " not in line]
    store = open_store(lam_giang.folder / "may-chu.sqlite")
    with store.reading() as connection:
        rows = connection.execute(select(AUDIT)).all()
        assert check(connection, shown[-1]) == Access("edx", "")
    store.close()
    assert [row.action for row in rows] == ["account.made", "grant.given", "account.reset", "token.made"]
    assert {row.who for row in rows} == {"lệnh trên máy chủ"}
    assert not [word for word in shown if word in str(rows)]
