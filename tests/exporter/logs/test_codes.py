"""A log for every fault that a log can have by itself."""

from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.faults import Code

from tests.exporter.logs.made import beat, read, text, told

WEEK = 7 * 86_400_000
CASES: dict[Code, tuple[bytes, str, str]] = {
    Code.NOT_A_LOG: (b"<html></html>", "0", "tracking log của Open edX"),
    Code.CUT_SHORT: (text(beat())[:-9], "1", "chép lại tệp cho đủ"),
    Code.BROKEN_LINE: (text("{"), "1", "chép lại tệp từ máy chủ"),
    Code.LONG_LINE: (text(b"x" * 5_000_000), "1", "so với tệp gốc"),
    Code.BAD_FIELD: (text(beat(sequence=-1)), "1", "báo cho người quản trị"),
    Code.BAD_MOMENT: (text(beat(time_ms=5)), "1", "kiểm tra đồng hồ"),
    Code.OLD_CLAIM: (text(beat(age_ms=WEEK + 1)), "1", "trong vòng 7 ngày"),
    Code.NO_LEARNER: (text(beat(learner="")), "1", "đăng nhập bằng tài khoản của mình"),
}
IMPORTED = (Code.SEVERAL_LEARNERS, Code.UNKNOWN_LEARNER, Code.UNKNOWN_STUDY, Code.DAY_CLOSED, Code.DAY_DAMAGED)
"""What only the books can tell; their cases are with the imports."""


@pytest.mark.parametrize("code", CASES)
def test_a_log_with_this_fault_is_told_what_to_do(tmp_path: Path, code: Code) -> None:
    data, line, hint = CASES[code]
    before = text(beat()) if line != "0" else b""
    records: list[Any] = read(tmp_path, before + data)
    found = next(record for record in records if told([record])[0].endswith(f":{code}"))
    assert found.line == (int(line) + 1 if before else 0)
    assert hint in found.hint


def test_every_code_of_the_logs_has_a_case_here_or_with_the_imports() -> None:
    assert [*CASES, *IMPORTED] == [code for code in Code if code[0] == "L"]
