"""Packages: what is on the shelf, bringing one, saying what it is, taking one away."""

from dataclasses import asdict

from boiduong_packager.model import Orientation
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import local_day, show_date
from flask import Blueprint, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from boiduong_server.accounts.auditing import note
from boiduong_server.accounts.roles import Role
from boiduong_server.desk.access import account, allow, house
from boiduong_server.packages.faults import UNHEARD
from boiduong_server.shelf.describing import Entry, describe, entry_of, is_own, read_entry
from boiduong_server.shelf.shelf import Added, Package, add, on_shelf, package, remove, standing

BLUEPRINT = Blueprint("packages", __name__)
LARGEST = 1024**3
"""Bytes of an upload: films are packed already, so it is near what lies on the disk afterwards."""
_BRING = (Role.PROVINCE_OFFICER, Role.ADMINISTRATOR)
_READ = (*_BRING, Role.AUDITOR)
_WORDS = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004"}


@BLUEPRINT.url_value_preprocessor
def limit(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """An upload may be larger than other forms. Nothing of it is read before its sender may bring one."""
    if endpoint == "packages.bring":
        request.max_content_length = LARGEST


@BLUEPRINT.get("/goi-bai")
@allow(*_READ)
def shelf() -> str:
    return _shelf([])


@BLUEPRINT.post("/goi-bai")
@allow(*_BRING)
def bring() -> Response | tuple[str, int]:
    """An upload, answered with everything that is wrong with it, or by what it still lacks."""
    sent = request.files.get("goi")
    if sent is None or not sent.filename:
        return _shelf([_no_file()]), 422
    added = _add(sent)
    if not isinstance(added, Added):
        return _shelf(added, sent.filename), 422
    flash("Đã nhận gói bài." if added.is_new else "Gói này đã có từ trước, không nhận thêm lần nữa.")
    return redirect(f"/goi-bai/{added.package.key}", 303)


def _no_file() -> Problem:
    return Problem("", Place(""), "Chưa chọn tệp.", "Chọn một tệp .zip rồi gửi.")


def _add(sent: FileStorage) -> Added | list[Problem]:
    who, now_ms = account(), house().now_ms()

    def noted(connection: Connection, made: Package) -> None:
        detail = {"tệp": made.file_name, "SHA-256": made.digest}
        note(connection, who, "package.added", made.title, detail, now_ms)

    return add(house(), sent.stream, _by(), sent.filename or "", noted)  # type: ignore[arg-type]


def _by() -> str:
    return f"{account().name} ({account().code})"


def _shelf(problems: list[Problem], name: str = "") -> str:
    with house().store.reading() as connection:
        found = on_shelf(connection)
    return render_template(
        "packages/shelf.html", packages=found, problems=problems, name=name, may_bring=_may_bring(), words=_WORDS,
        unheard=UNHEARD, day=_day, largest=f"{LARGEST // 1024**3} GB",
    )  # fmt: skip


def _may_bring() -> bool:
    return bool(account().roles & set(_BRING))


def _day(at_ms: int) -> str:
    return show_date(local_day(at_ms))


@BLUEPRINT.get("/goi-bai/<key>")
@allow(*_READ)
def one(key: str) -> str:
    found = _found(key)
    return _one(found, _filled(found), {})


@BLUEPRINT.post("/goi-bai/<key>/mo-ta")
@allow(*_BRING)
def say(key: str) -> Response | tuple[str, int]:
    """What the package is: from now on a class can teach it."""
    found, who, now_ms = _standing(key), account(), house().now_ms()
    entry = read_entry(request.form, house().rules.kinds.schemes)
    if not isinstance(entry, Entry):
        return _one(found, request.form.to_dict(), entry), 422

    def noted(connection: Connection, described: Package) -> None:
        detail = {"chuyên đề": entry.topic, "bản": entry.edition, "số tiết": entry.periods}
        note(connection, who, "package.described", described.title, detail, now_ms)

    describe(house(), found, entry, _by(), noted)
    flash(f"Đã ghi mô tả vào sổ. Lớp dùng được chuyên đề «{entry.topic}», bản {entry.edition}.")
    return redirect(f"/goi-bai/{key}", 303)


@BLUEPRINT.post("/goi-bai/<key>/go")
@allow(*_BRING)
def take_away(key: str) -> Response:
    found, who, now_ms = _standing(key), account(), house().now_ms()

    def noted(connection: Connection, gone: Package) -> None:
        note(connection, who, "package.removed", gone.title, {"tệp": gone.file_name, "SHA-256": gone.digest}, now_ms)

    remove(house(), found.id, noted)
    flash(f"Đã gỡ gói «{found.title}». Kết quả đã học vẫn được giữ.")
    return redirect("/goi-bai", 303)


def _found(key: str) -> Package:
    with house().store.reading() as connection:
        return package(connection, key)


def _standing(key: str) -> Package:
    with house().store.reading() as connection:
        return standing(connection, key)


def _one(found: Package, form: dict[str, str], wrong: dict[str, str]) -> str:
    return render_template(
        "packages/package.html", package=found, form=form, wrong=wrong, may_bring=_may_bring(), words=_WORDS,
        orientations=list(Orientation), schemes=house().rules.kinds.schemes, is_own=is_own(found), unheard=UNHEARD,
        day=_day,
    )  # fmt: skip


def _filled(found: Package) -> dict[str, str]:
    """The form as it was said last, or as the package's own words suggest."""
    with house().books.reading() as connection:
        entry = entry_of(connection, found)
    if entry is None:
        return {"title": found.title, "pass_mark": "0", "scheme": next(iter(house().rules.kinds.schemes), "")}
    return {name: str(value) for name, value in asdict(entry).items()}
