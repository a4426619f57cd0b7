"""Whom the register of classes names as monitors of halls and bridges: by name, as people do; several stand in one
cell."""

from boiduong_records.tables import PLACE
from boiduong_records.versions import contents
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import ColumnElement, Connection

from boiduong_server.accounts.account import Account


def monitors_at(books: Connection, who: Account, class_code: str, place: str) -> bool:
    """Whether this place of the class names this person."""
    return bool(_naming(books, who, (PLACE.c.class_code == class_code) & (PLACE.c.name == place)))


def monitored(books: Connection, who: Account, class_code: str) -> list[str]:
    """The places of the class that name this person."""
    return [name for _, name in _naming(books, who, PLACE.c.class_code == class_code)]


def monitored_classes(books: Connection, who: Account) -> frozenset[str]:
    """The codes of the classes of which some place names this person."""
    return frozenset(code for code, _ in _naming(books, who, None))


def _naming(books: Connection, who: Account, scope: ColumnElement[bool] | None) -> list[tuple[str, str]]:
    wanted = fold(who.name)
    return [
        (row["class_code"], row["name"])
        for row in contents(books, PLACE, scope=scope)
        if wanted in {fold(each) for each in row["monitor"].replace(",", ";").split(";")}
    ]
