"""What an upload is told: every fault by its code, in Vietnamese, and none where nothing is wrong."""

import io
import re
import time
from pathlib import Path

import pytest
from boiduong_server.packages.check import Checked, check
from boiduong_server.packages.faults import WARNINGS, Code
from boiduong_vocabulary.problem import Problem

from tests.server.packages.broken import CASES, HERE, ONE, PAGES, SOUND, beside, page_with
from tests.server.packages.made import (
    PACKAGES,
    manifest12,
    organizations,
    page,
    single12,
    single2004,
    zipped,
)

GUIDE = (Path(__file__).parents[3] / "docs/goi-bai.md").read_text("utf-8")
EACH = [(code, number) for code in CASES for number in range(len(CASES[code]))]


def told(data: bytes, name: str = "bai.zip") -> list[Problem]:
    found = check(io.BytesIO(data), name)
    return found.findings if isinstance(found, Checked) else found


@pytest.mark.parametrize(("code", "number"), EACH, ids=[f"{code.name.lower()}-{number}" for code, number in EACH])
def test_a_fault_is_told_by_its_code(code: Code, number: int) -> None:
    problems = told(CASES[code][number]())
    assert [problem.code for problem in problems] == [code]
    assert problems[0].place.path.startswith("bai.zip")
    assert problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize("code", Code)
def test_a_fault_forbids_the_package_unless_it_is_a_warning(code: Code) -> None:
    found = check(io.BytesIO(CASES[code][0]()), "bai.zip")
    assert isinstance(found, Checked) == (code in WARNINGS)


@pytest.mark.parametrize("code", Code)
def test_every_code_is_explained_to_the_officer(code: Code) -> None:
    assert re.search(rf"^### {code.value} .+\n\S.*\nSửa: ", GUIDE, re.MULTILINE), code


def test_the_guide_explains_no_code_that_is_not_there() -> None:
    assert set(re.findall(r"^### ([A-Z]\d\d) ", GUIDE, re.MULTILINE)) == set(Code)
    warnings = set(re.findall(r"^### ([A-Z]\d\d) .*\(cảnh báo\)$", GUIDE, re.MULTILINE))
    assert warnings == WARNINGS


@pytest.mark.parametrize("made", PACKAGES.values(), ids=PACKAGES)
def test_a_sound_package_is_found_no_fault_with(made: object) -> None:
    assert told(made()) == []  # type: ignore[operator]


@pytest.mark.parametrize("data", SOUND)
def test_what_is_merely_unusual_is_no_fault(data: bytes) -> None:
    assert told(data) == []


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = manifest12(organizations("".join(f'<item identifier="I{n}" identifierref="R{n}"/>' for n in range(3))), "")
    assert [problem.code for problem in told(zipped({"imsmanifest.xml": text}))] == [Code.UNKNOWN_RESOURCE] * 3


def test_a_fault_in_the_manifest_names_its_line() -> None:
    (problem,) = told(zipped({"imsmanifest.xml": "<manifest>\n<organizations>\n</manifest>"}))
    assert problem.place.line == 3


def test_a_manifest_in_a_folder_is_told_with_the_folder() -> None:
    (problem,) = told(zipped({"Bài 1/imsmanifest.xml": "x", "Bài 1/sau/imsmanifest.xml": "x"}))
    assert "«Bài 1»" in problem.message


@pytest.mark.parametrize(
    ("files", "standard"),
    [
        (("khoa.au", "khoa.crs"), "AICC"), (("tincan.xml",), "xAPI (Tin Can)"), (("x/cmi5.xml",), "cmi5"),
    ],
)  # fmt: skip
def test_another_standard_is_told_by_its_name(files: tuple[str, ...], standard: str) -> None:
    (problem,) = told(zipped(dict.fromkeys(files, "x")))
    assert standard in problem.message


def test_a_page_whose_name_differs_in_case_is_pointed_out() -> None:
    (problem,) = told(CASES[Code.MISSING_PAGE][1]())
    assert "«A.html»" in problem.hint


def test_a_list_of_entries_that_fills_the_memory_is_never_read() -> None:
    """The figures at the end of the zip say how long the list is; here it claims four gigabytes."""
    data = single12()
    at = data.rindex(b"PK\x05\x06")
    (problem,) = told(data[: at + 12] + b"\xff\xff\xff\xff" + data[at + 16 :])
    assert problem.code == Code.TOO_MANY


@pytest.mark.parametrize(
    ("version", "edition"),
    [
        ("CAM 1.3", "2nd Edition"), ("2004 3rd Edition", "3rd Edition"), ("2004 4th Edition", "4th Edition"),
    ],
)  # fmt: skip
def test_every_edition_of_2004_is_taken(version: str, edition: str) -> None:
    found = check(io.BytesIO(single2004(version)), "bai.zip")
    assert isinstance(found, Checked)
    assert (found.structure.standard, found.structure.edition, found.findings) == ("scorm2004", edition, [])


def test_names_written_by_windows_and_by_macos_are_found_by_the_manifest() -> None:
    """Backslashes; UTF-8 without a word of it; letters decomposed."""
    text = manifest12(organizations('<item identifier="I" identifierref="R"><title>Bài</title></item>'),
                      '<resources><resource identifier="R" href="bài/mở%20đầu.html"/></resources>')  # fmt: skip
    plain = zipped({"imsmanifest.xml": text, "@@@@@/o.html": page("Bài")})
    name = "bài\\mở đầu.html".encode()
    data = zipped({"imsmanifest.xml": text, "@" * len(name): page("Bài")}).replace(b"@" * len(name), name)
    assert [problem.code for problem in told(plain)] == [Code.MISSING_PAGE]
    assert told(data) == []


@pytest.mark.parametrize(("script", "hears"), [(None, False), ("var x;", False), ('if (m === "clock-kept") {}', True)])
def test_a_player_that_hears_the_host_is_known_by_its_script(script: str | None, hears: bool) -> None:
    found = check(io.BytesIO(single12() if script is None else beside(**{"player.js": script})), "bai.zip")
    assert isinstance(found, Checked)
    assert found.own_clock == hears


def test_what_would_keep_the_server_busy_for_hours_is_looked_at_in_a_moment() -> None:
    """Each list against each: files that are listed but missing, pages that are missing, conditions; and a page whose
    blanks could be read in a million ways. No other thread runs while Python compares texts."""
    many = range(3_000)
    files = "".join(f'<file href="thieu/trang-{n}.html"/>' for n in many)
    there = {f"co/trang-{n}.html": "x" for n in many}
    listed = zipped({"imsmanifest.xml": ONE.replace(HERE, HERE + files), **PAGES, **there})
    items = "".join(
        f'<item identifier="I{n}" identifierref="R{n}"><title>Bài</title>'
        '<adlcp:prerequisites type="aicc_script">I0</adlcp:prerequisites></item>'
        for n in many
    )
    pages = "".join(f'<resource identifier="R{n}" href="trang-{n}.html"/>' for n in many)
    opened = zipped({"imsmanifest.xml": manifest12(organizations(items), f"<resources>{pages}</resources>")})
    blank = page_with('<meta http-equiv="refresh" content="url=' + "\n" * 200_000 + '">')
    begun = time.monotonic()
    assert [problem.code for problem in told(listed)] == [Code.MISSING_FILE] * 21
    assert [problem.code for problem in told(opened)] == [Code.MISSING_PAGE] * 20
    assert told(blank) == []
    assert time.monotonic() - begun < 8


def test_the_title_of_a_package_is_one_that_a_list_can_show() -> None:
    found = check(
        io.BytesIO(zipped({"imsmanifest.xml": ONE.replace("<title>", "<title>" + "dài " * 10_000, 1), **PAGES})),
        "bai.zip",
    )
    assert isinstance(found, Checked)
    assert len(found.structure.title) == 300
