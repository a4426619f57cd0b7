"""What the preview answers, and whom it refuses."""

import socket
import sys
from pathlib import Path
from signal import SIGINT
from subprocess import PIPE, Popen
from typing import Any
from urllib.request import Request, urlopen

import pytest
from boiduong_packager.preview.server import PreviewServer, serve

from tests.packager.preview.asking import ask, commit, post
from tests.packager.preview.sample import FILM, Workshop


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to another process")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    # A shell's background jobs ignore Ctrl+C, and children inherit that.
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "import sys, pathlib; from tests.packager.preview.sample import Workshop; "
        "from boiduong_packager.preview.server import serve; w = Workshop(pathlib.Path(sys.argv[1])); "
        "sys.exit(serve(w.program, w.out, 0, w.build))"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    root = Path(__file__).parents[3]
    with Popen(command, cwd=root, stdout=PIPE, stderr=PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        assert "Đã dựng: 0 lỗi, 0 cảnh báo" in process.stdout.readline()
        assert "Mở http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(SIGINT)
        try:
            assert process.communicate(timeout=10) == ("\n", "")
        finally:
            process.kill()
    assert process.returncode == 0


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
