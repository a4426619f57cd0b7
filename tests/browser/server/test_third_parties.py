"""Packages of other makers, each played in the browser to its right end; what the server has then."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.server.conftest import Site, our_frame, sco
from tests.browser.server.rows import Rows
from tests.server.packages import made

Play = Callable[[bytes], Page]


@pytest.fixture
def rows(site: Site) -> Rows:
    return Rows(site)


@pytest.fixture
def play(site: Site, new_page: NewPage) -> Play:
    """Opens the package as its topic."""

    def opened(archive: bytes) -> Page:
        site.put(archive)
        page = site.enter(new_page(), "01")
        page.goto(site.learn())
        return page

    return opened


def do(page: Page, title: str, *buttons: str) -> None:
    """Wait for the SCO of this title and press its buttons."""
    frame = our_frame(page).frame_locator(".stage iframe")
    frame.get_by_role("heading", name=title, exact=True).wait_for()
    for name in buttons:
        frame.get_by_role("button", name=name, exact=True).click()


def onward(page: Page, name: str = "Bài tiếp") -> None:
    our_frame(page).get_by_role("button", name=name).click()


def choose(page: Page, title: str) -> None:
    our_frame(page).get_by_role("navigation", name="Mục lục").get_by_role("button", name=title).click()


def ended(page: Page) -> None:
    our_frame(page).get_by_text("Đã đến cuối gói bài").wait_for()


@pytest.mark.parametrize("name", ["single12", "single2004"])
@pytest.mark.parametrize(("button", "status", "score"), [("Đạt", "passed", 90), ("Chưa đạt", "failed", 20)])
def test_a_single_sco_ends_as_it_says(  # noqa: PLR0917
    play: Play, rows: Rows, site: Site, name: str, button: str, status: str, score: int
) -> None:
    page = play(made.PACKAGES[name]())
    do(page, "Bài a", button, "Kết thúc")
    site.settle(page)
    assert (rows.attempt.status, rows.attempt.score) == (status, score)


@pytest.mark.parametrize("name", ["multi12", "multi2004"])
def test_several_scos_are_walked_to_the_end(play: Play, rows: Rows, site: Site, name: str) -> None:
    page = play(made.PACKAGES[name]())
    do(page, "Bài a", "Học xong")
    onward(page)
    do(page, "Bài b", "Học xong")
    onward(page)
    do(page, "Bài c", "Đạt")
    onward(page)
    ended(page)
    site.settle(page)
    assert rows.attempt.status == "passed"
    assert rows.attempt.sections_done == 3
    assert set(rows.cmi) == {"I-a", "I-b", "I-c"}


def test_a_mastery_score_makes_passed_or_failed_of_completed(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.multi12())
    choose(page, "Bài c")
    do(page, "Bài c")
    sco(page).evaluate(
        "sco.set('cmi.core.score.raw', 70); sco.set('cmi.core.lesson_status', 'completed'); sco.finish()"
    )
    site.settle(page)
    assert rows.cmi["I-c"]["core"]["lesson_status"] == "failed"


def test_a_tree_shows_its_headings_and_opens_its_assets(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.nested12())
    contents = our_frame(page).get_by_role("navigation", name="Mục lục")
    assert contents.get_by_text("Phần 2.1").is_visible()
    for title in ("Bài a", "Bài b", "Bài c"):
        choose(page, title)
        do(page, title, "Học xong")
    choose(page, "Bài d")
    do(page, "Bài d")
    onward(page)
    ended(page)
    site.settle(page)
    assert (rows.attempt.status, rows.attempt.sections_done) == ("completed", 3)


def test_prerequisites_open_items_as_they_are_met(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.prerequisites12())
    contents = our_frame(page).get_by_role("navigation", name="Mục lục")

    def is_closed(name: str) -> bool:
        return contents.get_by_role("button", name=f"Bài {name}").get_attribute("aria-disabled") == "true"

    do(page, "Bài a")
    assert [is_closed(name) for name in "abcd"] == [False, True, True, True]
    do(page, "Bài a", "Học xong")
    onward(page)
    do(page, "Bài b")
    assert [is_closed(name) for name in "abcd"] == [False, False, True, True]
    do(page, "Bài b", "Học xong")
    onward(page)
    do(page, "Bài c", "Học xong")
    assert not is_closed("d")
    onward(page)
    do(page, "Bài d", "Học xong")
    onward(page)
    ended(page)
    site.settle(page)
    assert rows.attempt.status == "completed"


def test_an_item_hands_its_settings_to_the_sco(play: Play) -> None:
    page = play(made.settings12())
    do(page, "Bài a")
    ask = sco(page).evaluate
    names = (
        "launch_data", "student_data.mastery_score", "student_data.max_time_allowed", "student_data.time_limit_action",
        "core.entry", "core.credit", "core.lesson_mode", "core.student_name",
    )  # fmt: skip
    assert [ask(f"sco.get('cmi.{name}')") for name in names] == [
        "chế độ=ôn tập", "75.5", "00:30:00", "exit,message", "ab-initio", "credit", "normal", "Người 01",
    ]  # fmt: skip
    assert ask("sco.get('cmi.core.student_id')") not in ("", "01")


def test_a_forced_order_opens_the_next_sco_by_the_one_before(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.forced_order2004())
    do(page, "Bài a")
    onward(page)
    our_frame(page).get_by_text("Gói bài chưa cho mở bài này").wait_for()
    do(page, "Bài a", "Đạt", "Bài tiếp")
    do(page, "Bài b", "Đạt")
    onward(page)
    do(page, "Bài c", "Đạt", "Bài tiếp")
    ended(page)
    site.settle(page)
    assert rows.attempt.status == "passed"


def test_a_rollup_rule_decides_for_the_whole(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.rollup2004())
    do(page, "Bài a", "Đạt", "Bài tiếp")
    do(page, "Bài b", "Đạt", "Bài tiếp")
    do(page, "Bài c", "Chưa đạt", "Bài tiếp")
    ended(page)
    site.settle(page)
    assert rows.attempt.status == "passed", "two of three are enough"


def test_a_package_of_2004_without_sequencing_begins_with_its_first_sco_and_leaves_the_choice(
    play: Play, rows: Rows, site: Site
) -> None:
    page = play(made.unsequenced2004())
    do(page, "Bài a", "Học xong", "Kết thúc")
    choose(page, "Bài b")
    do(page, "Bài b", "Học xong", "Kết thúc")
    site.settle(page)
    assert (rows.attempt.status, set(rows.cmi)) == ("completed", {"I-a", "I-b"})


def test_what_a_pre_test_shows_to_be_known_is_skipped(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.pretest2004())
    do(page, "Bài test", "Đạt", "Bài tiếp")
    do(page, "Bài end", "Học xong", "Bài tiếp")
    ended(page)
    site.settle(page)
    assert set(rows.cmi) == {"I-test", "I-end"}


def test_what_a_pre_test_shows_to_be_unknown_is_taught(play: Play, rows: Rows) -> None:
    page = play(made.pretest2004())
    do(page, "Bài test", "Chưa đạt", "Bài tiếp")
    do(page, "Bài lesson", "Học xong", "Bài tiếp")
    do(page, "Bài end")


def test_addresses_are_whole_by_xml_base(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.xml_base12())
    do(page, "Bài a", "Học xong", "Kết thúc")
    site.settle(page)
    assert rows.attempt.status == "completed"


@pytest.mark.parametrize(
    ("number", "asked"), [(1, "?lang=vi&unit=1"), (2, "?lang=vi&unit=2"), (3, "?lang=vi&unit=3"), (4, "?lang=vi#unit4")]
)
def test_parameters_reach_their_page(play: Play, number: int, asked: str) -> None:
    page = play(made.parameters12())
    choose(page, f"Bài {number}")
    page.wait_for_timeout(100)
    frame = our_frame(page).frame_locator(".stage iframe")
    frame.get_by_role("button", name="Học xong").wait_for()
    assert frame.locator("#asked").inner_text() == asked


def test_several_organizations_are_offered(site: Site, play: Play, rows: Rows) -> None:
    page = play(made.several_organizations12())
    page.get_by_role("link", name="Bản đầy đủ").click()
    do(page, "Bài a", "Học xong")
    site.settle(page)
    assert (set(rows.cmi), rows.attempt.status) == ({"I-a"}, "incomplete"), "the default way has one SCO, this one two"
    onward(page)
    do(page, "Bài b", "Học xong")
    site.settle(page)
    assert rows.attempt.status == "completed"


def test_a_sequenced_study_goes_on_where_it_was_left(play: Play, rows: Rows, site: Site) -> None:
    page = play(made.forced_order2004())
    do(page, "Bài a", "Đạt", "Bài tiếp")
    do(page, "Bài b")
    sco(page).evaluate("sco.set('cmi.location', 'trang-3')")
    page.goto("about:blank")
    site.settle(page)
    page.goto(site.learn())
    do(page, "Bài b")
    assert sco(page).evaluate("[sco.get('cmi.location'), sco.get('cmi.entry')]") == ["trang-3", "resume"]
    do(page, "Bài b", "Đạt", "Bài tiếp")
    do(page, "Bài c", "Đạt", "Bài tiếp")
    ended(page)
    site.settle(page)
    assert rows.attempt.status == "passed"
