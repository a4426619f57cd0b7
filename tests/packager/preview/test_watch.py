"""Saving is noticed: with real files and real dates."""

import os
import time
from pathlib import Path
from threading import Event, Thread

from boiduong_packager.preview.watch import changed, snapshot, watch

from tests.packager.preview.sample import Workshop


def test_a_snapshot_holds_every_text_and_no_editor_s_leavings(tmp_path: Path) -> None:
    for name in ("a.md", "hinh/b.svg", ".a.md.swp", "a.md~", ".git/HEAD", "dist/c.zip"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    names = {Path(path).relative_to(tmp_path).as_posix() for path in snapshot(tmp_path, tmp_path / "dist")}
    assert names == {"a.md", "hinh/b.svg"}


def test_a_missing_place_is_an_empty_snapshot(tmp_path: Path) -> None:
    assert snapshot(tmp_path / "van-ban.toml") == {}


def test_writing_adding_and_removing_are_changes(tmp_path: Path) -> None:
    kept, gone = tmp_path / "kept.md", tmp_path / "gone.md"
    for path in (kept, gone):
        path.write_text("x", encoding="utf-8")
    before = snapshot(tmp_path)
    assert changed(before, snapshot(tmp_path)) == []
    os.utime(kept, ns=(1, 1))
    gone.unlink()
    (tmp_path / "new.md").write_text("x", encoding="utf-8")
    assert changed(before, snapshot(tmp_path)) == sorted(
        str(tmp_path / name) for name in ("gone.md", "kept.md", "new.md")
    )


def test_a_save_before_the_first_look_is_told_too(tmp_path: Path) -> None:
    known = snapshot(tmp_path)
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    told: list[list[str]] = []
    stop, heard = Event(), Event()

    def on_change(paths: list[str]) -> None:
        told.append(paths)
        heard.set()

    thread = Thread(target=watch, args=(lambda: snapshot(tmp_path), known, stop, on_change))
    thread.start()
    heard.wait(5)
    stop.set()
    thread.join()
    assert told == [[str(tmp_path / "a.md")]]


def test_saving_rebuilds_and_a_register_of_documents_counts(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    with workshop.served() as server:
        workshop.write("Bản sửa")
        assert reaches(lambda: server.shelf.number == 2)
        (workshop.program.parent / "van-ban.toml").write_text("", encoding="utf-8")
        assert reaches(lambda: server.shelf.number == 3)
        workshop.write("LỖI")
        assert reaches(lambda: server.shelf.failed)
        assert server.shelf.package("scorm12", "mo-dau") is not None


def reaches(state: object, seconds: float = 6) -> bool:
    assert callable(state)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if state():
            return True
        time.sleep(0.05)
    return False
