"""Any file, told by its content: packed, cut, damaged, enormous, or no log at all."""

import hashlib
import json
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.logs.lines import LONGEST
from boiduong_exporter.logs.reading import read_log

from tests.exporter.logs.made import beat, event, packed, payload, progress, read, statement, text, told

OWN = text(beat(), progress(), beat())
TRACKING = text(event("problem_check", {}), event("boiduong.study.beat", payload(beat())))
TAKEN = ["1:Beat", "2:Progress", "3:Beat"]
MOODLE = b"username,manifest,attempt,element,value,timemodified\nan,g,1,cmi.core.lesson_status,passed,1795568520\n"


def written(folder: Path, data: bytes, name: str = "nhat-ky") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (OWN, "Nhịp học"),
        (b"\xef\xbb\xbf" + OWN, "Nhịp học"),
        (b"\n\n{broken\n" + OWN, "Nhịp học"),
        (text({"name": "gi-khac", "time_ms": 1}), "Nhịp học"),
        (TRACKING, "Open edX"),
        (b"Nov 25 01:02:03 lms [tracking] INFO - " + TRACKING, "Open edX"),
        (text(statement()), "xAPI"),
        (json.dumps([statement()]).encode(), "xAPI"),
        (b"\xef\xbb\xbf" + json.dumps([statement()]).encode(), "xAPI"),
        (MOODLE, "Moodle"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("pack", [bytes, packed], ids=["plain", "gzip"])
def test_the_kind_of_log_is_told_by_its_content(tmp_path: Path, data: bytes, expected: str, pack: Any) -> None:
    assert read_log(written(tmp_path, pack(data), "ten-gi-cung-duoc.xlsx")).format == expected


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0\0\0\0", b"   \n\n", b"PK\x03\x04zip", b"%PDF-1.7", b"{}", b"[1, 2]", b'{"a": 1}\n' * 9,
        b"<html></html>",
        b"1.2.3.4 - - [25/Nov/2026:08:02:00 +0700] \"GET / HTTP/1.1\" 200\n" * 9, OWN.decode().encode("utf-16"),
        "Mã cán bộ,Họ và tên,Chức vụ\n00001,An,Bí thư\n".encode(), b"\x1f\x8b", b"\x1f\x8bnot gzip", packed(b""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_log_is_one_refusal(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, data)
    assert told(list(read_log(path))) == ["0:L01"]
    assert read_log(path).format == ""


def test_a_file_that_is_not_there_is_the_callers_to_tell(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_log(tmp_path / "khong-co")


def test_the_digest_is_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    data = packed(OWN)
    assert read_log(written(tmp_path, data)).digest == hashlib.sha256(data).hexdigest()


def test_a_log_that_grows_is_read_as_far_as_it_was_digested(tmp_path: Path) -> None:
    path = written(tmp_path, OWN)
    log = read_log(path)
    with path.open("ab") as file:
        file.write(text(beat()))
    assert told(list(log)) == TAKEN
    assert log.digest == hashlib.sha256(OWN).hexdigest()


def test_a_log_can_be_read_again(tmp_path: Path) -> None:
    log = read_log(written(tmp_path, OWN))
    assert list(log) == list(log)


@pytest.mark.parametrize(
    "data",
    [
        OWN,
        OWN.rstrip(b"\n"),
        OWN.replace(b"\n", b"\r\n"),
        packed(OWN),
        b"".join(packed(line + b"\n") for line in OWN.splitlines()),
        b"".join(packed(OWN[at : at + 7]) for at in range(0, len(OWN), 7)),
        packed(OWN) + b"\0" * 1000,
        packed(OWN[:50]) + b"\0" * 512 + packed(OWN[50:]),
        packed(OWN) + packed(b""),
    ],
    ids=["plain", "no last newline", "CRLF", "gzip", "a member a line", "cut lines", "padded", "gaps", "empty"],
)  # fmt: skip
def test_the_lines_are_the_same_however_they_are_stored(tmp_path: Path, data: bytes) -> None:
    assert told(read(tmp_path, data)) == TAKEN


def test_a_plain_file_cut_in_a_line_gives_the_lines_before_and_says_so(tmp_path: Path) -> None:
    last = OWN.rindex(b'{"name"')
    for cut in range(last + 1, len(OWN) - 2, 13):
        assert told(read(tmp_path, OWN[:cut])) == [*TAKEN[:2], "3:L02"]


def test_a_gzip_file_cut_at_any_byte_gives_what_lies_before_and_says_so_once(tmp_path: Path) -> None:
    data = packed(OWN)
    for cut in range(len(data)):
        found = told(read(tmp_path, data[:cut]))
        if found != ["0:L01"]:
            *before, last = found
            assert before == TAKEN[: len(before)]
            assert last == f"{len(before) + 1}:L02"


def test_a_gzip_file_that_lacks_only_its_trailer_gives_every_line(tmp_path: Path) -> None:
    assert told(read(tmp_path, packed(OWN)[:-8])) == [*TAKEN, "4:L02"]


def test_nothing_is_taken_of_a_damaged_gzip_member_and_all_before_it_is(tmp_path: Path) -> None:
    """The second member is damaged in its header, at once in its data, or in its check sum alone: then its lines look
    right, and one of them is not."""
    first, second = packed(OWN), packed(OWN)
    assert told(read(tmp_path, first + b"garbage")) == [*TAKEN, "4:L02"]
    assert told(read(tmp_path, first + second[:10] + b"\xff" * 9 + second[19:])) == [*TAKEN, "4:L02"]
    assert told(read(tmp_path, first + second[:-8] + b"\0" * 8)) == [*TAKEN, "4:L02"]


def test_a_bit_that_flips_anywhere_in_a_gzip_file_enters_nothing_false(tmp_path: Path) -> None:
    """But where the file then looks as if it were only cut short: what has no end has no check sum."""
    data = packed(OWN)
    for at in range(10, len(data)):
        flipped = data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]
        assert looks_cut(flipped) or told(read(tmp_path, flipped)) in (["1:L02"], ["0:L01"], TAKEN)


def looks_cut(data: bytes) -> bool:
    unpacker = zlib.decompressobj(31)
    try:
        unpacker.decompress(data)
    except zlib.error:
        return False
    return not unpacker.eof


@pytest.mark.parametrize("size", [LONGEST + 1, 10_000_000])
def test_a_line_beyond_all_size_is_one_refusal(tmp_path: Path, size: int) -> None:
    data = text(beat(), b"x" * size, beat())
    assert told(read(tmp_path, data)) == ["1:Beat", "2:L04", "3:Beat"]


def test_a_long_line_that_a_sign_may_be_is_read(tmp_path: Path) -> None:
    data = text(beat(), {**beat(), "more": "x" * 3_000_000}, beat())
    assert told(read(tmp_path, data)) == ["1:Beat", "2:Beat", "3:Beat"]


def test_a_last_line_beyond_all_size_is_an_end_in_the_middle(tmp_path: Path) -> None:
    assert told(read(tmp_path, text(beat()) + b"x" * 9_000_000)) == ["1:Beat", "2:L02"]


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    """A file of 300 KB that unpacks to 100 MB, half of it one line."""
    path = written(tmp_path, packed(text(beat()) * 200_000 + b"x" * 50_000_000 + b"\n" + text(beat())))
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_log(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 200_002
    assert peak < 20_000_000
