"""Who may give which role, and whose account one may touch."""

from datetime import date

import pytest
from boiduong_server.accounts.account import Account, Grant
from boiduong_server.accounts.granting import STAFF, Held, may_give, may_reset, may_touch
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import scope_of
from boiduong_server.house import House

from tests.server.lam_giang import LamGiang

DAY, NEXT = date(2026, 11, 26), date(2027, 11, 26)
UNIT, PROVINCE, ADMIN = Role.UNIT_OFFICER, Role.PROVINCE_OFFICER, Role.ADMINISTRATOR


def keeper(*grants: Grant) -> Account:
    return Account(1, None, "nv1", "Người giữ", grants)


@pytest.mark.parametrize(
    ("own", "given", "may"),
    [
        (Grant(UNIT, "DU01"), Grant(UNIT, "UB01"), True),
        (Grant(UNIT, "DU01"), Grant(UNIT, "DU01"), True),
        (Grant(UNIT, "DU01"), Grant(UNIT, "TU"), False),
        (Grant(UNIT, "DU01"), Grant(UNIT, "DU02"), False),
        (Grant(UNIT, "DU01"), Grant(UNIT, ""), False),
        (Grant(UNIT, "TU"), Grant(UNIT, ""), False),
        (Grant(UNIT, "TU"), Grant(PROVINCE, "TU"), False),
        (Grant(UNIT, "TU"), Grant(ADMIN, "DU01"), False),
        (Grant(PROVINCE, ""), Grant(UNIT, "DU01"), True),
        (Grant(PROVINCE, ""), Grant(Role.AUDITOR, ""), False),
        (Grant(ADMIN, ""), Grant(Role.AUDITOR, ""), True),
        (Grant(ADMIN, ""), Grant(Role.LEARNER, ""), False),
        (Grant(Role.AUDITOR, ""), Grant(UNIT, "DU01"), False),
        (Grant(UNIT, "DU01", valid_to=DAY), Grant(UNIT, "DU01"), False),
        (Grant(UNIT, "DU01", valid_to=DAY), Grant(UNIT, "DU01", valid_to=NEXT), False),
        (Grant(UNIT, "DU01", valid_to=NEXT), Grant(UNIT, "DU01", valid_to=DAY), True),
    ],
)
def test_nobody_gives_more_than_they_have(house: House, own: Grant, given: Grant, may: bool) -> None:
    with house.books.reading() as books:
        assert may_give(keeper(own), scope_of(books, keeper(own), DAY, STAFF), given) is may


@pytest.mark.parametrize(
    ("own", "code", "held", "may"),
    [
        (Grant(UNIT, "DU01"), "03", [], True),
        (Grant(UNIT, "DU01"), "04", [], False),
        (Grant(UNIT, "DU01"), "03", [Grant(UNIT, "UB01")], True),
        (Grant(UNIT, "DU01"), "03", [Grant(ADMIN, "")], False),
        (Grant(UNIT, "DU01"), "03", [Grant(UNIT, "DU02")], False),
        (Grant(UNIT, "DU01", valid_to=DAY), "03", [Grant(UNIT, "UB01")], True),
        (Grant(PROVINCE, ""), "03", [Grant(Role.AUDITOR, "DU01")], False),
        (Grant(ADMIN, ""), "03", [Grant(Role.AUDITOR, ""), Grant(ADMIN, "")], True),
    ],
)
def test_an_account_that_may_do_more_is_out_of_reach(  # noqa: PLR0917
    house: House, lam_giang: LamGiang, own: Grant, code: str, held: list[Grant], may: bool
) -> None:
    grants = [Held(number, each) for number, each in enumerate(held)]
    with house.books.reading() as books:
        scope = scope_of(books, keeper(own), DAY, STAFF)
        assert may_touch(keeper(own), scope, 2, lam_giang.cadres[code], grants) is may


def test_nobody_touches_their_own_account(house: House, lam_giang: LamGiang) -> None:
    own = keeper(Grant(ADMIN, ""))
    with house.books.reading() as books:
        assert not may_touch(own, scope_of(books, own, DAY, STAFF), own.user, lam_giang.cadres["03"], [])


@pytest.mark.parametrize(
    ("own", "held", "may"),
    [
        (Grant(UNIT, "DU01"), [], True),
        (Grant(UNIT, "DU01"), [Grant(UNIT, "UB01")], True),
        (Grant(UNIT, "DU01", valid_to=DAY), [Grant(UNIT, "UB01")], False),
        (Grant(UNIT, "DU01", valid_to=DAY), [Grant(UNIT, "UB01", valid_to=NEXT)], False),
        (Grant(UNIT, "DU01", valid_to=NEXT), [Grant(UNIT, "UB01", valid_to=DAY)], True),
    ],
)
def test_a_password_opens_nothing_that_outlasts_who_hands_it_out(
    house: House, own: Grant, held: list[Grant], may: bool
) -> None:
    grants = [Held(number, each) for number, each in enumerate(held)]
    with house.books.reading() as books:
        assert may_reset(keeper(own), scope_of(books, keeper(own), DAY, STAFF), grants) is may
