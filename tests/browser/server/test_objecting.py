"""From what was noted in the hall to what stands in the ledger: a learner objects on a telephone, the monitor answers,
two officers set right what was sealed."""

from boiduong_server.accounts.roles import Role
from boiduong_server.attending.lines import write
from boiduong_server.attending.sheet import Mark
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.browser.server.test_pages import NARROW, assert_well_set, opened
from tests.server.attending.conftest import laid_out
from tests.server.attending.held import HALL, hold
from tests.server.attending.test_sealing import AFTER, HAND, Written, close_now, scan, seal
from tests.server.desk.test_correcting import form
from tests.server.lam_giang import ms

__all__ = ["laid_out"]


def test_from_an_objection_to_a_correction(site: Site, new_page: NewPage) -> None:
    held = hold(site.house)
    hall = held.sitting(HALL)
    scan(held, hall, "01", "03")
    excused = Written(held.cadres["02"], Mark.EXCUSED, site.clock.at_ms, "n1", reason="có phép")
    write(site.house.store, hall, HAND, [excused], site.clock.at_ms)
    site.clock.at_ms = ms(26, 11, 40)
    close_now(held, hall)

    learner = site.enter(new_page(viewport=NARROW), held.known_to(site, held.learner("05")))
    opened(site, learner, "/")
    learner.get_by_role("link", name="Buổi sáng 26/11/2026").click()
    assert_accessible(learner)
    assert_well_set(learner)
    learner.get_by_label("Điều chưa đúng, và vì sao").fill("Có mặt từ 8:10, máy hết pin.")
    learner.get_by_role("button", name="Gửi ý kiến").click()
    expect(learner.get_by_text("Đã nêu ý kiến, chờ trả lời")).to_be_visible()
    assert_accessible(learner)

    monitor = site.enter(new_page(), held.known_to(site, held.monitor(HALL)))
    opened(site, monitor, f"/buoi/{hall.public}/y-kien")
    assert_accessible(monitor)
    assert_well_set(monitor)
    monitor.get_by_label("Chấp nhận: ghi có mặt").check()
    monitor.get_by_label("Giờ vào, nếu ghi có mặt").fill("08:10")
    monitor.get_by_label("Lý do").fill("tổ trưởng xác nhận")
    monitor.get_by_role("button", name="Trả lời").click()
    expect(monitor.get_by_text("Đã chấp nhận")).to_be_visible()

    site.clock.at_ms = AFTER
    seal(site.house)
    site.clock.at_ms = ms(30, 9)
    first = site.enter(new_page(), "can-bo-1", Role.PROVINCE_OFFICER)
    opened(site, first, form(held, "05"))
    assert_accessible(first)
    assert_well_set(first)
    first.get_by_label("Giờ vào").fill("07:35")
    first.get_by_label("Lý do, căn cứ").fill("bản ký giấy")
    first.get_by_role("button", name="Gửi đề nghị").click()
    expect(first.get_by_text("Chờ duyệt").first).to_be_visible()

    second = site.enter(new_page(), "can-bo-2", Role.PROVINCE_OFFICER)
    opened(site, second, "/dinh-chinh")
    assert_accessible(second)
    assert_well_set(second)
    second.get_by_role("link", name="của sổ").first.click()
    assert_accessible(second)
    assert_well_set(second)
    opened(site, second, "/dinh-chinh")
    second.get_by_role("button", name="Duyệt").click()
    expect(second.get_by_text("Đã đính chính cho")).to_be_visible()
