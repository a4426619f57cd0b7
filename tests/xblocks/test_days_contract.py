"""Where the block meets our server: what the one says, the other shows, over a real connection."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread

import pytest
from boiduong_exporter.imports.accounts import SYSTEMS
from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.store import open_books
from boiduong_server.accounts.tokens import Access, make_token
from boiduong_server.desk.app import create as create_desk
from boiduong_server.house import House
from boiduong_server.play.app import create as create_play
from boiduong_server.serving.hosts import Hosts
from boiduong_server.store import open_store
from boiduong_xblocks.owed.asking import REFUSED, SYSTEM, Heard, Outcome, ask_now, server_of
from boiduong_xblocks.owed.kept import FRESH_MS
from waitress import create_server

from tests.exporter.office import Office
from tests.server.conftest import Clock, clock, laid_out, lam_giang, rules
from tests.server.lam_giang import NOW, LamGiang
from tests.xblocks.runtime import LAN, Person, Runtime

__all__ = ["clock", "laid_out", "lam_giang", "rules"]


@dataclass(frozen=True)
class Province:
    """Our server as it is reached, over the small province; «lan» is 02 there, and «minh@…» 04."""

    address: str
    house: House

    def token(self, organization: str = "") -> str:
        return self.house.store.write(lambda connection: make_token(connection, Access("Open edX", organization), NOW))

    def ask(self, *names: str, token: str = "", tag: str = "") -> Heard:
        server = server_of({"server": self.address, "token": token or self.token()})
        assert not isinstance(server, str), server
        return ask_now(server, names, tag, NOW)


@pytest.fixture
def province(lam_giang: LamGiang, rules: Rules, clock: Clock) -> Iterator[Province]:
    head = ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản")
    accounts = [("02", "Trần Thị Bình", "Open edX", "lan"), ("04", "Lê Văn Dũng", "", "minh@example.vn")]
    assert Office(lam_giang.folder).bring("accounts", {"Tài khoản": [head, *accounts]}) == 0
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://localhost:{listening.getsockname()[1]}"
    store, archive = open_store(lam_giang.folder / "may-chu.sqlite"), Archive(lam_giang.folder / "so.beats")
    archive.claim("sổ của phép thử")
    with open_books(lam_giang.books) as books:
        house = House(books, store, archive, rules, lam_giang.folder, address, "http://goi.localhost", clock)
        desk = create_desk(house)
        hosts = Hosts(address, desk, house.content, create_play(house))
        server = create_server(hosts, sockets=[listening])
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        found = Province(address, house)
        shown = {"Authorization": f"Bearer {found.token()}"}
        desk.test_client().get(
            "/api/v1/ngay/01", base_url=address, headers=shown
        )  # the books are read once, in its time
        yield found
        server.trigger.pull_trigger(server.close)  # by its own loop, which may be waiting at the sockets
        thread.join(10)
        server.task_dispatcher.shutdown()
    store.close()


def test_a_learner_of_a_course_sees_what_the_books_say(province: Province) -> None:
    lan = Runtime()
    lan.world.settings["boiduong"] = {"server": province.address, "token": province.token()}
    usage = lan.parse('<boiduong_days url_name="days" display_name="Số ngày bồi dưỡng"/>')
    for state in ("12 giờ 00", "12 giờ 10"):  # told, then told that it still holds
        status, said = lan.post(usage, "days", {})
        assert (status, said["state"]) == (200, f"Số liệu lúc {state} ngày 14/12/2026.")
        assert said["result"] == (
            "Được tính 0 ngày trên tối thiểu 7 ngày; còn thiếu 7 ngày đến hết nhiệm kỳ (30/09/2030)."
        )
        assert said["figures"] == [
            ["Tối thiểu", "7 ngày"],
            ["Được tính", "0 ngày"],
            ["Chờ quyết định", "1 ngày"],
            ["Còn thiếu", "7 ngày, đến hết ngày 30/09/2030"],
            ["Tình trạng", "còn thiếu"],
        ]
        lan.world.now_ms += FRESH_MS


def test_what_is_known_is_not_sent_again(province: Province) -> None:
    first = province.ask("lan")
    assert (first.outcome, bool(first.tag)) == (Outcome.TOLD, True)
    assert province.ask("lan", tag=first.tag).outcome is Outcome.SAME
    assert province.ask("minh", "minh@example.vn", tag=first.tag).outcome is Outcome.TOLD, "of another person"


def test_who_is_not_known_is_told_from_a_server_that_does_not_answer(province: Province) -> None:
    assert province.ask("khong-co", "khong-co@example.vn").outcome is Outcome.NOBODY
    assert province.ask("lan", token=province.token("DU02")).outcome is Outcome.NOBODY, "outside the token"
    assert province.ask("lan", "minh@example.vn").outcome is Outcome.NOBODY, "two people"
    assert province.ask("lan", token="bd_khong-phai").why == REFUSED


@pytest.mark.parametrize("code", ["01", "03", "04", "05", "07", "08"])
def test_every_standing_is_of_the_shape_that_the_block_takes(province: Province, code: str) -> None:
    assert province.ask(code).outcome is Outcome.TOLD


def test_an_account_is_asked_for_by_the_name_that_the_books_have_for_the_system() -> None:
    assert SYSTEM in SYSTEMS


def test_a_learner_with_an_email_address_only_is_found_by_it(province: Province) -> None:
    minh = Runtime(Person("minh", "Lê Văn Dũng", "Minh@example.vn"))
    minh.world.settings["boiduong"] = {"server": province.address, "token": province.token()}
    usage = minh.parse('<boiduong_days url_name="days"/>')
    assert minh.post(usage, "days", {})[1]["state"].startswith("Số liệu lúc")
    assert minh.of(LAN).view(usage).json_init_args["shown"]["result"] == ""
