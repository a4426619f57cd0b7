"""Whom an account may see."""

from datetime import date

import pytest
from boiduong_server.accounts.account import Account, Grant
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import scope_of
from boiduong_server.house import House

from tests.server.lam_giang import LamGiang

DAY = date(2026, 11, 26)
OFFICER = (Role.UNIT_OFFICER,)


def officer(*organizations: str, cadre: int | None = None) -> Account:
    return Account(1, cadre, "nv1", "Người giữ sổ", tuple(Grant(Role.UNIT_OFFICER, each) for each in organizations))


@pytest.mark.parametrize(
    ("organization", "seen"),
    [
        ("", {"01", "02", "03", "04", "05", "06", "07", "08"}),
        ("TU", {"01", "02", "03", "04", "05", "06", "07"}),  # all below; 08 holds no post any more
        ("DU01", {"01", "02", "03"}),  # with the committee below it
        ("UB01", {"03"}),
        ("SO", {"02"}),  # who holds a second post there
        ("DU02", {"04", "06"}),  # 06 came with DU03, which was merged into it
        ("DU03", {"06"}),  # a grant on what has ended opens nothing more
    ],
)
def test_a_grant_opens_the_organization_and_what_stands_below_it(
    house: House, lam_giang: LamGiang, organization: str, seen: set[str]
) -> None:
    with house.books.reading() as books:
        scope = scope_of(books, officer(organization), DAY, OFFICER)
        assert {code for code, cadre in lam_giang.cadres.items() if scope.holds(cadre)} == seen
        listed = scope.cadres()
    if listed is not None:
        assert {code for code, cadre in lam_giang.cadres.items() if cadre in listed} == seen


def test_a_learner_sees_oneself_alone(house: House, lam_giang: LamGiang) -> None:
    own = lam_giang.cadres["01"]
    with house.books.reading() as books:
        scope = scope_of(books, Account(1, own, "01", "An"), DAY, (Role.LEARNER,))
        assert [code for code, cadre in lam_giang.cadres.items() if scope.holds(cadre)] == ["01"]
        assert not scope.organizations


def test_a_role_opens_nothing_by_what_another_role_was_granted(house: House, lam_giang: LamGiang) -> None:
    account = Account(1, None, "nv", "A", (Grant(Role.UNIT_OFFICER, "UB01"), Grant(Role.AUDITOR, "TU")))
    with house.books.reading() as books:
        assert not scope_of(books, account, DAY, OFFICER).holds(lam_giang.cadres["01"])
        assert scope_of(books, account, DAY, (Role.AUDITOR,)).holds(lam_giang.cadres["01"])
