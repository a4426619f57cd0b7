"""A day's file is whole, always the same for the same spans, and holds each span once."""

import hashlib
import struct
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from boiduong_exporter.study.day_file import merge, person_digests, read_day, write_day
from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.spans import SPANS
from hypothesis import given
from hypothesis import strategies as st

from tests.exporter.study.made import MIDNIGHT, Span, rows, table

keys = st.integers(-2, 2) | st.sampled_from([-(2**63), 2**63 - 1])
spans = st.lists(
    st.builds(Span, st.integers(1, 3), keys, keys, st.integers(0, 3), st.integers(4, 6), st.integers(0, 1)), max_size=12
)
SOME = [
    Span(2, 7, 1, MIDNIGHT, MIDNIGHT + 5),
    Span(1, 7, 1, MIDNIGHT, MIDNIGHT + 9, 1),
    Span(1, 8, 2, MIDNIGHT, 1 << 60),
]


def in_order(some: list[Span]) -> list[Span]:
    return sorted(
        some, key=lambda span: (span.learner, span.start_ms, span.launch, span.end_ms, span.study, span.offline)
    )


def test_the_same_spans_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    digest = write_day(tmp_path / "a.parquet", table(SOME))
    in_pieces = pa.concat_tables([table(SOME[2:]), table(SOME[:2])]).select(SPANS.names[::-1])
    assert write_day(tmp_path / "b.parquet", in_pieces) == digest
    data = (tmp_path / "a.parquet").read_bytes()
    assert data == (tmp_path / "b.parquet").read_bytes()
    assert hashlib.sha256(data).hexdigest() == digest
    assert rows(read_day(tmp_path / "a.parquet")) == in_order(SOME)


def test_other_spans_give_another_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    digests = {write_day(path, table(some)) for some in (SOME, SOME[:2], [*SOME[:2], SOME[2]._replace(offline=1)], [])}
    assert len(digests) == 4


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_day(path, table(SOME))
    lacking = table(SOME[:1]).set_column(1, "study", pa.array(["không phải số"]))
    with pytest.raises(pa.ArrowInvalid):
        write_day(path, lacking)
    assert rows(read_day(path)) == in_order(SOME)
    assert [each.name for each in tmp_path.iterdir()] == ["a.parquet"]


@pytest.mark.parametrize("kept", [0, 3, 0.5, 0.9, -1])
def test_a_damaged_file_is_told(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "2026-03-02.parquet"
    write_day(path, table(SOME))
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if isinstance(kept, float) else kept])
    with pytest.raises(StudyError, match=r"không đọc được tệp thời gian học «2026-03-02\.parquet»"):
        read_day(path)


def test_a_missing_file_and_another_table_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with pytest.raises(StudyError):
        read_day(path)
    pq.write_table(pa.table({"learner": [1]}), path)
    with pytest.raises(StudyError):
        read_day(path)


@given(spans, spans)
def test_merging_keeps_each_span_once_and_tells_which_are_new(known: list[Span], new: list[Span]) -> None:
    merged, unknown = merge(table(known), table(new))
    assert rows(merged) == in_order([*{*known, *new}])
    assert [*unknown] == [span not in {*known, *new[:place]} for place, span in enumerate(new)]


def test_the_first_spans_of_a_day_need_nothing_known() -> None:
    merged, unknown = merge(None, table([SOME[0], SOME[0], SOME[1]]))
    assert rows(merged) == in_order(SOME[:2])
    assert [*unknown] == [True, False, True]


@given(spans)
def test_a_persons_digest_can_be_redone_by_hand(some: list[Span]) -> None:
    expected = {
        learner: hashlib.sha256(b"".join(struct.pack("<qqqqqb", *span) for span in own)).hexdigest()
        for learner, own in groupby(in_order(some), key=lambda span: span.learner)
    }
    assert person_digests(table(some)) == expected


def test_a_full_disk_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OSError, match="No space") as told:
        write_day(tmp_path / "ngay.parquet", SPANS.empty_table())
    assert told.value.filename == str(tmp_path / "ngay.parquet")
    assert list(tmp_path.iterdir()) == []
