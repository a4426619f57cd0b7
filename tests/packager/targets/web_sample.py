"""A small program by hand: every kind of part, medium and question, for the web target's tests."""

import hashlib
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from boiduong_packager.model import (
    AnyPart,
    Asset,
    BlankQuestion,
    Choice,
    ChoiceQuestion,
    Classification,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Orientation,
    Pair,
    Program,
    Prose,
    Reflection,
    Section,
    Session,
    Step,
    Topic,
    TrueFalseQuestion,
    Video,
)
from boiduong_packager.targets.archive import Content, content_bytes
from boiduong_vocabulary.catalog import Delivery

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><rect width="64" height="32" fill="#1d4e89"/></svg>'
MEDIA = {
    "so-do.svg": (SVG, "image/svg+xml"),
    "loi-ke.mp3": (b"ID3", "audio/mpeg"),
    "phim.mp4": (b"ftyp", "video/mp4"),
}

OPENING = """<p>Bảng và hình, <abbr title="Ủy ban nhân dân">UBND</abbr>; xem <a class="topic-link" data-topic="ke-hoach"
data-anchor="nhu-cau">nhu cầu</a>, <a href="#q1">câu 1</a> và <a href="https://example.org/van-ban" rel="noopener"
target="_blank">văn bản</a>.<sup id="fnref-mo-dau-1"><a class="footnote-ref" href="#fn-mo-dau-1">1</a></sup></p>
<div class="table" role="region" tabindex="0" aria-label="Bảng 1. Mức"><table><caption>Bảng 1. Mức</caption>
<thead><tr><th scope="col">Nhóm</th><th scope="col">Ngày</th></tr></thead><tbody><tr><td>Nhóm 3</td><td>7</td></tr>
</tbody></table></div>
<figure><img alt="Sơ đồ một ô" src="media/so-do.svg" width="640" height="320" loading="lazy"/>
<figcaption>Hình 1. Sơ đồ</figcaption></figure>
<figure class="audio"><audio controls="controls" preload="none" src="media/loi-ke.mp3" title="Lời kể"></audio></figure>
<div class="alert alert-note" role="note"><p class="alert-title">Ghi chú</p><p>Nội dung <mark>ghi chú</mark>.</p></div>
<p>Công thức <math display="inline" xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>7</mn></math>.</p>
<h3 id="mo-dau-nho">Tiểu mục</h3><blockquote><p>Lời trích.</p></blockquote>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn-mo-dau-1"><p>Chú thích. <a class="footnote-backref"
href="#fnref-mo-dau-1">↩</a></p></li></ol></div>"""

SHARED = {"line": 1, "points": 1, "attempts": 2, "hint": "", "explanation": ""}
QUESTIONS = (
    ChoiceQuestion(
        **{**SHARED, "hint": "<p>Đọc lại bảng.</p>", "explanation": "<p>Giải thích q-một.</p>"},
        id="q1",
        stem="<p>Ít nhất bao nhiêu ngày?</p>",
        several=False,
        choices=(
            Choice(id="c5", html="<p>Năm ngày</p>", right=False, feedback="<p>Phản hồi năm.</p>"),
            Choice(id="c7", html="<p>Bảy ngày</p>", right=True, feedback="<p>Phản hồi bảy.</p>"),
        ),
    ),
    ChoiceQuestion(
        **SHARED,
        id="q2",
        stem="<p>Những hình thức nào?</p>",
        several=True,
        choices=(
            Choice(id="ca", html="<p>Trực tiếp</p>", right=True, feedback=""),
            Choice(id="cb", html="<p>Chỉ trực tuyến</p>", right=False, feedback=""),
            Choice(id="cc", html="<p>Kết hợp</p>", right=True, feedback=""),
        ),
    ),
    TrueFalseQuestion(**{**SHARED, "explanation": "<p>Giải thích q-ba.</p>"}, id="q3", stem="<p>Đủ.</p>", right=False),
    BlankQuestion(
        **SHARED,
        id="q4",
        stem='<p>Mỗi <span data-blank="0"></span> ít nhất <span data-blank="1"></span> ngày.</p>',
        blanks=(("nhiệm kỳ",), ("9431", "chín nghìn")),
    ),
    NumberQuestion(**SHARED, id="q5", stem="<p>Bao nhiêu?</p>", value=Decimal("8642.5"), tolerance=Decimal("0.25")),
    MatchingQuestion(
        **SHARED,
        id="q6",
        stem="<p>Ghép.</p>",
        pairs=tuple(Pair(id=f"l{n}", left=f"Trái {n}", right_id=f"r{n}", right=f"Phải <{n}>") for n in range(1, 5)),
    ),
    OrderingQuestion(
        **SHARED,
        id="q7",
        stem="<p>Xếp.</p>",
        steps=tuple(Step(id=f"s{n}", html=f"<p>Bước số {n}</p>") for n in range(1, 5)),
    ),
    Reflection(
        **{**SHARED, "points": 0, "explanation": "<p>Gợi mở sau khi nghĩ.</p>"}, id="r1", stem="<p>Việc gì?</p>"
    ),
)


def write_media(folder: Path) -> tuple[Asset, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_asset(folder / name, data, media_type) for name, (data, media_type) in MEDIA.items())


def _asset(path: Path, data: bytes, media_type: str) -> Asset:
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return Asset(name=path.name, path=str(path), digest=digest, size=len(data), media_type=media_type, seconds=0)


def topic(id_: str, title: str, sections: tuple[Section, ...], assets: tuple[Asset, ...] = ()) -> Topic:
    return Topic(
        id=id_, path=f"{id_}.md", title=title, orientation=Orientation.B, periods=2, audience="Cán bộ cấp xã",
        authors=("Nguyễn Văn A", "Trần Thị B"), issuing_body="Trường Chính trị tỉnh X",
        sources=("Quy định 145-QĐ/TW", "Tài liệu <nội bộ> & khác"), edition="2026.1", derived_from="Tài liệu mẫu",
        review_by=date(2027, 12, 31), classification=Classification.NONE, pass_mark=70, minimum_seconds=900,
        reading_seconds=1800, sections=sections, assets=assets, digest=hashlib.sha256(id_.encode()).hexdigest(),
    )  # fmt: skip


def section(id_: str, title: str, *parts: AnyPart) -> Section:
    return Section(id=id_, title=title, line=1, seconds=60, parts=parts)


def program(assets: tuple[Asset, ...], title: str = "Chương trình mẫu năm 2026") -> Program:
    film = Video(id="phim-1", asset="phim.mp4", title="Buổi tiếp dân", caption="Phim 1. Tình huống giả định")
    first = topic(
        "che-do",
        'Chế độ "bồi dưỡng" <và> cập nhật',
        (section("mo-dau", "Mở đầu", Prose(OPENING), film), section("tu-kiem-tra", "Tự kiểm tra", *QUESTIONS)),
        assets,
    )
    back = '<p>Trở lại <a class="topic-link" data-topic="che-do" data-anchor="">chế độ</a>.</p>'
    second = topic("ke-hoach", "Kế hoạch", (section("nhu-cau", "Nhu cầu", Prose(back)),))
    sessions = (
        Session(
            id="b1", title="Tự học", delivery=Delivery.SELF_PACED, periods=4, topics=("che-do", "ke-hoach"), date=None,
            starts=None, place="",
        ),
        Session(
            id="b2", title="Thảo luận", delivery=Delivery.HALL, periods=16, topics=(), date=date(2026, 12, 1),
            starts=time(7, 30), place="Hội trường A",
        ),
    )  # fmt: skip
    return Program(
        id="mau", path="mau", title=title, scheme="145", audience="Nhóm 3", edition="2026.1",
        issuing_body="Trường Chính trị tỉnh X", summary="Tóm tắt.", terms="Dự đủ các buổi.\n\nĐạt 70% số điểm.",
        pass_mark=70, sessions=sessions, topics=(first, second),
    )  # fmt: skip


def write(files: Mapping[str, Content], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content_bytes(content))
    return folder
