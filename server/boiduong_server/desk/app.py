"""The application's host: pages for people who have entered, and the way in."""

from boiduong_vocabulary.vietnamese import show_date
from flask import Flask
from flask_compress import Compress
from sqlalchemy import select

from boiduong_server.desk import (
    access,
    api,
    assets_route,
    audit,
    claims,
    class_papers,
    correcting,
    devices,
    enrolling,
    entry,
    failing,
    guard,
    health,
    kit,
    learn,
    mine,
    objecting,
    packages,
    password,
    person,
    roll,
    scanning,
    screen,
    second_step,
    staff,
    staff_account,
    team,
    unit,
)
from boiduong_server.desk.words import FILTERS
from boiduong_server.house import House
from boiduong_server.migrating import SESSION_SECRET
from boiduong_server.tables import SECRET

_KEPT_SECONDS = 30 * 24 * 3600
_FORM_BYTES = 1 << 20
_BODY_BYTES = 4 << 20
"""A list of people, or what a browser kept of a lesson; a package may be larger (desk/packages.py)."""
_ROOMS = (
    entry, password, second_step, devices, staff, staff_account, audit, packages, learn, mine, unit, person, api,
    enrolling, scanning, claims, kit, class_papers, screen, roll, team, objecting, correcting, health,
)  # fmt: skip


def create(house: House) -> Flask:
    """The application over an opened house."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    scheme = house.application.partition(":")[0]
    app.config.update(
        SERVER_NAME=house.application_host, PREFERRED_URL_SCHEME=scheme, SECRET_KEY=_secret(house),
        SESSION_COOKIE_NAME="__Host-boiduong", SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax", SESSION_REFRESH_EACH_REQUEST=False, PERMANENT_SESSION_LIFETIME=_KEPT_SECONDS,
        WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_HEADERS=["X-CSRFToken"], WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=_BODY_BYTES, MAX_FORM_MEMORY_SIZE=_FORM_BYTES,
        COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_MIN_SIZE=500,
    )  # fmt: skip
    app.extensions["house"] = house
    app.jinja_env.filters.update(FILTERS, ngay=show_date)
    guard.install(app, house)
    access.install(app)
    failing.install(app)
    assets_route.install(app)
    for room in _ROOMS:
        app.register_blueprint(room.BLUEPRINT)
    Compress(app)
    return app


def _secret(house: House) -> bytes:
    with house.store.reading() as connection:
        query = select(SECRET.c.value).where(SECRET.c.name == SESSION_SECRET)
        found: bytes = connection.execute(query).scalar_one()
    return found
