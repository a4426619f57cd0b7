"""The list of codes."""

import re

from boiduong_packager.faults import WARNINGS, Code, fault
from boiduong_vocabulary.problem import Place, Severity


def test_codes_are_a_letter_and_two_digits_in_order() -> None:
    assert [code for code in Code if not re.fullmatch(r"[FPKSQMLHTDI]\d\d", code)] == []
    by_letter: dict[str, list[str]] = {}
    for code in Code:
        by_letter.setdefault(code[0], []).append(code)
    assert all(codes == [f"{letter}{n:02}" for n in range(1, len(codes) + 1)] for letter, codes in by_letter.items())


def test_a_fault_is_an_error_unless_its_code_is_a_warning() -> None:
    severities = {code: fault(code, Place("a.md"), "m", "h").severity for code in Code}
    assert {code for code, severity in severities.items() if severity is Severity.WARNING} == WARNINGS
