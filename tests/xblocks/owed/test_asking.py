"""Asking the server of the books, against real servers on this machine: whatever a server does, an answer or none is
there within two seconds, and the token goes nowhere else."""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from boiduong_xblocks.owed import asking
from boiduong_xblocks.owed.asking import Outcome, Server, ask, ask_now, server_of

from tests.xblocks.owed.loopback import (
    ANSWER,
    NOBODY,
    TOKEN,
    Behaviour,
    Loopback,
    Serve,
    drips,
    floods,
    hasty,
    raw,
    sends,
    serve,
    sleeps,
)

__all__ = ["hasty", "serve"]

NAMES = ("lan", "lan@example.vn")
AT_MS = 1_797_224_400_000


# What the settings say ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://hoc.tinh.example", True),
        (" https://hoc.tinh.example:8443/ ", True),
        ("http://127.0.0.1:8145", True),
        ("http://localhost:8145", True),
        ("http://[::1]:8145", True),
        ("http://hoc.tinh.example", False),  # the token could be read on the way
        ("http://127.0.0.1.tinh.example", False),
        ("http://localhost.tinh.example", False),
        ("http://10.0.0.5", False),
        ("https://hoc.tinh.example/so", False),
        ("https://hoc.tinh.example?x=1", False),
        ("https://ai:mat-khau@hoc.tinh.example", False),
        ("https://hoc.tinh.example:0", False),
        ("https://hoc.tinh.example:99999", False),
        ("https://học.tinh.example", False),
        ("https://hoc tinh", False),
        ("ftp://hoc.tinh.example", False),
        ("file:///etc/passwd", False),
        ("hoc.tinh.example", False),
        ("https://", False),
        ("https://[", False),
        (7, False),
    ],
)
def test_a_token_is_sent_over_https_or_within_this_machine_only(address: object, sound: bool) -> None:
    assert isinstance(server_of({"server": address, "token": TOKEN}), Server) is sound


@pytest.mark.parametrize(
    ("bucket", "wrong"),
    [
        (None, asking.NOT_SET),
        ({}, asking.NOT_SET),
        ({"server": "", "token": ""}, asking.NOT_SET),
        ({"token": TOKEN}, asking.NO_ADDRESS),
        ({"server": "https://hoc.tinh.example"}, asking.NO_TOKEN),
        ({"server": "https://hoc.tinh.example", "token": "hai dòng\r\nX: 1"}, asking.NO_TOKEN),
    ],
)
def test_settings_that_cannot_be_used_say_what_is_wrong(bucket: object, wrong: str) -> None:
    assert server_of(bucket) == wrong


def test_a_server_is_shown_without_its_token() -> None:
    assert TOKEN not in repr(server_of({"server": "https://hoc.tinh.example", "token": TOKEN}))


# What servers do ------------------------------------------------------------------------------------------------------


def test_an_answer_is_taken_with_its_tag_and_nothing_but_what_is_shown(serve: Serve) -> None:
    there = serve(sends({**ANSWER, "more": "x" * 1000}, more='ETag: "41-0a"\r\n'))
    heard = ask(there.server, NAMES, "", AT_MS)
    assert (heard.outcome, heard.tag) == (Outcome.TOLD, '"41-0a"')
    assert heard.said
    assert heard.said["shortfall"] == {"text": "4,5"}
    assert heard.said.keys() == ANSWER.keys() - {"code", "as_of", "standing", "head"}
    (request,) = there.requests
    assert request.startswith("GET /api/v1/ngay?tai-khoan=lan&tai-khoan=lan%40example.vn&he=Open+edX HTTP/1.1\r\n")
    assert f"Authorization: Bearer {TOKEN}\r\n" in request


def test_what_is_known_is_asked_for_by_its_tag(serve: Serve) -> None:
    there = serve(raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"))
    assert ask(there.server, NAMES, '"41-0a"', AT_MS).outcome is Outcome.SAME
    assert 'If-None-Match: "41-0a"\r\n' in there.requests[0]


def test_an_account_that_the_books_do_not_have_is_told_from_a_wrong_address(serve: Serve) -> None:
    ours, others = serve(sends(NOBODY, "404 Not Found")), serve(sends({"error": "x"}, "404 Not Found"))
    assert ask(ours.server, NAMES, "", AT_MS).outcome is Outcome.NOBODY
    assert ask(others.server, NAMES, "", AT_MS).why == asking.NOT_OURS


def changed(**values: object) -> dict[str, object]:
    return {**ANSWER, **values}


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (sends(NOBODY, "401 Unauthorized"), asking.REFUSED),
        (sends(NOBODY, "403 Forbidden"), asking.REFUSED),
        (sends(ANSWER, "500 Internal Server Error"), asking.BROKEN),
        (sends(b"<h1>Not Found</h1>", "404 Not Found", "text/html"), asking.NOT_OURS),
        (sends(b"<h1>Welcome</h1>", kind="text/html"), asking.NOT_OURS),
        (sends(kind="text/plain"), asking.NOT_OURS),
        (sends(b"khong phai JSON"), asking.NOT_OURS),
        (sends([ANSWER]), asking.NOT_OURS),
        (sends({}), asking.NOT_OURS),
        (sends(json.dumps(ANSWER, ensure_ascii=False).encode("utf-16")), asking.NOT_OURS),
        (sends(json.dumps(ANSWER, ensure_ascii=False).encode("cp1258", "replace")), asking.NOT_OURS),
        (sends(b"[" * 60_000), asking.NOT_OURS),
        (sends(b"1" * 60_000), asking.NOT_OURS),
        (sends(changed(required="7")), asking.NOT_OURS),
        (sends(changed(required={"text": 7})), asking.NOT_OURS),
        (sends(changed(required={"text": "7" * 60})), asking.NOT_OURS),
        (sends(changed(until="30/09/2030")), asking.NOT_OURS),
        (sends(changed(until="2030-02-31")), asking.NOT_OURS),
        (sends(changed(until="20300930")), asking.NOT_OURS),
        (sends(changed(text=None)), asking.NOT_OURS),
        (sends(changed(text="x" * 3000)), asking.NOT_OURS),
        (sends(changed(provisional_minutes="25")), asking.NOT_OURS),
        (sends(changed(provisional_minutes=-1)), asking.NOT_OURS),
        (sends(changed(provisional_minutes=True)), asking.NOT_OURS),
        (sends({name: value for name, value in ANSWER.items() if name != "waiting"}), asking.NOT_OURS),
        (sends(changed(more="x" * 70_000)), asking.NOT_OURS),
        (sends(json.dumps(ANSWER).encode() + b" " * 70_000), asking.NOT_OURS),
        (floods, asking.NOT_OURS),
        (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), asking.NOT_OURS),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"), asking.NOT_OURS),
        (raw(b""), asking.UNREACHED),
    ],
)
def test_anything_but_the_promised_answer_is_none_and_is_told_in_the_log_without_the_token(
    serve: Serve, caplog: pytest.LogCaptureFixture, behaviour: Behaviour, why: str
) -> None:
    there = serve(behaviour)
    heard = ask(there.server, NAMES, "", AT_MS)
    assert (heard.outcome, heard.said, heard.why) == (Outcome.SILENT, None, why)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert there.address in caplog.text
    assert TOKEN not in caplog.text


def test_a_server_that_says_the_token_back_does_not_bring_it_into_the_log(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    said = f"HTTP/9.9 {TOKEN} {TOKEN}\r\n\r\n".encode()
    assert ask(serve(raw(said)).server, NAMES, "", AT_MS).outcome is Outcome.SILENT
    assert caplog.records
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(serve: Serve, status: int) -> None:
    other = serve(sends())
    there = serve(sends({}, f"{status} Moved", more=f"Location: {other.address}/api/v1/ngay\r\n"))
    assert ask(there.server, NAMES, "", AT_MS).why == asking.ELSEWHERE
    assert other.requests == []


def test_no_proxy_sees_the_token(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, there = serve(sends()), serve(sends())
    monkeypatch.setenv("http_proxy", proxy.address)
    assert ask(there.server, NAMES, "", AT_MS).outcome is Outcome.TOLD
    assert proxy.requests == []


def test_a_tag_that_is_none_is_not_sent_back(serve: Serve) -> None:
    there = serve(sends(more='ETag: "a"\r\n b\r\n'))
    assert ask(there.server, NAMES, "", AT_MS).tag == ""


def test_a_server_that_is_not_there_is_no_answer(serve: Serve) -> None:
    gone = serve(sends())
    gone.close()
    began = time.monotonic()
    assert ask(gone.server, NAMES, "", AT_MS).why == asking.UNREACHED
    assert time.monotonic() - began < 1
    plain = serve(sends())
    secret = Server(plain.address.replace("http:", "https:"), TOKEN)
    assert ask(secret, NAMES, "", AT_MS).why == asking.UNREACHED


def test_nobody_waits_longer_than_two_seconds_and_no_thread_is_left(serve: Serve) -> None:
    head, body = b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"
    servers = [serve(behaviour).server for behaviour in (sleeps, drips(head), drips(body))]
    began = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        heard = list(pool.map(lambda server: ask(server, NAMES, "", AT_MS), servers))
    assert [(each.outcome, each.why) for each in heard] == [(Outcome.SILENT, asking.SLOW)] * 3
    assert time.monotonic() - began < 2.9
    assert soon(lambda: not asking_now())


def asking_now() -> int:
    return sum(thread.name == "boiduong-days" for thread in threading.enumerate())


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 1
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


# Many learners --------------------------------------------------------------------------------------------------------


def test_a_silent_server_is_left_alone_for_a_minute(serve: Serve) -> None:
    there = serve(sends({}, "500 Internal Server Error"))
    for later_ms in (0, 1, 59_999):
        assert ask(there.server, NAMES, "", AT_MS + later_ms).outcome is Outcome.SILENT
    assert len(there.requests) == 1
    there.behaviour = sends()
    assert ask(there.server, NAMES, "", AT_MS + 60_000).outcome is Outcome.TOLD
    assert ask(there.server, NAMES, "", AT_MS + 60_001).outcome is Outcome.TOLD


def test_an_operator_who_tries_does_not_wait_for_that_minute(serve: Serve) -> None:
    there = serve(sends({}, "500 Internal Server Error"))
    assert ask(there.server, NAMES, "", AT_MS).outcome is Outcome.SILENT
    there.behaviour = sends()
    assert ask_now(there.server, NAMES, "", AT_MS + 1).outcome is Outcome.TOLD
    assert ask(there.server, NAMES, "", AT_MS + 2).outcome is Outcome.TOLD, "and then learners do not either"


def test_a_person_who_is_in_no_books_silences_nobody(serve: Serve) -> None:
    there = serve(sends(NOBODY, "404 Not Found"))
    assert ask(there.server, NAMES, "", AT_MS).outcome is Outcome.NOBODY
    there.behaviour = sends()
    assert ask(there.server, NAMES, "", AT_MS).outcome is Outcome.TOLD


@pytest.mark.usefixtures("hasty")
def test_a_slow_server_piles_up_no_threads(serve: Serve) -> None:
    there = serve(sleeps)
    began = time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(ask, there.server, NAMES, "", AT_MS) for _ in range(12)]
        assert soon(lambda: asking_now() == 4)
        assert {each.result().outcome for each in asked} == {Outcome.SILENT}
    # Those who came late wait a time of their own, and no longer.
    assert time.monotonic() - began < 2 * asking.PATIENCE_S + 0.9
    assert soon(lambda: not asking_now())


def test_a_class_that_comes_at_once_is_answered(serve: Serve) -> None:
    answer = sends()

    def behave(connection: socket.socket, own: Loopback) -> None:
        time.sleep(0.05)
        answer(connection, own)

    there = serve(behave)
    with ThreadPoolExecutor(20) as pool:
        heard = list(pool.map(lambda _: ask(there.server, NAMES, "", AT_MS).outcome, range(20)))
    assert heard == [Outcome.TOLD] * 20
