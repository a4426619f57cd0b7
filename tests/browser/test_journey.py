"""One datum's way through the whole house: a package of ours, really played, its minutes and score in a log, the log in
the books, the day sealed, the days on paper: the same minutes at every station."""

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from boiduong_packager.build import Request, build
from boiduong_packager.cache import Cache
from boiduong_packager.gather import gather
from boiduong_packager.model import Topic

from tests.browser.conftest import NewPage
from tests.browser.learner import Learner
from tests.browser.lms import Lms
from tests.browser.test_built_program import CONTENT, study
from tests.exporter.office import CLASS_HEAD, ORGANIZATION_HEAD, ROSTER_HEAD, SESSION_HEAD, TERM_HEAD, Office
from tests.exporter.studied import write_log

TOPIC = "che-do-boi-duong"
HANOI = timezone(timedelta(hours=7))
NOON = datetime(2026, 11, 20, 11, 57, tzinfo=HANOI)
"""The study begins before noon and ends after it."""
UNITS = [("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh"), ("DU01", "Đảng ủy xã An Hòa", "Cấp ủy", "Xã", "TU")]
CADRE = ("00012", "Nguyễn Văn An", date(1970, 3, 12), "Bí thư", "Đảng ủy xã An Hòa", "01/10/2025", "Tỉnh ủy Lam Giang")
PLACE = {"learner": "00012", "class": "L01", "topic": TOPIC, "edition": "2026.1", "launch": "may-ban-1"}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    assert build(Request(CONTENT, folder, ("scorm12",))).problems == []
    return folder / "145-2026"


@pytest.fixture
def office(tmp_path: Path, dist: Path) -> Office:
    """An office whose class had one day in the hall, which the learner attended, and has a topic to study alone."""
    office = Office(tmp_path)
    term = ("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))
    sheets: dict[str, list[Any]] = {"Tổ chức": [ORGANIZATION_HEAD, *UNITS], "Nhiệm kỳ": [TERM_HEAD, term]}
    assert office.bring("organizations", sheets) == 0
    assert office.bring("roster", {"Cán bộ": [ROSTER_HEAD, CADRE]}) == 0
    assert office.run("import", "catalog", dist / "catalog.json") == 0
    kind = "Cập nhật kiến thức, kỹ năng"
    sheets = {
        "Lớp": [CLASS_HEAD, ("L01", "Lớp 1", kind, "", "Nhóm 3", "QĐ 1", 2)],
        "Buổi": [
            SESSION_HEAD, *(("L01", date(2026, 11, 18), half, "Trực tiếp tại hội trường") for half in ("Sáng", "Chiều"))
        ],
        "Chuyên đề": [("Mã lớp", "Mã chuyên đề", "Hình thức"), ("L01", TOPIC, "Tự học trên hệ thống")],
    }  # fmt: skip
    assert office.bring("classes", sheets) == 0
    head = ("Mã cán bộ", "Họ và tên", "Ngày sinh", "Đơn vị", "18/11/2026 Sáng", "18/11/2026 Chiều")
    marked = {"DD": [("Mã lớp: L01",), head, ("00012", "Nguyễn Văn An", "12/03/1970", "Đảng ủy xã An Hòa", "x", "x")]}
    assert office.bring("attendance", marked) == 0
    return office


def played(learner: Learner, topic: Topic) -> list[dict[str, Any]]:
    """The log of a study from the first section to the end: the host's own clock, and what the package committed."""
    learner.page.evaluate("place => keepTime(document.querySelector('iframe').contentWindow, place)", PLACE)
    study(learner, topic)
    learner.idle(600)  # the phone is laid aside: neither clock counts more than two minutes of it
    signs: list[dict[str, Any]] = learner.page.evaluate("stopClock()")
    core = learner.cmi["core"]
    reported = {"score": int(core["score"]["raw"]), "reported_ms": learner.session_seconds * 1000}
    commit = {
        "name": "boiduong.scorm.commit", "time_ms": signs[-1]["time_ms"], **PLACE, "sequence": 1,
        "status": core["lesson_status"], **reported,
    }  # fmt: skip
    return [*signs, commit]


@pytest.fixture
def learner(dist: Path, new_page: NewPage, lms: Lms) -> Learner:
    """Someone who has just opened the topic, where the host keeps its own clock too."""
    with ZipFile(dist / "scorm12" / f"{TOPIC}.zip") as archive:
        lms.put("hanh-trinh", "scorm12", {name: archive.read(name) for name in archive.namelist()})
    learner = Learner(new_page(), lms, "hanh-trinh", NOON)
    learner.page.add_init_script(path=Path(__file__).parent / "host_clock.js")
    return learner.open()


def test_the_minutes_of_a_study_are_the_same_at_every_station(
    learner: Learner, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = gather(CONTENT, "content/145-2026", Cache(None)).program
    assert program is not None
    log = played(learner, next(topic for topic in program.topics if topic.id == TOPIC))
    reported = log[-1]["reported_ms"]
    assert log[-1]["status"] == "passed"

    assert office.run("import", "log", write_log(tmp_path / "nhat-ky.log.gz", log)) == 0
    assert office.run("seal") == 0
    sealed = f"Đã niêm phong ngày 20/11/2026: 1 người, {reported / 3_600_000:.1f} giờ học".replace(".", ",")
    assert sealed in capsys.readouterr().out
    assert office.run("report", "person", "00012", "--as-of", "30/11/2026", "--out", tmp_path / "an.json") == 0
    report = json.loads((tmp_path / "an.json").read_text("utf-8"))
    (line,) = [line for line in report["lines"] if line["delivery"] == "Tự học trên hệ thống"]
    assert line["minutes"] == reported // 60_000
    assert line["credited"]["exact"] == "1/8", "one period of eight"

    studied = [each["elapsed_ms"] for each in log[:-1]]
    assert abs(sum(studied) - reported) <= 5_000, "one clock, but the host's begins when the package is there already"
