"""A topic with every kind of question, made by hand: what the player's tests study."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

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
    Step,
    Topic,
    TrueFalseQuestion,
)
from boiduong_packager.page.page import player_page

VENDOR = Path(__file__).parents[2] / "packager/boiduong_packager/vendor"
RESULT = "boiduong-ket-qua"

_FRAME: dict[str, Any] = {"line": 1, "points": 1, "attempts": 2, "hint": "", "explanation": ""}

CHOICE = ChoiceQuestion(
    **_FRAME | {"explanation": "<p>Mức sàn của Nhóm 3 là bảy ngày.</p>", "hint": "<p>Xem lại Bảng 1.</p>"},
    id="so-ngay",
    stem="<p>Nhóm 3 phải bồi dưỡng ít nhất bao nhiêu ngày mỗi nhiệm kỳ?</p>",
    several=False,
    choices=(
        Choice(id="nam-ngay", html="5 ngày", right=False, feedback="<p>Đó là mức của Nhóm 2.</p>"),
        Choice(id="bay-ngay", html="7 ngày", right=True, feedback="<p>Đây là mức tối thiểu.</p>"),
        Choice(id="muoi-ngay", html="10 ngày", right=False, feedback=""),
    ),
)
SEVERAL = ChoiceQuestion(
    **_FRAME | {"explanation": "<p>Danh mục loại trừ còn để mở.</p>"},
    id="khong-tinh",
    stem="<p>Những hoạt động nào có tên trong danh mục không tính?</p>",
    several=True,
    choices=(
        Choice(
            id="quan-triet", html="Hội nghị quán triệt nghị quyết", right=True, feedback="<p>Có trong danh mục.</p>"
        ),
        Choice(
            id="tinh-hinh", html="Chuyên đề về tình hình khu vực", right=False, feedback="<p>Thuộc định hướng c.</p>"
        ),
        Choice(id="quoc-phong", html="Kiến thức quốc phòng và an ninh", right=True, feedback=""),
    ),
)
TRUE_FALSE = TrueFalseQuestion(
    **_FRAME | {"explanation": "<p>Cấp ủy cũng được đánh giá theo tiêu chí này.</p>", "attempts": 1},
    id="danh-gia",
    stem="<p>Chế độ này chỉ dùng để đánh giá cá nhân cán bộ.</p>",
    right=False,
)
BLANKS = BlankQuestion(
    **_FRAME | {"explanation": "<p>Tính theo nhiệm kỳ, không theo năm.</p>"},
    id="cho-trong",
    stem='<p>Mỗi <span data-blank="0"></span>, Nhóm 2 bồi dưỡng ít nhất <span data-blank="1"></span> ngày.</p>',
    blanks=(("nhiệm kỳ",), ("5", "năm")),
)
NUMBER = NumberQuestion(
    **_FRAME,
    id="phep-tinh",
    stem="<p>8 ngày trừ 4,5 ngày còn mấy ngày?</p>",
    value=Decimal("3.5"),
    tolerance=Decimal("0"),
)
MATCHING = MatchingQuestion(
    **_FRAME | {"points": 2, "explanation": "<p>Xem Bảng 2.</p>"},
    id="ghep",
    stem="<p>Ghép mỗi cơ quan với việc của cơ quan ấy.</p>",
    pairs=(
        Pair(id="hoc-vien", left="Học viện", right_id="tham-dinh", right="Thẩm định chuyên đề"),
        Pair(
            id="cap-uy",
            left="Cấp ủy",
            right_id="lanh-dao",
            right="Lãnh đạo, chỉ đạo, kiểm tra, giám sát việc thực hiện",
        ),
        Pair(id="can-bo", left="Cán bộ", right_id="tham-gia", right="Tham gia đầy đủ"),
    ),
)
ORDERING = OrderingQuestion(
    **_FRAME | {"explanation": "<p>Nhu cầu đi trước kế hoạch.</p>"},
    id="trinh-tu",
    stem="<p>Xếp các bước theo đúng trình tự.</p>",
    steps=(
        Step(id="khao-sat", html="Khảo sát nhu cầu của cán bộ"),
        Step(id="ke-hoach", html="Xây dựng kế hoạch"),
        Step(id="phe-duyet", html="Trình cấp có thẩm quyền phê duyệt"),
    ),
)
REFLECTION = Reflection(
    **_FRAME | {"points": 0}, id="suy-ngam", stem="<p>Đồng chí sẽ thay đổi một việc gì trong tuần tới?</p>"
)
ALL_KINDS = (CHOICE, SEVERAL, TRUE_FALSE, BLANKS, NUMBER, MATCHING, ORDERING, REFLECTION)
"""Every kind once; eight points in all."""

_TABLE = Prose(
    html='<div class="table" role="region" tabindex="0" aria-label="Bảng 1. Ba nhóm"><table>'
    '<caption>Bảng 1. Ba nhóm</caption><thead><tr><th scope="col">Nhóm</th><th scope="col">Gồm</th>'
    '<th scope="col">Thời gian mỗi nhiệm kỳ</th></tr></thead><tbody>'
    "<tr><td>Nhóm 2</td><td>Cán bộ thuộc diện Bộ Chính trị, Ban Bí thư quản lý</td><td>Ít nhất 5 ngày</td></tr>"
    "<tr><td>Nhóm 3</td><td>Cán bộ thuộc diện cấp ủy, tổ chức đảng quản lý</td><td>Ít nhất 7 ngày</td></tr>"
    '</tbody></table></div><div class="alert alert-note" role="note"><p class="alert-title">Ghi chú</p>'
    '<p>Mức sàn, không phải mức trần.</p></div><h3 id="ba-nhom-vi-du">Ví dụ</h3>'
    '<p>Xem <a class="topic-link" data-topic="ke-hoach" data-anchor="">chuyên đề về kế hoạch</a>, '
    '<a href="#so-ngay">câu hỏi đầu tiên</a> và chú thích.<sup id="fnref-ba-nhom-1">'
    '<a class="footnote-ref" href="#fn-ba-nhom-1">1</a></sup></p>'
    '<div class="footnotes" role="doc-endnotes"><ol><li id="fn-ba-nhom-1"><p>Dẫn theo báo chí. '
    '<a class="footnote-backref" href="#fnref-ba-nhom-1" aria-label="Về chỗ đang đọc">↩</a></p></li></ol></div>'
)


def prose(paragraphs: int) -> Prose:
    """So much text that it does not end on the first screen."""
    sentence = "Bồi dưỡng, cập nhật kiến thức, kỹ năng là chế độ bắt buộc đối với cán bộ lãnh đạo, quản lý. "
    return Prose(html=f"<p>{sentence * 4}</p>" * paragraphs)


def section(id_: str, title: str, *parts: AnyPart, seconds: int = 60) -> Section:
    return Section(id=id_, title=title, line=1, seconds=seconds, parts=parts)


SECTIONS = (
    section("mo-dau", "Mở đầu", prose(6)),
    section("ba-nhom", "Ba nhóm: nhìn vào cấp quản lý", _TABLE, CHOICE, TRUE_FALSE, BLANKS),
    section("phan-cap", "Phân cấp: ai làm việc gì", prose(3), SEVERAL, NUMBER, MATCHING, ORDERING, REFLECTION),
)


def topic(
    sections: tuple[Section, ...] = SECTIONS,
    minimum_seconds: int = 300,
    pass_mark: int = 70,
    assets: tuple[Asset, ...] = (),
    id_: str = "che-do-boi-duong",
) -> Topic:
    return Topic(
        id=id_,
        path="content/mau/01-che-do.md",
        title="Chế độ bồi dưỡng theo Quy định 145-QĐ/TW: ai học, học gì, bao nhiêu ngày",
        orientation=Orientation.B,
        periods=1,
        audience="Cán bộ lãnh đạo, quản lý cấp xã (Nhóm 3)",
        authors=("Nhóm biên soạn",),
        issuing_body="Dự án boiduong (bản mẫu)",
        sources=("Quy định 145-QĐ/TW ngày 10/5/2024 của Bộ Chính trị", "Công văn triển khai ở địa phương"),
        edition="2026.1",
        derived_from="",
        review_by=date(2027, 12, 31),
        classification=Classification.NONE,
        pass_mark=pass_mark,
        minimum_seconds=minimum_seconds,
        reading_seconds=600,
        sections=sections,
        assets=assets,
        digest="5f1d7a84613d84d58f7c7b6a9c1f6a0a5f1d7a84613d84d58f7c7b6a9c1f6a0a",
    )


def program(*topics: Topic) -> Program:
    return Program(
        id="mau",
        path="content/mau",
        title="Chương trình bồi dưỡng, cập nhật kiến thức, kỹ năng năm 2026",
        scheme="145",
        audience="Cán bộ cấp xã",
        edition="2026",
        issuing_body="Dự án boiduong",
        summary="",
        terms="",
        pass_mark=70,
        sessions=(),
        topics=topics,
    )


def package(studied: Topic, standard: str) -> dict[str, bytes]:
    """The files of a package that a browser needs, by name."""
    player = VENDOR / "player"
    style = (player / "player.css").read_text("utf-8")
    return {
        "index.html": player_page(program(studied), studied, standard, style).encode(),
        "player.js": (player / "player.js").read_bytes(),
    }
