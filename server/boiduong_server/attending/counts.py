"""How many are checked in, counted by the database: for pages that ask every few seconds. The same number that the
sheet of the session comes to (sheet.py). SQL is put together here from the constants of this file alone."""
# ruff: noqa: S608

from sqlalchemy import Connection

from boiduong_server.attending.sittings import Sitting
from boiduong_server.store import Statement

_SAME_SESSION = """
    JOIN server_sitting there ON there.id = said.sitting
    JOIN server_sitting mine ON mine.id = :sitting AND mine.class_code = there.class_code AND mine.date = there.date
        AND mine.half = there.half
    WHERE said.cadre = seen.cadre"""
_FIRST = f"""SELECT said.id FROM server_scan said {_SAME_SESSION}
    AND (NOT said.claimed_offline OR said.confirmed_ms IS NOT NULL) ORDER BY said.at_ms, said.nonce LIMIT 1"""
_LAST = f"""SELECT max(said.at_ms) FROM server_scan said {_SAME_SESSION}
    AND (NOT said.claimed_offline OR said.confirmed_ms IS NOT NULL)"""
_LATEST = "ORDER BY said.at_ms DESC, said.nonce DESC LIMIT 1"
_BY_MONITOR = f"SELECT said.id, said.mark FROM server_line said {_SAME_SESSION} AND said.how <> 'team' {_LATEST}"
_WRITTEN = f"""SELECT COALESCE((SELECT last.id FROM ({_BY_MONITOR}) last WHERE last.mark <> 'undone'),
    (SELECT said.id FROM server_line said {_SAME_SESSION} {_LATEST}))"""
_HERE = "= :sitting"
_ANYWHERE = """IN (SELECT there.id FROM server_sitting there JOIN server_sitting mine ON mine.id = :sitting
    AND mine.class_code = there.class_code AND mine.date = there.date AND mine.half = there.half)"""


def _counting(there: str) -> Statement:
    """Where those are who were seen at these sittings, and how many: what was written last holds, an absence until a
    later code."""
    return Statement(f"""
        SELECT CASE WHEN line.mark IS NULL OR line.mark = 'undone' THEN proof.sitting
                    WHEN line.mark = 'present' THEN line.sitting
                    WHEN ({_LAST}) > line.at_ms THEN proof.sitting END AS place, count(*)
        FROM (SELECT cadre FROM server_scan WHERE sitting {there}
              UNION SELECT cadre FROM server_line WHERE sitting {there}) seen
        LEFT JOIN server_line line ON line.id = ({_WRITTEN})
        LEFT JOIN server_scan proof ON proof.id = ({_FIRST})
        GROUP BY 1""")


_AT_ONE, _AT_ALL = _counting(_HERE), _counting(_ANYWHERE)


def present_at(connection: Connection, sitting: Sitting) -> int:
    """Of one sitting."""
    found = _AT_ONE.on(connection, sitting=sitting.id).fetchall()
    return sum(count for place, count in found if place == sitting.id)


def present_in_session(connection: Connection, sitting: Sitting) -> dict[int, int]:
    """Of all sittings of this one's session, by their numbers; those where nobody is are left out."""
    found = _AT_ALL.on(connection, sitting=sitting.id).fetchall()
    return {place: count for place, count in found if place is not None}
