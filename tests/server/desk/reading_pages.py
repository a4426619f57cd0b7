"""Pages as tests read them: fetched as whoever has entered, and their text without marks."""

import html
import re

from boiduong_records.people import subject_of
from boiduong_server.house import House
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.server.conftest import APPLICATION

_INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


def ask(client: FlaskClient, path: str) -> TestResponse:
    return client.get(path, base_url=APPLICATION)


def page(client: FlaskClient, path: str) -> str:
    """The markup of a page that is there, which holds nothing that the policy would forbid."""
    response = ask(client, path)
    assert response.status_code == 200, response.status_code
    assert _INLINE.findall(response.text) == []
    return response.text


def text(markup: str) -> str:
    """What is read, one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def key(house: House, cadre: int) -> str:
    """The ledger's key of the cadre."""
    with house.books.reading() as connection:
        return subject_of(connection, cadre)
