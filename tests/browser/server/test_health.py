"""The page of health on a small phone."""

import pytest
from boiduong_server.accounts.roles import Role
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.browser.server.test_pages import assert_well_set, opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_keeps_the_server_reads_on_a_phone_what_to_do(new_page: NewPage, site: Site, scheme: str) -> None:
    page = opened(site, site.enter(new_page(color_scheme=scheme), "qt01", Role.ADMINISTRATOR), "/suc-khoe/chi-tiet")
    expect(page.get_by_role("heading", name="Tình trạng máy chủ")).to_be_visible()
    expect(page.get_by_text("Chưa có bản sao lưu nào.")).to_be_visible()
    assert_well_set(page)
    assert_accessible(page)
