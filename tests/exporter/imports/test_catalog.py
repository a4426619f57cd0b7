"""catalog.json: the editions that classes fix."""

import json

import pytest
from boiduong_records.receipts import Outcome
from boiduong_records.tables import CATALOG
from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.catalog import Catalog, TopicEntry, to_json

from tests.exporter.imports.made import Bench


def topic(id_: str, edition: str) -> TopicEntry:
    return TopicEntry(
        id_, f"Chuyên đề {id_}, bản {edition}", "noi-dung", 4, "Cấp ủy viên", edition, "Trường Chính trị", "open",
        digest(f"{id_} {edition}".encode()), 80, 600, 1200, (), (), (),
    )  # fmt: skip


def catalog(edition: str, *topics: str) -> bytes:
    entries = tuple(topic(id_, edition) for id_ in topics or ("cd-1",))
    made = Catalog("ct", "Chương trình", "145", "Cấp ủy viên", edition, "Trường Chính trị", "", (), entries, ())
    return to_json(made).encode()


def test_a_catalog_is_kept_with_its_digest_and_a_later_one_follows_it(bench: Bench) -> None:
    first = bench.brought("catalog", catalog("2026.1"))
    bench.brought("catalog", catalog("2026.2"))
    (now,), (then,) = bench.table(CATALOG), bench.table(CATALOG, first.seq)
    assert (now["edition"], then["edition"]) == ("2026.2", "2026.1")
    assert now["digest"] == digest(catalog("2026.2"))


def changed(**values: object) -> bytes:
    return json.dumps({**json.loads(catalog("1")), **values}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format": 2}', changed(id=5), changed(id=""),
        changed(edition=None), changed(topics=[{}]), changed(topics="x"), changed(title={"a": 1}), changed(more=1),
        changed(id="\ud800"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_catalog_is_refused(bench: Bench, data: bytes) -> None:
    report = bench.bring("catalog", data, "catalog.json")
    assert report.counts == {Outcome.REFUSED: 1}
    assert [(problem.code, str(problem.place)) for problem in report.problems] == [("C10", "catalog.json")]
    assert bench.table(CATALOG) == []


def test_a_catalog_saved_with_a_byte_order_mark_is_the_same(bench: Bench) -> None:
    bench.brought("catalog", catalog("1"))
    assert bench.bring("catalog", b"\xef\xbb\xbf" + catalog("1")).counts == {Outcome.UNCHANGED: 1}
