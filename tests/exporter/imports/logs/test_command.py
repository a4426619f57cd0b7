"""`boiduong import log`, `seal` and `ledger verify` as an officer types them, a kill in the middle included."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from boiduong_exporter.logs.halves import LARGE

from tests.exporter.office import Office
from tests.exporter.studied import COMMIT, beat, beats, ms, said, write_log


def files(office: Office) -> list[str]:
    return sorted(path.name for path in (office.folder / "so.beats").glob("*.parquet*"))


def test_a_log_comes_in_is_sealed_and_found_whole(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write_log(tmp_path / "nhip.jsonl.gz", [*beats(ms(10, 19), 90), beat(ms(10, 21), elapsed_ms=0)])
    capsys.readouterr()
    assert office.run("import", "log", log, "--by", "Phép thử") == 0
    answer = capsys.readouterr().out
    assert "1 dòng bỏ qua, 180 dòng đã nhận; ghi ở mục" in answer
    assert "Có 1 ngày chưa niêm phong: chạy «boiduong seal» trước khi báo cáo." in answer
    assert office.run("report", "unit", "TU", "--as-of", "31/03/2026", "--out", tmp_path / "a.csv") == 0
    assert "Nhật ký của 1 ngày chưa niêm phong" in capsys.readouterr().out
    assert office.run("seal", "--by", "Phép thử") == 0
    assert "Đã niêm phong ngày 10/03/2026: 1 người, 1,5 giờ học, 1 mục mới." in capsys.readouterr().out
    assert office.run("seal", "--engine", "sqlite") == 0
    assert "Không có ngày học nào cần niêm phong" in capsys.readouterr().out
    assert office.run("ledger", "verify") == 0


@pytest.mark.parametrize("harm", ["thiếu tệp nhịp học", "đã bị sửa hoặc bị hỏng"])
def test_verify_finds_a_day_file_that_is_gone_or_altered(
    office: Office, tmp_path: Path, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    office.run("import", "log", write_log(tmp_path / "nhip.jsonl", beats(ms(10, 19), 5)))
    (path,) = (office.folder / "so.beats").glob("*.parquet")
    path.unlink() if harm.startswith("thiếu") else path.write_bytes(path.read_bytes() + b"\0")
    assert office.run("ledger", "verify") == 1
    assert f"ngày 10/03/2026: {'thiếu ' if harm.startswith('thiếu') else ''}" in (told := capsys.readouterr().out)
    assert harm in told


def test_an_unknown_engine_is_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("seal", "--engine", "oracle://máy") == 1
    assert "không biết công cụ tính toán" in capsys.readouterr().err.casefold()


@pytest.mark.parametrize(
    ("words", "told"),
    [(("plan", "--class", "L01"), "--class chỉ dùng với"), (("roster", "--sample"), "--sample chỉ dùng với")],
)
def test_options_of_other_lists_are_refused(
    office: Office, words: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind, *options = words
    assert office.run("import", kind, tmp_path / "catalog.json", *options) == 2
    assert told in capsys.readouterr().err


def test_books_that_hold_something_do_not_become_a_sample(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("import", "organizations", office.folder / "organizations.xlsx", "--sample") == 1
    assert "không thành sổ mẫu được" in capsys.readouterr().err


def test_a_kill_in_the_middle_leaves_nothing_half_done(office: Office, tmp_path: Path) -> None:
    """The first day's file is on the disk already, the books do not name it yet."""
    lines = [line for day in range(3, 20) for line in beats(ms(day, 19), 200)]
    log = write_log(tmp_path / "nhip.jsonl", lines)
    command = "import sys; from boiduong_vocabulary.command import main; sys.exit(main())"
    words = ("import", "log", str(log), "--books", str(office.books))
    running = subprocess.Popen([sys.executable, "-c", command, *words], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not files(office) and running.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it must be killed while it works"
    left = files(office)
    assert left, "the kill came before anything was written"
    assert office.run("ledger", "verify") == 0
    assert office.run("import", "log", log) == 0
    assert office.run("seal") == 0
    assert office.run("ledger", "verify") == 0
    assert len(files(office)) == 17


def test_a_large_log_comes_in_by_two_processes_of_the_installed_command(office: Office, tmp_path: Path) -> None:
    """As an officer starts it: the second process must find its way from there."""
    lines = beats(ms(10, 19), 30)
    log = write_log(tmp_path / "nhip.jsonl", lines[:20])
    with log.open("a", encoding="utf-8") as file:
        file.writelines('{"name": "khac", "x": "' + "x" * 2_000_000 + '"}\n' for _ in range(LARGE // 2_000_000 + 1))
        file.writelines(f"{json.dumps(line)}\n" for line in lines[20:])
    words = (Path(sys.executable).with_name("boiduong"), "import", "log", log, "--books", office.books)
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    log.unlink()
    assert (done.returncode, done.stderr) == (0, "Đang đọc nhip.jsonl…\n")
    assert "68 dòng bỏ qua, 60 dòng đã nhận" in done.stdout


def test_reported_time_stands_beside_the_clock_and_is_never_added(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = said(COMMIT, ms(11, 20), sequence=1, status="incomplete", score=None, reported_ms=95 * 60_000)
    office.run("import", "log", write_log(tmp_path / "nhip.jsonl", [*beats(ms(10, 19), 20), commit]))
    office.run("seal")
    capsys.readouterr()
    assert office.run("explain", "00001", "--as-of", "31/03/2026") == 0
    told = capsys.readouterr().out
    assert "gói bài tự báo 95 phút" in told
    assert "đồng hồ học đo được 20 phút" in told
    assert office.run("report", "person", "00001", "--as-of", "31/03/2026", "--out", tmp_path / "an.json") == 0
    report = json.loads((tmp_path / "an.json").read_text("utf-8"))
    assert [line["minutes"] for line in report["lines"]] == [20]
    assert [(each["minutes"], each["measured_minutes"]) for each in report["reported"]] == [(95, 20)]


def test_a_full_disk_is_told_and_leaves_the_books_as_they_were(office: Office, tmp_path: Path) -> None:
    log = write_log(tmp_path / "nhip.jsonl", [line for day in range(3, 20) for line in beats(ms(day, 19), 200)])
    before = office.books.read_bytes()
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000));"
        "from boiduong_vocabulary.command import main; sys.exit(main())"
    )
    words = ("import", "log", str(log), "--books", str(office.books))
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Không đọc hoặc ghi được sổ, sổ giữ nguyên như trước lệnh này" in done.stderr
    assert office.books.read_bytes() == before
    assert office.run("ledger", "verify") == 0
