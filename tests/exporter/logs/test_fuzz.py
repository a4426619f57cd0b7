"""Whatever the bytes: no exception, and each line accounted for."""

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.faults import Code
from boiduong_exporter.logs.reading import read_log
from boiduong_exporter.logs.record import Beat, Record, Refused
from hypothesis import given
from hypothesis import strategies as st

from tests.exporter.logs.made import beat, commit, event, grade, packed, payload, progress, statement, text

OWN = text(beat(), progress(), commit(), beat(age_ms=5))
TRACKING = text(event("boiduong.study.beat", payload(beat())), grade(), event("play_video", json.dumps({"id": "x"})))
STATEMENTS = text(statement(), statement(context={"extensions": {"urn:boiduong:beat": payload(beat())}}))
ARRAY = json.dumps([statement(), statement()]).encode()
TRACKS = b"username,manifest,attempt,element,value,timemodified\n" + b"".join(
    b"an,g,1,cmi.core.%s,%s,1795568520\n" % said for said in ((b"lesson_status", b"passed"), (b"score.raw", b"85"))
)
REPORT = b"Username,Attempt,Last accessed on,Score,Che do\nan,1,25/11/2026 08:02,85,85/100\nba,-,-,-,-\n"
LOGS = {"own": OWN, "open edx": TRACKING, "xapi": STATEMENTS, "array": ARRAY, "tracks": TRACKS, "report": REPORT}
LINES = {name: LOGS[name] for name in ("own", "open edx", "xapi")}
ODD: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
BEAT_LINE = text(beat())


def reads(data: bytes) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "nhat-ky")
        path.write_bytes(data)
        records = list(read_log(path))
    lines = [record.line for record in records]
    assert lines == sorted(lines)
    for refused in (record for record in records if isinstance(record, Refused)):
        assert refused.code in list(Code)
        assert refused.message
        assert refused.hint
    for span in (record for record in records if isinstance(record, Beat)):
        assert span.start_ms < span.end_ms <= span.start_ms + 35_000
    return records


@given(st.binary(max_size=300))
def test_any_bytes_are_read_to_the_end(data: bytes) -> None:
    reads(data)
    reads(b"\x1f\x8b" + data)


@pytest.mark.parametrize("name", LOGS)
@given(data=st.data())
def test_a_log_with_any_bytes_changed_is_read_to_the_end(name: str, data: st.DataObject) -> None:
    log = bytearray(LOGS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(log) - 1))
        log[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=6))
    reads(bytes(log))


@pytest.mark.parametrize("name", LOGS)
@given(data=st.data())
def test_a_packed_log_with_any_bytes_changed_is_read_to_the_end(name: str, data: st.DataObject) -> None:
    log = bytearray(packed(LOGS[name]))
    at = data.draw(st.integers(0, len(log) - 1))
    log[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    reads(bytes(log))


@pytest.mark.parametrize("name", LOGS)
@given(data=st.data())
def test_a_log_cut_anywhere_gives_what_it_gave_before_the_cut(name: str, data: st.DataObject) -> None:
    log = LOGS[name]
    cut = data.draw(st.integers(0, len(log)))
    whole, part = reads(log), reads(log[:cut])
    if name in LINES and part[0].line:
        kept = [record for record in part if not (isinstance(record, Refused) and record.code == Code.CUT_SHORT)]
        assert kept == whole[: len(kept)]


@pytest.mark.parametrize("name", LINES)
@given(between=st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")), max_size=5))
def test_every_line_gets_exactly_one_record(name: str, between: list[bytes]) -> None:
    first, *rest = LINES[name].splitlines()
    lines = [first, *between, *rest]
    records = reads(b"\n".join(lines) + b"\n")
    assert [record.line for record in records] == list(range(1, len(lines) + 1))
    untouched = {1: 1, **{len(between) + at: at for at in range(2, len(rest) + 2)}}
    plain = reads(LINES[name])
    for line, before in untouched.items():
        assert type(records[line - 1]) is type(plain[before - 1])


@given(field=st.sampled_from([key for key in beat() if key not in ("name", "time_ms")]), value=ODD)
def test_any_value_in_a_sign_is_one_record_and_spares_its_neighbours(field: str, value: Any) -> None:
    line = json.dumps({**beat(), field: value}).encode() + b"\n"
    records = reads(BEAT_LINE + line + BEAT_LINE)
    assert [record.line for record in records] == [1, 2, 3]
    assert isinstance(records[0], Beat)
    assert isinstance(records[2], Beat)


@given(field=st.sampled_from(["actor", "verb", "object", "result", "context", "timestamp", "stored"]), value=ODD)
def test_any_value_in_a_statement_is_one_record(field: str, value: Any) -> None:
    line = json.dumps({**statement(), field: value}).encode() + b"\n"
    assert [record.line for record in reads(text(statement()) + line + text(statement()))] == [1, 2, 3]


@given(st.lists(st.integers(1, 40), max_size=30))
def test_how_a_log_is_cut_into_gzip_members_changes_nothing(sizes: list[int]) -> None:
    at, parts = 0, []
    for size in sizes:
        parts.append(gzip.compress(OWN[at : at + size]))
        at += size
    assert reads(b"".join([*parts, gzip.compress(OWN[at:])])) == reads(OWN)
