"""The learner's walk, whole: a cadre studies a topic on a phone and sees the minutes as provisional; the clock passes
midnight and the night is done; then the days have moved, on the page, on paper and in the JSON; the head of the unit
sees them, and an auditor follows the line down to the spans that the phone sent."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from boiduong_packager.cache import Cache
from boiduong_packager.gather import gather
from boiduong_packager.model import Topic
from boiduong_records.verify import verify
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.tokens import Access, make_token
from boiduong_server.serving.nightly import night
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.learner import FILLERS, kind_of
from tests.browser.server.conftest import Site, sco
from tests.browser.server.rows import Rows
from tests.browser.server.test_pages import person
from tests.browser.test_built_program import right_answer
from tests.exporter.office import Office
from tests.server.lam_giang import CLASS, CONTENT, TOPIC, ms

CODE, NAME = "02", "Trần Thị Bình"
TOUCH = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
BEFORE, AFTER = "Được tính 1 ngày trên tối thiểu 7 ngày", "Được tính 1,1 ngày trên tối thiểu 7 ngày"
_FETCH = "async address => [...new Uint8Array(await (await fetch(address)).arrayBuffer())]"


@pytest.fixture(scope="module")
def topic() -> Topic:
    read = gather(CONTENT, "content/145-2026", Cache(None)).program
    assert read is not None
    return next(topic for topic in read.topics if topic.id == TOPIC)


@dataclass
class Walk:
    """A cadre with a phone, in a class whose topic is there to be studied; later, others with their own machines."""

    site: Site
    new_page: NewPage
    page: Page

    @property
    def frame(self) -> Frame:
        return sco(self.page)

    def home(self) -> None:
        self.page.goto(f"{self.site.application}/")

    def begin(self) -> None:
        """The topic from the page of one's own; the package's own script has begun."""
        self.home()
        self.page.get_by_role("link", name="Chế độ bồi dưỡng theo Quy định 145-QĐ/TW").first.tap()
        self.arrived()

    def arrived(self) -> None:
        self.frame.wait_for_selector("html.js")
        expect(self.page.locator("#ket-noi")).to_have_text("Đang tính giờ")

    def leave(self) -> None:
        """By the page's own link; the last words of the clock and of the package have arrived."""
        self.page.get_by_role("link", name="Của tôi").tap()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(NAME)
        self.site.settle(self.page)

    def read(self, seconds: int) -> None:
        self.site.pass_time(self.page, seconds, self.frame.locator("h1").first.tap)

    def section(self, questions: dict[str, Any]) -> None:
        """Reads the section that is open, answers its questions, goes to the next one."""
        for id_, answer in questions.items():
            form = self.frame.locator(f"#{id_}")
            FILLERS[kind_of(form)](form, answer)
            form.locator("button[type=submit]").tap()
            expect(form.locator(".verdict")).to_contain_text("Đúng")
        link = self.frame.locator(".step:not([hidden]) .on")
        following = link.get_attribute("href")
        assert following
        link.tap()
        self.frame.wait_for_selector(following, state="visible")

    def other(self, code: str, role: Role, organization: str = "") -> Page:
        """Somebody else, at a desk of their own."""
        return self.site.enter(self.new_page(), code, role, organization)


@pytest.fixture
def walk(site: Site, new_page: NewPage) -> Walk:
    site.put(site.lam_giang.packages["scorm12"])
    attended(site)
    site.clock.at_ms = ms(26, 20)
    page = site.enter(new_page(**TOUCH), CODE)
    page.clock.install(time=site.now_s)
    return Walk(site, new_page, page)


def attended(site: Site) -> None:
    """The class's first day, in the hall: without one the rules count nothing that is studied alone."""
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "18/11/2026 Sáng", "18/11/2026 Chiều")
    office = Office(site.lam_giang.folder)
    assert office.bring("attendance", {"Điểm danh": [head, (CLASS, CODE, NAME, "x", "x")]}, "TH1") == 0


def answers(topic: Topic) -> list[dict[str, Any]]:
    """Of each section: right answers by question."""
    told = [{each.id: right_answer(each) for each in section.questions} for section in topic.sections]
    return [{id_: answer for id_, answer in each.items() if answer is not None} for each in told]


def studied(walk: Walk, topic: Topic) -> None:
    """The first half in the evening; the phone is put down, and taken up again where it was."""
    told = answers(topic)
    half = len(told) // 2
    walk.begin()
    for questions in told[:half]:
        walk.read(120)
        walk.section(questions)
    place = walk.frame.locator(".step:not([hidden])").get_attribute("id")
    walk.leave()
    walk.page.get_by_role("link", name="Học tiếp").tap()
    walk.arrived()
    assert walk.frame.locator(".step:not([hidden])").get_attribute("id") == place, "where it was left"
    for questions in told[half:]:
        walk.read(120)
        walk.section(questions)
    expect(walk.frame.locator("#boiduong-result")).to_contain_text("Đã hoàn thành chuyên đề")
    walk.leave()


def overnight(site: Site) -> list[str]:
    site.clock.at_ms = ms(27, 0, 30)
    return list(night(site.house))


def days_in_json(site: Site) -> dict[str, Any]:
    """What a program is told that has a token of its own; Python does not know the name of the host."""
    shown = site.house.store.write(lambda connection: make_token(connection, Access("Open edX", ""), site.clock.at_ms))
    host = site.application.removeprefix("http://")
    asked = Request(
        f"http://127.0.0.1:{host.rpartition(':')[2]}/api/v1/ngay/{CODE}",
        headers={"Host": host, "Authorization": f"Bearer {shown}"},
    )
    with urlopen(asked) as answer:
        said: dict[str, Any] = json.load(answer)
    return said


def on_paper(walk: Walk, folder: Path) -> str:
    """The words of the slip that the phone is given."""
    walk.home()
    address = walk.page.get_by_role("link", name="Phiếu tính ngày").get_attribute("href")
    kept = folder / "phieu.pdf"
    kept.write_bytes(bytes(walk.page.evaluate(_FETCH, address)))
    said = subprocess.run(["pdftotext", "-layout", kept, "-"], capture_output=True, check=True, text=True)
    return " ".join(said.stdout.split())


def redone(auditor: Page) -> int:
    """The seconds of the stretches that a study day was sealed from, added up from the page as an auditor would."""
    table = auditor.get_by_role("table", name="Các quãng học")
    return sum(seconds(row.locator("td.figure").first.inner_text()) for row in table.locator("tbody tr").all())


def seconds(said: str) -> int:
    """Of "9 phút 48 giây"."""
    found = {unit: int(count) for count, unit in re.findall(r"(\d+) (phút|giây)", said)}
    return found.get("phút", 0) * 60 + found.get("giây", 0)


def test_a_topic_studied_on_a_phone_moves_the_days_overnight(walk: Walk, topic: Topic, tmp_path: Path) -> None:
    site, page = walk.site, walk.page
    studied(walk, topic)
    walk.home()
    expect(page.get_by_text(BEFORE)).to_be_visible()
    expect(page.get_by_role("heading", name="Tạm tính, chưa niêm phong")).to_be_visible()
    studied_s = Rows(site, CODE).studied_s
    minutes = studied_s // 60
    assert minutes >= 16
    fresh = page.get_by_role("region", name="Tạm tính, chưa niêm phong")
    expect(fresh).to_contain_text(f"{minutes} phút")
    expect(page.get_by_text("Đã học xong, chờ niêm phong")).to_be_visible()
    told = days_in_json(site)
    assert (told["credited"]["exact"], told["provisional_minutes"]) == ("1", minutes)
    assert BEFORE in on_paper(walk, tmp_path), "nothing counts before it is sealed"

    assert "Đã niêm phong ngày 26/11/2026: 1 người" in "\n".join(overnight(site))
    with site.house.books.reading() as books:
        assert list(verify(books)) == []

    walk.home()
    expect(page.get_by_text(AFTER)).to_be_visible()
    expect(page.get_by_role("heading", name="Tạm tính, chưa niêm phong")).to_have_count(0)
    expect(page.get_by_text(f"đã niêm phong {minutes} phút")).to_be_visible()
    told = days_in_json(site)
    assert (told["credited"]["exact"], told["provisional_minutes"]) == ("9/8", 0)
    paper = on_paper(walk, tmp_path)
    assert AFTER in paper
    assert "1,125" in paper

    head = walk.other("01", Role.UNIT_OFFICER, "DU01")
    head.goto(f"{site.application}/don-vi/DU01")
    expect(head.get_by_role("row", name=NAME).get_by_role("cell").nth(2)).to_have_text("1,1")

    auditor = walk.other("kiem-tra", Role.AUDITOR)
    auditor.goto(f"{site.application}{person(site, CODE)}")
    expect(auditor.get_by_text(AFTER)).to_be_visible()
    auditor.locator("summary", has_text="Chế độ bồi dưỡng theo Quy định 145-QĐ/TW").click()
    line = auditor.get_by_role("row", name="Tự học, đến 26/11/2026")
    expect(line).to_contain_text("0,125")
    line.get_by_role("link").last.click()
    expect(auditor.get_by_role("heading", level=1)).to_have_text(re.compile("Ngày tự học đã niêm phong: mục"))
    expect(auditor.get_by_text("Khớp với tệp đang giữ.")).to_be_visible()
    assert abs(redone(auditor) - studied_s) <= 2, "whole seconds, for each of the two times that the topic was open"
