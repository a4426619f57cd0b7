"""What the preview answers, and whom it refuses."""

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from boiduong_packager.preview.server import PreviewServer, serve

from tests.packager.preview.sample import FILM, Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def server(workshop: Workshop) -> Iterator[PreviewServer]:
    with workshop.served() as server:
        yield server


def ask(server: PreviewServer, path: str, method: str = "GET", body: str | None = None, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def post(server: PreviewServer, path: str, message: dict[str, Any], **headers: str) -> Any:
    return json.loads(ask(server, path, "POST", json.dumps(message), **headers).read())


def commit(server: PreviewServer, launch: int, sequence: int, total: str, **headers: str) -> Any:
    core = {"lesson_status": "incomplete", "exit": "suspend", "total_time": total, "session_time": "00:00:30"}
    message = {"cmi": {"core": core, "suspend_data": "trang-3"}, "commitSequence": sequence}
    return post(server, f"/luu/scorm12/mo-dau?lan={launch}", message, **headers)


def test_the_first_page_names_sessions_topics_and_downloads(server: PreviewServer) -> None:
    page = urlopen(server.url).read().decode()
    for words in (
        "Chương trình ví dụ",
        "Nghe báo cáo viên",
        "Trực tiếp tại hội trường · 4 tiết · 25/11/2026",
        "ít nhất 2 phút",
        'href="/hoc/scorm12/mo-dau"',
        'href="/hoc/scorm2004/mo-dau"',
        'href="/tai/scorm12/mo-dau.zip"',
    ):
        assert words in page
    assert "Mở đầu &lt;về&gt; chương trình" in page
    assert "<về>" not in page


def test_a_film_is_served_in_parts(server: PreviewServer) -> None:
    path = "/goi/scorm12/mo-dau/media/phim.mp4"
    whole = ask(server, path)
    assert (whole.status, whole.headers["Content-Type"], whole.read()) == (200, "video/mp4", FILM)
    for wanted, first, last in (
        ("bytes=300-309", 300, 309),
        ("bytes=10230-", 10230, 10239),
        ("bytes=-5", 10235, 10239),
    ):
        part = ask(server, path, Range=wanted)
        assert (part.status, part.read()) == (206, FILM[first : last + 1])
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/10240"
    beyond = ask(server, path, Range="bytes=99999-")
    assert (beyond.status, beyond.headers["Content-Range"]) == (416, "bytes */10240")


def test_head_tells_the_length_alone(server: PreviewServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        host = f"Host: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n"
        line.sendall(f"HEAD /goi/scorm12/mo-dau/media/phim.mp4 HTTP/1.1\r\n{host}".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert b"Content-Length: 10240\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    "path",
    [
        "/goi/scorm12/mo-dau/../../../catalog.json",
        "/goi/scorm12/mo-dau/%2e%2e/%2e%2e/content/vi-du/01-mo-dau.md",
        "/goi/scorm12/mo-dau//etc/passwd",
        "/goi/scorm12/mo-dau/media/",
        "/goi/scorm12/mo-dau",
        "/goi/web/mo-dau/hoc.html",
        "/goi/../scorm12/mo-dau.zip",
        "/web/../catalog.json",
        "/web/%2e%2e%2f%2e%2e%2fcontent/vi-du/01-mo-dau.md",
        "/tai/../../content/vi-du/01-mo-dau.md",
        "/tai/catalog.json",
        "/tinh/../server.py",
        "/hoc/scorm12/khong-co",
        "/hoc/scorm13/mo-dau",
        "/khac",
    ],
)
def test_nothing_but_built_files_is_handed_out(server: PreviewServer, workshop: Workshop, path: str) -> None:
    (workshop.out / "vi-du/catalog.json").write_text("{}", encoding="utf-8")
    assert ask(server, path).status == 404


def test_a_foreign_host_name_is_refused(server: PreviewServer) -> None:
    assert ask(server, "/", Host=f"ke-gian.example:{server.port}").status == 421
    assert ask(server, "/", Host=f"localhost:{server.port}").status == 200


def test_a_foreign_page_cannot_write(server: PreviewServer) -> None:
    opened = post(server, "/mo/scorm12/mo-dau", {})
    path = f"/luu/scorm12/mo-dau?lan={opened['launch']}"
    assert ask(server, path, "POST", "{}", Origin="https://ke-gian.example").status == 403
    assert commit(server, opened["launch"], 1, "00:00:30", Origin=f"http://127.0.0.1:{server.port}")["result"] is True


def test_what_is_no_message_is_refused(server: PreviewServer) -> None:
    assert ask(server, "/luu/scorm12/mo-dau?lan=1", "POST", "không phải JSON".encode().decode("latin-1")).status == 400
    assert ask(server, "/luu/scorm12/mo-dau?lan=1", "POST", "[]").status == 400
    assert ask(server, "/luu/scorm12/mo-dau", "POST", "{}").status == 400
    assert ask(server, "/luu/scorm12/mo-dau?lan=1", "POST", "x", Content_Length="9999999").status == 413
    assert ask(server, "/", "DELETE").status == 501


def test_answers_are_never_cached_and_our_pages_have_a_policy(server: PreviewServer) -> None:
    answer = ask(server, "/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert ask(server, "/goi/scorm12/mo-dau/hoc.html").headers["Content-Security-Policy"] is None


def test_total_time_is_replaced_and_the_state_survives_a_restart(workshop: Workshop) -> None:
    with workshop.served() as server:
        launch = post(server, "/mo/scorm12/mo-dau", {})["launch"]
        assert commit(server, launch, 1, "00:00:30")["result"] is True
        assert commit(server, launch, 2, "00:01:00")["result"] is True
    with workshop.served() as server:
        core = post(server, "/mo/scorm12/mo-dau", {})["cmi"]["core"]
    assert (core["total_time"], core["entry"], core["lesson_mode"]) == ("00:01:00", "resume", "normal")
    assert "session_time" not in core


def test_a_beacon_says_text_plain_and_is_taken_in(server: PreviewServer) -> None:
    launch = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    assert commit(server, launch, 1, "00:00:30", Content_Type="text/plain;charset=UTF-8")["result"] is True


def test_a_stale_commit_is_refused(server: PreviewServer) -> None:
    first = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    assert commit(server, first, 2, "00:00:40")["result"] is True
    assert commit(server, first, 1, "00:00:30") == {"result": False, "errorCode": 101}
    second = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    assert commit(server, first, 3, "00:00:50")["result"] is False
    assert commit(server, second, 1, "00:01:00")["result"] is True


def test_beginning_anew_forgets_the_results_but_not_the_count_of_launches(server: PreviewServer) -> None:
    first = post(server, "/mo/scorm12/mo-dau", {})["launch"]
    commit(server, first, 1, "00:00:30")
    opened = post(server, "/mo/scorm12/mo-dau", {"fresh": True})
    assert opened["launch"] == first + 1
    assert opened["cmi"]["core"]["entry"] == "ab-initio"
    assert "suspend_data" not in opened["cmi"]
    assert commit(server, first, 2, "00:00:40")["result"] is False


def test_scorm_2004_brings_values_back_only_after_suspend(server: PreviewServer) -> None:
    for leave, entry, data in (("suspend", "resume", "trang-3"), ("normal", "ab-initio", None)):
        launch = post(server, "/mo/scorm2004/mo-dau", {"fresh": True})["launch"]
        message = {"cmi": {"exit": leave, "suspend_data": "trang-3"}, "commitSequence": 1, "terminated": True}
        post(server, f"/luu/scorm2004/mo-dau?lan={launch}", message)
        opened = post(server, "/mo/scorm2004/mo-dau", {})
        assert (opened["cmi"]["entry"], opened["cmi"].get("suspend_data")) == (entry, data)
        assert opened["dropped"] is (leave == "normal")


def test_faults_of_the_build_are_shown_and_the_last_good_packages_stay(workshop: Workshop) -> None:
    with workshop.served():
        pass
    _write_catalog(workshop)
    workshop.write("LỖI")
    with workshop.served() as server:
        page = urlopen(server.url).read().decode()
        for words in ("01-mo-dau.md:7", "Q03", "thiếu đáp án &lt;b&gt;", "đánh dấu bằng [x]", "Mở đầu &lt;về&gt;"):
            assert words in page
        assert ask(server, "/goi/scorm12/mo-dau/hoc.html").status == 200


def test_a_program_that_never_built_shows_its_faults(workshop: Workshop) -> None:
    workshop.write("LỖI")
    with workshop.served() as server:
        assert "Chưa dựng được: 1 lỗi, 0 cảnh báo" in urlopen(server.url).read().decode()


def test_a_disk_that_cannot_be_written_is_told(workshop: Workshop) -> None:
    def build() -> Any:
        raise OSError(28, "No space left on device", "dist/vi-du")

    server = PreviewServer(workshop.program, workshop.out, build)
    server.start()
    page = urlopen(server.url).read().decode()
    server.close()
    assert "Không đọc hoặc ghi được dist/vi-du: No space left on device" in page


def test_a_taken_port_is_told_with_a_way_out(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(workshop.program, workshop.out, port, workshop.build) == 2
    said = capsys.readouterr().err
    assert f"Cổng {port} " in said
    assert f"--port {port + 1}" in said


def test_the_server_listens_on_this_computer_alone(server: PreviewServer) -> None:
    assert server.url == f"http://127.0.0.1:{server.port}/"
    request = Request(server.url, headers={"Host": f"0.0.0.0:{server.port}"})
    with pytest.raises(OSError, match="421"):
        urlopen(request)


def _write_catalog(workshop: Workshop) -> None:
    from boiduong_vocabulary.catalog import to_json  # noqa: PLC0415  (what the real build leaves behind)

    catalog = workshop.build().catalog
    assert catalog is not None
    (workshop.out / "vi-du/catalog.json").write_text(to_json(catalog), encoding="utf-8")
