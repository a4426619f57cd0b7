"""A morning as it is held: a hall and a bridge, each with its monitor, a screen and several telephones; then the books.

Every telephone is a context of its own, as every person's is. What each can meet by itself is in test_scanning.py,
test_roll.py and test_screen.py; here they meet one another.
"""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.server.conftest import Site
from tests.browser.server.test_scanning import NO_STORAGE, known, log_in, ready
from tests.browser.server.test_screen import PROJECTOR, shown
from tests.server.attending.conftest import laid_out
from tests.server.attending.held import BRIDGE, CLASS, HALL, Held, hold
from tests.server.attending.test_sealing import AFTER, seal
from tests.server.lam_giang import ms

__all__ = ["laid_out"]
MINUTE = 60_000


def opens(site: Site, held: Held, new_page: NewPage, place: str) -> tuple[Page, Page]:
    """The monitor's telephone and the projector, as both are after the sitting was opened from the class kit."""
    phone, projector = new_page(viewport=PHONE), new_page(viewport=PROJECTOR)
    for page in (phone, projector):
        site.enter(page, held.known_to(site, held.monitor(place)))
    phone.goto(f"{site.application}/lop/{CLASS}/diem-danh")
    phone.get_by_role("button", name="Mở điểm danh").click()
    phone.get_by_role("link", name="Danh sách", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    projector.goto(phone.url + "/man-hinh")
    expect(projector.locator("#qr svg")).to_be_visible()
    return phone, projector


def sitting_at(phone: Page) -> str:
    return phone.url.rpartition("/")[2]


def address(site: Site, phone: Page, projector: Page) -> str:
    """Where a camera in the room is led to."""
    return f"{site.application}/D/{sitting_at(phone)}{shown(projector)}"


def heading(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(said)


def closes(site: Site, held: Held, phone: Page, place: str) -> None:
    """Having entered again, as officers do after half an hour."""
    public = sitting_at(phone)
    site.enter(phone, held.known_to(site, held.monitor(place)))
    phone.goto(f"{site.application}/buoi/{public}/dong")
    phone.get_by_role("button", name="Kết thúc điểm danh").click()
    expect(phone.get_by_text("Đã kết thúc").first).to_be_visible()


def person(site: Site, held: Held, page: Page, code: str) -> Page:
    return site.enter(page, held.known_to(site, held.learner(code)))


def types(site: Site, page: Page, letters: str) -> None:
    """On a telephone whose browser keeps nothing."""
    page.add_init_script(NO_STORAGE)
    page.goto(f"{site.application}/D")
    page.get_by_label("Sáu chữ trên màn hình").fill(letters)
    page.get_by_role("button", name="Điểm danh").click()


def reads_without_a_connection(site: Site, page: Page, there: str) -> None:
    site.traffic.down = True
    page.goto(there)
    heading(page, "Đã giữ mã lúc")
    site.traffic.down = False


def passes(site: Site, telephone: Page, by_ms: int) -> None:
    """Time, for the server and for a telephone that keeps a reading."""
    site.clock.at_ms += by_ms
    telephone.add_init_script(f"Date.now = ((now) => () => now() + {by_ms})(Date.now)")


def leads(site: Site, page: Page, public: str, member: str) -> None:
    """Ticks a member of the team, as its leader."""
    page.goto(f"{site.application}/diem-danh/to/{public}")
    page.get_by_role("checkbox", name=member).check()
    page.get_by_role("button", name="Có mặt", exact=True).click()
    expect(page.locator("[data-key]", has_text=member)).to_contain_text("tổ trưởng ghi")


def counts(phone: Page, heads: int) -> None:
    phone.get_by_label("Đếm trong phòng").fill(str(heads))
    phone.get_by_role("button", name="Ghi sĩ số").click()


def finds(site: Site, page: Page, presence: str) -> None:
    """On one's own page, once it is sealed."""
    page.goto(f"{site.application}/diem-danh")
    half_day = page.get_by_role("listitem").filter(has_text="Buổi sáng 26/11/2026")
    expect(half_day).to_contain_text(presence)
    expect(half_day).to_contain_text("Đã niêm phong ở mục")


def test_a_morning_in_the_hall_and_at_the_bridge(site: Site, new_page: NewPage) -> None:
    site.clock.at_ms = ms(26, 7, 20)
    held = hold(site.house)
    hall, hall_screen = opens(site, held, new_page, HALL)
    bridge, bridge_screen = opens(site, held, new_page, BRIDGE)
    photograph = address(site, hall, hall_screen)
    first = new_page(viewport=PHONE)  # 01 has not entered yet
    first.goto(photograph)
    second = person(site, held, new_page(viewport=PHONE), "02")
    types(site, second, shown(hall_screen))
    heading(second, "Có mặt từ 7:20")
    sixth = ready(site, held, new_page(viewport=PHONE), "06")
    reads_without_a_connection(site, sixth, address(site, bridge, bridge_screen))

    passes(site, sixth, 5 * MINUTE)
    log_in(first, known(site, held, "01"))
    heading(first, "Có mặt từ 7:20")
    seventh = person(site, held, new_page(viewport=PHONE), "07")  # sits elsewhere, and was sent the photograph
    seventh.goto(photograph)
    heading(seventh, "Mã này đã hết hạn")
    third, public = person(site, held, new_page(viewport=PHONE), "03"), sitting_at(hall)
    third.goto(f"{site.application}{held.address(held.prepared(HALL))}")
    heading(third, "Có mặt từ 7:25")
    leads(site, third, public, "Lê Văn Dũng")

    hall.reload()
    expect(hall.locator("[data-count=present]")).to_have_text("4")
    expect(hall.get_by_role("listitem").filter(has_text="Mã này đã hết hạn")).to_contain_text("Hồ Văn Minh (07)")
    counts(hall, 5)
    expect(hall.get_by_text("chênh 1").first).to_be_visible()
    sixth.goto(f"{site.application}/diem-danh")
    expect(sixth.get_by_text("Đã gửi mã").first).to_be_visible()
    bridge.reload()
    expect(bridge.locator("[data-count=present]")).to_have_text("0")
    bridge.get_by_role("button", name="Xác nhận danh sách này").click()
    expect(bridge.locator("[data-count=present]")).to_have_text("1")

    site.clock.at_ms = ms(26, 11, 40)
    closes(site, held, hall, HALL)
    closes(site, held, bridge, BRIDGE)
    site.clock.at_ms = AFTER
    seal(site.house)
    said = {"01": "Có mặt", "04": "Có mặt", "05": "Vắng", "06": "Có mặt", "07": "Vắng"}
    for code, presence in said.items():
        finds(site, person(site, held, second, code), presence)
