"""The beats of one local day in one Parquet file, which the seal names by its digest.

The same rows give the same bytes: they are sorted, and nothing that varies is written beside them. (Another version of
the Parquet writer signs itself and may pack otherwise, so a file is held to the digest that was taken when it was
written, never to one taken of rows written anew.)
"""

import hashlib
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.spans import ORDER, SPANS, in_order

ROWS_AT_ONCE = 1 << 20
_CANONICAL = np.dtype(
    [(name, "<i8") for name in ("learner", "study", "launch", "start_ms", "end_ms")] + [("offline", "<i1")]
)
"""41 bytes a span, without gaps."""


def write_day(path: Path, table: pa.Table) -> str:
    """Write the day's spans (spans.SPANS, in any order) and return the file's SHA-256.

    The file is whole or not there: it is written beside its place, brought to the disk, and then put in place.

    Raises OSError that names the file where the disk refuses.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w+b") as file:
            _write(in_order(table), file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        beside.replace(path)
    except OSError as error:  # the Parquet writer forgets which file it was
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)
    keep_name(path.parent)
    return digest


def _write(table: pa.Table, file: object) -> None:
    pq.write_table(
        table.select(SPANS.names).cast(SPANS).combine_chunks(), file, version="2.6", compression="zstd",
        compression_level=3, row_group_size=ROWS_AT_ONCE, use_dictionary=["learner", "study", "launch", "offline"],
        column_encoding={"start_ms": "DELTA_BINARY_PACKED", "end_ms": "DELTA_BINARY_PACKED"}, store_schema=False,
    )  # fmt: skip


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_name(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_day(path: Path) -> pa.Table:
    """The day's spans in spans.ORDER.

    Raises StudyError where the file is missing, damaged, or not one of these.
    """
    try:
        with path.open("rb") as file:
            return pq.read_table(file).select(SPANS.names).cast(SPANS)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise StudyError(
            f"không đọc được tệp thời gian học «{path.name}»: tệp bị thiếu hoặc bị hỏng",
            "khôi phục tệp này từ bản sao lưu của sổ, và báo người phụ trách",
        ) from error


def merge(known: pa.Table | None, new: pa.Table) -> "tuple[pa.Table, np.ndarray[tuple[int], np.dtype[np.bool_]]]":
    """Known and new spans together, each once, in spans.ORDER; and which rows of `new` were not known before.

    Spans are the same when all their columns are. Of a span that `new` repeats the first row counts as unknown.
    """
    before = SPANS.empty_table() if known is None else known
    both = pa.concat_tables([before, new.select(SPANS.names).cast(SPANS)])
    row = pa.array(np.arange(both.num_rows))
    order = pc.sort_indices(both.append_column("row", row), [(name, "ascending") for name in (*ORDER, "row")])
    ordered = both.take(order)
    first = _differs_from_the_row_above(ordered, ORDER)
    unknown = np.empty(both.num_rows, bool)
    unknown[order.to_numpy()] = first
    return ordered.filter(pa.array(first)), unknown[before.num_rows :]


def _differs_from_the_row_above(
    table: pa.Table, names: tuple[str, ...]
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Of each row, whether any of the columns does; the first row does."""
    differs = np.zeros(table.num_rows, bool)
    differs[:1] = True
    for name in names:
        values = table[name].to_numpy()
        differs[1:] |= values[1:] != values[:-1]
    return differs


def person_digests(table: pa.Table) -> dict[int, str]:
    """SHA-256 of each learner's spans: the columns of spans.SPANS in their order, little-endian int64 and one byte for
    `offline`, without gaps; the rows in spans.ORDER."""
    people = _by_learner(in_order(table))
    return {int(own["learner"][0]): hashlib.sha256(own.tobytes()).hexdigest() for own in people}


def _by_learner(ordered: pa.Table) -> "Iterator[np.ndarray[tuple[int], np.dtype[np.void]]]":
    begins = np.flatnonzero(_differs_from_the_row_above(ordered, ("learner",)))
    rows = np.empty(ordered.num_rows, _CANONICAL)
    for name in SPANS.names:
        rows[name] = ordered[name].to_numpy()
    for begin, end in pairwise([*begins, len(rows)]):
        yield rows[begin:end]
