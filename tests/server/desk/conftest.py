"""The application's host over the small province, and a way in that needs no password.

`client` speaks to it; `enter(client, Role.UNIT_OFFICER, organization="DU-A")` makes an account and logs it in;
`enter(client, cadre=lam_giang.cadres["01"])` does so for a cadre, who is a learner.
"""

from collections.abc import Callable
from itertools import count

import pytest
from boiduong_server.accounts.account import Account, Grant
from boiduong_server.accounts.making import NewAccount, Prepared, grant, make_accounts
from boiduong_server.accounts.reading import account_of
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.sessions import Entry, open_session
from boiduong_server.desk.access import SESSION_KEY
from boiduong_server.desk.app import create
from boiduong_server.house import House
from boiduong_server.tables import USER
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select

Enter = Callable[..., Account]


@pytest.fixture
def desk(house: House) -> Flask:
    """The application; forms need no token here, but where a test says otherwise."""
    app = create(house)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app


@pytest.fixture
def client(desk: Flask) -> FlaskClient:
    return desk.test_client()


@pytest.fixture
def enter(house: House) -> Enter:
    """Log somebody in: any roles, all within `organization` (empty: the whole province); with `cadre`, a learner."""
    numbers = count(1)

    def open_door(client: FlaskClient, *roles: Role, organization: str = "", cadre: int | None = None) -> Account:
        number = next(numbers)
        code = f"cb{cadre}" if cadre else f"nv{number}"

        def write(connection: Connection) -> tuple[Account, str]:
            new = NewAccount(code, f"Người thứ {number}", cadre)
            make_accounts(connection, [Prepared(new, "", "")], house.now_ms())
            user = connection.execute(
                select(USER.c.id).where(USER.c.cadre == cadre if cadre else USER.c.code == code)
            ).scalar_one()
            for role in roles:
                grant(connection, user, Grant(role, organization), house.now_ms())
            account = account_of(connection, user, house.today)
            assert account
            return account, open_session(connection, Entry(user, second=True), house.now_ms())

        account, token = house.store.write(write)
        with client.session_transaction() as session:
            session.clear()
            session[SESSION_KEY] = token
        return account

    return open_door
