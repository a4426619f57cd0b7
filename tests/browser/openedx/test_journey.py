"""From the built course to the paper: a course with our blocks is studied in a browser, the platform's tracking log is
brought into an office's books, sealed, and the slip shows the time that the blocks showed."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from boiduong_packager.build import Request, build
from boiduong_records.bodies import decode, live
from boiduong_records.store import open_books
from boiduong_vocabulary.evidence import StudyDay
from lxml import etree
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.openedx.conftest import CONTENT, Stopped, Workbench
from tests.browser.openedx.test_attendance import press
from tests.exporter.office import CLASS_HEAD, ORGANIZATION_HEAD, ROSTER_HEAD, SESSION_HEAD, TERM_HEAD, Office

TOPIC, CLOCK = "che-do-boi-duong", "boiduong_study_clock"
AN, BINH, STRANGER = "an.nv", "00013", "nguoi-la"
"""Usernames: of an account that the books have, of a cadre's own code, of nobody."""
NAMES = {AN: "Nguyễn Văn An", BINH: "Trần Thị Bình"}
BEGIN = "2026-03-10T01:00:00+00:00"
"""08:00 in Hanoi, on a working day of the class."""
DAY = date(2026, 3, 10)
SESSION = '<boiduong_attendance session_id="chieu-10" periods="4" class_code="L01" starts_at="2026-03-10T06:30:00Z"/>'
"""13:30 in Hanoi of that day."""


def clocks(workbench: Workbench) -> dict[str, etree._Element]:
    """The clocks of the topic's units, in order, by unit."""
    parsed = ((each.name, etree.fromstring(each.xml)) for each in workbench.scenarios)
    return {name: clock for name, unit in parsed for clock in unit.iter(CLOCK) if clock.get("topic_id") == TOPIC}


def shown_minutes(page: Page) -> int:
    said = re.search(r"Đã học (\d+) phút", page.locator(".boiduong-clock-time").inner_text())
    assert said is not None
    return int(said[1])


def study(stopped: Stopped, page: Page, username: str, units: dict[str, int]) -> int:
    """Reads the units one after the other, each to its share; the minutes that the first shows afterwards."""
    stopped.install(page)
    for unit, seconds in units.items():
        page.goto(stopped.workbench.address(unit, username))
        expect(page.locator(".boiduong-clock-running")).to_be_visible()
        stopped.run(page, seconds, page.locator("h2").first.click, step_s=30)
        page.goto(f"{stopped.workbench.host}/")
        stopped.workbench.settle(page)
    page.goto(stopped.workbench.address(next(iter(units)), username))
    minutes = shown_minutes(page)
    page.close()
    return minutes


def attended(workbench: Workbench, page: Page) -> None:
    """The afternoon in the hall: staff write who came by hand, close the session and send the list."""
    page.goto(workbench.address(workbench.add(SESSION), "giao-vu"))
    press(page, "Mở điểm danh vào")
    page.get_by_text("Danh sách và ghi tay").click()
    for username, name in NAMES.items():
        page.get_by_label("Tài khoản").fill(username)
        page.get_by_label("Họ và tên").fill(name)
        page.get_by_label("Lý do").fill("không mang điện thoại")
        press(page, "Ghi vào danh sách")
        expect(page.get_by_role("row").filter(has_text=username)).to_be_visible()
    press(page, "Đóng buổi và gửi danh sách")
    press(page, "Đóng và gửi")
    expect(page.get_by_text("Đã gửi danh sách lần 1")).to_be_visible()


def kept_ms(workbench: Workbench, username: str) -> int:
    """The topic's time as the blocks keep it."""
    kept = workbench.known(username)["boiduong_studied"][workbench.course][TOPIC]
    return int(kept["settled_ms"]) + sum(end - start for start, end in kept["spans"])


@dataclass(frozen=True)
class Study:
    """What was studied: the tracking log of it, and by username the minutes that the block showed and the milliseconds
    that it keeps."""

    log: Path
    minimum_s: int
    shown: dict[str, int]
    kept: dict[str, int]


@pytest.fixture
def studied(workbench: Workbench, stopped: Stopped, new_page: NewPage, tmp_path: Path) -> Study:
    """One cadre studies the whole topic on a phone, another its first three units; somebody whom the books do not know
    looks into one. In the afternoon both cadres are in the hall."""
    found, before = clocks(workbench), workbench.log.stat().st_size if workbench.log.exists() else 0
    stopped.at(BEGIN)
    units = {name: int(clock.get("section_seconds", "")) for name, clock in found.items()}
    minimum_s = int(next(iter(found.values())).get("minimum_seconds", ""))
    some = dict(list(units.items())[:3])
    shown = {AN: study(stopped, new_page(viewport=PHONE), AN, units), BINH: study(stopped, new_page(), BINH, some)}
    study(stopped, new_page(), STRANGER, {next(iter(units)): 30})
    stopped.at("2026-03-10T06:35:00+00:00")
    attended(workbench, new_page())
    assert workbench.completions(AN)[-1] == 1.0
    log = tmp_path / "tracking.log"
    log.write_bytes(workbench.log.read_bytes()[before:])
    return Study(log, minimum_s, shown, {name: kept_ms(workbench, name) for name in shown})


# The office ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the course as it is built for the platform."""
    out = tmp_path_factory.mktemp("dist")
    outcome = build(Request(CONTENT, out, ("olx",), blocks=True))
    assert outcome.catalog is not None, outcome.problems
    return out / "145-2026" / "catalog.json"


def office_at(folder: Path, catalog: Path) -> Office:
    """Books of two cadres in a class whose topic is studied on Open edX, its first day already attended."""
    folder.mkdir()
    office = Office(folder)
    units = [("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh"), ("DU01", "Đảng ủy xã An Hòa", "Cấp ủy", "Xã", "TU")]
    terms = [("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))]
    cadres = [
        ("00012", "Nguyễn Văn An", "1970", "Bí thư", "DU01", "01/10/2025", "TU"),
        ("00013", "Trần Thị Bình", "1975", "Phó Bí thư", "DU01", "01/10/2025", "TU"),
    ]
    classes = [("L01", "Lớp 1", "Cập nhật kiến thức, kỹ năng", "145", "Nhóm 3", "QĐ 1", 2)]
    halves = [
        ("L01", date(2026, 3, day), half, "Hội trường") for day, half in ((9, "Sáng"), (9, "Chiều"), (10, "Chiều"))
    ]
    topics = [("Mã lớp", "Mã chuyên đề", "Hình thức"), ("L01", TOPIC, "Tự học trên hệ thống")]
    accounts = [("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản"), ("00012", "Nguyễn Văn An", "Open edX", AN)]
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "09/03/2026 Sáng", "09/03/2026 Chiều")
    marks = [("L01", code, name, "x", "x") for code, name, *_ in cadres]
    assert office.bring("organizations", {"Tổ chức": [ORGANIZATION_HEAD, *units], "Nhiệm kỳ": [TERM_HEAD, *terms]}) == 0
    assert office.bring("roster", {"Cán bộ": [ROSTER_HEAD, *cadres]}) == 0
    assert office.run("import", "catalog", catalog) == 0
    tables = {"Lớp": [CLASS_HEAD, *classes], "Buổi": [SESSION_HEAD, *halves], "Chuyên đề": topics}
    assert office.bring("classes", tables) == 0
    assert office.bring("attendance", {"Điểm danh": [head, *marks]}) == 0
    assert office.bring("accounts", {"Tài khoản": accounts}) == 0
    return office


def plain(log: Path, folder: Path) -> list[Path]:
    return [Path(shutil.copy(log, folder / "tracking.log"))]


def packed(log: Path, folder: Path) -> list[Path]:
    path = folder / "tracking.log-20260311.gz"
    path.write_bytes(gzip.compress(log.read_bytes()))
    return [path]


def rotated(log: Path, folder: Path) -> list[Path]:
    """As logrotate leaves it: what is old packed, the rest as it is written; a launch may stand in both."""
    lines = log.read_bytes().splitlines(keepends=True)
    half = len(lines) // 2
    (folder / "tracking.log-20260310.gz").write_bytes(gzip.compress(b"".join(lines[:half])))
    (folder / "tracking.log").write_bytes(b"".join(lines[half:]))
    return [folder / "tracking.log-20260310.gz", folder / "tracking.log"]


FORMS: tuple[Callable[[Path, Path], list[Path]], ...] = (plain, packed, rotated)


def sealed_ms(office: Office) -> list[int]:
    """The topic's time of each person on the day, as the ledger has it."""
    with open_books(office.books) as books, books.reading() as connection:
        found = [decode(kind, body) for _, _, kind, body in sorted(live(connection))]
    days = [each for each in found if isinstance(each, StudyDay)]
    assert {each.date for each in days} == {DAY}
    return sorted(sum(part.ms for part in each.parts) for each in days)


def slip(office: Office, code: str) -> tuple[dict[str, Any], str]:
    """«Phiếu tính ngày» as data and as words."""
    data, paper = office.folder / f"{code}.json", office.folder / f"{code}.pdf"
    assert office.run("report", "person", code, "--as-of", "31/03/2026", "--out", data, "--out", paper) == 0
    said = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True, text=True)
    return json.loads(data.read_text("utf-8")), " ".join(said.stdout.split())


def test_the_slip_shows_the_time_that_the_blocks_showed_and_the_list_that_staff_sent(
    studied: Study, catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in FORMS:
        office = office_at(tmp_path / form.__name__, catalog)
        capsys.readouterr()
        office.run("import", "log", *form(studied.log, office.folder), "--by", "Phép thử")
        told = capsys.readouterr()
        assert STRANGER in told.out + told.err, "a receipt for whom the books do not know"
        assert office.run("seal", "--by", "Phép thử") == 0
        kept_s = sorted(ms // 1000 for ms in studied.kept.values())
        assert [ms // 1000 for ms in sealed_ms(office)] == kept_s, form.__name__
        for code, name in (("00012", AN), ("00013", BINH)):
            minutes = studied.kept[name] // 60_000
            data, paper = slip(office, code)
            assert [line["minutes"] for line in data["lines"] if line["minutes"]] == [minutes] == [studied.shown[name]]
            assert "10/03/2026 tự học" in paper
            assert re.search(r"10/03/2026 chiều Lớp 1 HT được tính: đủ buổi", paper), "the list that staff sent"
        owed_s = studied.minimum_s - studied.kept[BINH] // 1000
        assert f"còn {-(-owed_s // 60)} phút" in paper, "who has not studied enough reads how much is left"
        assert office.run("ledger", "verify") == 0
