"""An officer brings a package of others, mends it, says what it is: in a browser, without a script."""

from pathlib import Path

import pytest
from boiduong_server.accounts.roles import Role
from boiduong_server.packages.faults import Code
from boiduong_server.shelf.shelf import packages_for
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.server.packages import made
from tests.server.packages.broken import CASES


@pytest.fixture
def page(site: Site, new_page: NewPage) -> Page:
    return site.enter(new_page(viewport=PHONE), "nv-tinh", Role.PROVINCE_OFFICER)


def send(page: Page, path: Path) -> None:
    page.get_by_label("Thêm gói bài").set_input_files(path)
    page.get_by_role("button", name="Gửi và kiểm tra").click()


def test_a_package_of_others_is_mended_described_and_offered(site: Site, new_page: NewPage, tmp_path: Path) -> None:
    page = site.enter(new_page(viewport=PHONE, java_script_enabled=False), "nv-tinh", Role.PROVINCE_OFFICER)
    faulty, sound = tmp_path / "hỏng.zip", tmp_path / "bài.zip"
    faulty.write_bytes(CASES[Code.MANIFEST_IN_FOLDER][0]())
    sound.write_bytes(made.nested12())
    page.goto(f"{site.application}/goi-bai")
    send(page, faulty)
    alert = page.get_by_role("alert")
    assert "X02" in alert.inner_text()
    assert "«bai»" in alert.inner_text()
    send(page, sound)
    assert page.get_by_role("heading", level=1).inner_text() == "Chuyên đề ví dụ"
    for label, text in (
        ("Tên chuyên đề", "Kỹ năng số"), ("Bản", "2026.1"), ("Số tiết", "2"), ("Thời gian học ít nhất (phút)", "40"),
        ("Đối tượng học", "Nhóm 3"), ("Cơ quan ban hành, nguồn", "Học viện A"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Ghi mô tả vào sổ").click()
    assert "Còn 1 ô cần sửa" in page.get_by_role("alert").inner_text()
    page.get_by_text("d) Kinh nghiệm các nước").click()
    page.get_by_role("button", name="Ghi mô tả vào sổ").click()
    assert "Đã ghi mô tả vào sổ" in page.get_by_role("status").inner_text()
    with site.house.store.reading() as connection:
        (offered,) = packages_for(connection, "ky-nang-so", "2026.1")
    assert offered.file_name == "bài.zip"


def test_the_pages_of_packages_are_accessible(site: Site, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "ngoài.zip"
    path.write_bytes(CASES[Code.FOREIGN_FRAME][0]())
    page.goto(f"{site.application}/goi-bai")
    assert_accessible(page)
    send(page, path)
    assert_accessible(page)
    page.get_by_role("button", name="Ghi mô tả vào sổ").click()
    assert_accessible(page)
    page.goto(f"{site.application}/goi-bai")
    assert_accessible(page)
    path.write_bytes(CASES[Code.UNKNOWN_RESOURCE][0]())
    send(page, path)
    assert_accessible(page)
