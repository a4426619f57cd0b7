"""From the books to persons: who they are, and the facts that credit is counted from, read in pieces that memory can
hold however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from boiduong_records.bodies import decode, live
from boiduong_records.chunks import chunks
from boiduong_records.merging import roots
from boiduong_records.tables import CADRE, IDENTITY, MANAGEMENT, POST
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Evidence, Reported, StudyDay
from boiduong_vocabulary.vietnamese import name_order
from sqlalchemy import Connection, Table, select

from boiduong_exporter.credit.facts import Management, Person, Piece, Post, Span

_AT_A_TIME = 2_000
"""Persons whose evidence is held at once."""
ERASED = ("", "(đã xóa danh tính)", "")
"""Code, name and birth of a person whose identity was erased."""
_decode = lru_cache(maxsize=65_536)(decode)
"""Bodies of one session are alike, so most are read once."""


@dataclass(frozen=True)
class Who:
    """One person of the books. `subjects` are the ledger's keys of all records that were merged into this one."""

    cadre: int
    code: str
    name: str
    birth: str
    posts: tuple[Post, ...]
    managements: tuple[Management, ...]
    subjects: tuple[str, ...]

    def posts_on(self, day: date) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.span.holds(day))


def everyone(connection: Connection, at_seq: int | None = None) -> list[Who]:
    """Every person as the books know them now, or after entry `at_seq`, in the order of Vietnamese names. One whose
    identity was erased stays without it, so that totals stay what they were."""
    return in_order(_people(connection, None, at_seq))


def some(connection: Connection, cadres: Collection[int], at_seq: int | None = None) -> list[Who]:
    """These people alone, likewise; each named by any of their files. Who the books do not have (at that entry) is left
    out."""
    if not cadres:
        return []
    root = roots(connection, at_seq)
    wanted = {root.get(cadre, cadre) for cadre in cadres}
    files = wanted | {absorbed for absorbed, kept in root.items() if kept in wanted}
    return in_order(_people(connection, sorted(files), at_seq))


def in_order(people: Iterable[Who]) -> list[Who]:
    return sorted(people, key=lambda each: (name_order(each.name), each.birth, each.code, each.cadre))


def _people(connection: Connection, files: Sequence[int] | None, at_seq: int | None) -> list[Who]:
    """Everyone, or those of these files."""
    root = roots(connection, at_seq)
    rows = _register(connection, IDENTITY, files, at_seq)
    identities = {row["cadre"]: (row["code"], row["name"], row["birth"]) for row in rows}
    posts = _by_cadre(_register(connection, POST, files, at_seq), root)
    managements = _by_cadre(_register(connection, MANAGEMENT, files, at_seq), root)
    return [
        Who(
            cadre, *identities.get(cadre, ERASED),
            tuple(Post(each["title"], each["organization"], _span(each)) for each in posts[cadre]),
            tuple(Management(each["authority"], _span(each)) for each in managements[cadre]),
            tuple(found),
        )
        for cadre, found in _subjects(connection, files, at_seq, root).items()
    ]  # fmt: skip


def _register(
    connection: Connection, table: Table, files: Sequence[int] | None, at_seq: int | None
) -> Iterator[dict[str, Any]]:
    scopes = [None] if files is None else [table.c.cadre.in_(piece) for piece in chunks(files)]
    for scope in scopes:
        yield from contents(connection, table, at_seq, scope)


def _subjects(
    connection: Connection, files: Sequence[int] | None, at_seq: int | None, root: Mapping[int, int]
) -> dict[int, list[str]]:
    """The ledger's keys of each person, in the order of their files."""
    found: dict[int, list[str]] = defaultdict(list)
    known = select(CADRE.c.cadre, CADRE.c.subject).order_by(CADRE.c.cadre)
    known = known if at_seq is None else known.where(CADRE.c.since <= at_seq)
    for query in [known] if files is None else [known.where(CADRE.c.cadre.in_(piece)) for piece in chunks(files)]:
        for cadre, subject in connection.execute(query):
            found[root.get(cadre, cadre)].append(subject)
    return found


def _by_cadre(rows: Iterable[dict[str, Any]], root: Mapping[int, int]) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[root.get(row["cadre"], row["cadre"])].append(row)
    return found


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["valid_from"], row["valid_to"])


def with_evidence(
    connection: Connection, people: Sequence[Who], at_seq: int | None = None
) -> Iterator[tuple[Who, Person]]:
    """Each person with all evidence that was not reversed, in the order given."""
    for some in chunks(people, _AT_A_TIME):
        pieces = _pieces(connection, some, at_seq)
        for who in some:
            yield who, Person(who.posts, who.managements, tuple(pieces.get(who.cadre, ())))


def _pieces(connection: Connection, some: Sequence[Who], at_seq: int | None) -> dict[int, list[Piece]]:
    owner = {subject: who.cadre for who in some for subject in who.subjects}
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for subject, found in groupby(live(connection, owner, at_seq), key=itemgetter(1)):
        pieces[owner[subject]] += _standing(Piece(seq, _decode(kind, body)) for seq, _, kind, body in found)
    return pieces


def _standing(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """One record's pieces, in order of entry: of two study days of one date, or two reported times of one topic, the
    later holds."""
    said: dict[object, Piece] = {}
    for piece in pieces:
        said[_spoken_of(piece.seq, piece.evidence)] = piece
    return said.values()


def _spoken_of(seq: int, evidence: Evidence) -> object:
    match evidence:
        case StudyDay():
            return evidence.date
        case Reported():
            return evidence.class_code, evidence.topic, evidence.edition, evidence.system
        case _:
            return seq
