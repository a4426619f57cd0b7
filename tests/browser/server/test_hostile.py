"""A hostile package: whatever it tries against the application, its host or other learners, nothing comes of it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.server.conftest import Site, our_frame, sco
from tests.browser.server.rows import Rows
from tests.server.lam_giang import CLASS, TOPIC
from tests.server.packages import made

TRIES = """async ({ application, cookie }) => {
  const tried = {};
  const attempt = async (name, act) => {
    try { tried[name] = await act(); } catch (error) { tried[name] = "refused: " + error.name; }
  };
  const top = () => window.parent.parent;
  await attempt("cookies", () => document.cookie);
  await attempt("plant", () => { document.cookie = `${cookie}=gia; Domain=boiduong.localhost; Path=/; Secure`; });
  await attempt("plain", () => { document.cookie = "gia=1; Domain=boiduong.localhost; Path=/"; });
  await attempt("document", () => top().document.title);
  await attempt("storage", () => top().localStorage.getItem("boiduong-cho-gui"));
  await attempt("navigate", () => { top().location = application + "/dang-xuat"; });
  await attempt("blank", () => { top().location.href = "about:blank"; });
  await attempt("script", () => top().eval("1"));
  await attempt("worker", () => navigator.serviceWorker.register("worker.js").then(() => "registered"));
  for (const method of ["GET", "POST"]) {
    for (const path of ["/", "/tai-khoan", "/nhat-ky", "/goi-bai"]) {
      await attempt(`${method} ${path}`, async () => {
        const answer = await fetch(application + path, { method, credentials: "include" });
        return answer.status;
      });
      await attempt(`${method} ${path} blind`, async () => {
        const answer = await fetch(application + path, { method, credentials: "include", mode: "no-cors" });
        return answer.type === "opaque" ? "opaque" : answer.status;
      });
    }
  }
  await attempt("embed", () => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.src = application + "/";
    frame.onload = () => done(frame.contentDocument ? frame.contentDocument.title : "refused");
    document.body.append(frame);
  }));
  await attempt("others", async () => (await fetch("/phien/khac/", {})).status);
  const beats = { method: "POST", body: '{"signs":[]}' };
  await attempt("other beats", async () => (await fetch("/phien/khac/nhip", beats)).status);
  return tried;
}"""


@pytest.fixture
def page(site: Site, new_page: NewPage) -> Page:
    files = {"worker.js": "self.addEventListener('fetch', () => {})", "a.html": made.page("Bài a")}
    manifest = made.manifest12(made.organizations(made.item("a")), made.resources("a"))
    site.put(made.zipped({"imsmanifest.xml": manifest, "runtime.js": made.RUNTIME, **files}))
    page = site.enter(new_page(), "01")
    page.goto(site.learn())
    sco(page).wait_for_selector("h1")
    return page


def test_nothing_comes_of_what_a_package_tries(site: Site, page: Page) -> None:
    site.account("02")
    cookie = str(site.desk.config["SESSION_COOKIE_NAME"])
    tried: dict[str, Any] = sco(page).evaluate(TRIES, {"application": site.application, "cookie": cookie})
    assert tried.pop("cookies") == ""
    for name in ("plant", "plain"):
        tried.pop(name)
    for name in ("document", "storage", "script", "navigate", "blank", "worker"):
        assert str(tried.pop(name)).startswith("refused"), name
    assert tried.pop("embed") == "refused"
    assert (tried.pop("others"), tried.pop("other beats")) == (404, 404)
    assert all(str(value).startswith("refused") or value == "opaque" for value in tried.values()), tried

    assert page.url == site.learn()
    known = {each["name"]: each for each in page.context.cookies(site.application.replace("http:", "https:"))}
    assert known[cookie]["value"] != "gia", "a __Host- cookie cannot be planted by a neighbour"
    page.goto(site.learn())
    assert page.get_by_role("heading", level=1).first.is_visible(), "still entered"


BLIND = """async (application) => {
  for (const path of ["/", "/tai-khoan", "/dang-xuat"]) {
    for (const method of ["GET", "POST"]) {
      await fetch(application + path, { method, credentials: "include", mode: "no-cors" }).catch(() => {});
    }
  }
}"""


def test_requests_of_a_package_are_all_refused_by_the_application(site: Site, page: Page) -> None:
    site.settle(page)
    before = len(site.traffic.answered)
    sco(page).evaluate(BLIND, site.application)
    theirs = [each for each in site.traffic.answered[before:] if each.url.startswith(site.application)]
    assert len(theirs) == 6
    assert {each.status for each in theirs} == {403}


def test_a_window_that_a_package_opens_onto_the_application_takes_no_launch(site: Site, page: Page) -> None:
    before = Rows(site).launches
    path = f"{site.application}/hoc/{CLASS}/{TOPIC}"
    sco(page).evaluate("address => { window.other = window.open(address) }", path)
    page.wait_for_timeout(500)
    assert Rows(site).launches == before
    assert sco(page).evaluate("() => { try { return window.other.document.title } catch (error) { return '' } }") == ""


def test_the_content_host_sets_no_cookie_and_keeps_nothing(site: Site, page: Page) -> None:
    sco(page).evaluate("document.cookie = 'goi=1; path=/'")
    page.reload()
    sco(page).wait_for_selector("h1")
    theirs = [each for each in site.traffic.answered if each.url.startswith(site.content)]
    assert theirs
    assert not [each for each in theirs if "set-cookie" in each.headers]
    assert our_frame(page).evaluate("Object.keys(localStorage).length") == 0
