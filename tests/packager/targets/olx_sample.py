"""A small program with a part of every kind, for the tests of the OLX target."""

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
    Question,
    Reflection,
    Section,
    Session,
    Step,
    Topic,
    TrueFalseQuestion,
    Video,
)
from boiduong_packager.targets.olx_fragment import Atlas, Place
from boiduong_packager.targets.olx_problem import problem
from boiduong_vocabulary.catalog import Delivery
from lxml import etree

MEDIA = {
    "so-do.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="8" height="4"/></svg>\n',
    "loi chao (1).mp3": b"mp3\n",
    "loi_chao__1_.mp3": b"another mp3\n",
    "phim.mp4": b"mp4\n",
}

OPENING = """<p>Chế độ bồi dưỡng là bắt buộc.<sup id="fnref-mo-dau-1"><a class="footnote-ref"
 href="#fn-mo-dau-1">1</a></sup> Xem <a href="#hinh-thuc">mục sau</a>, <a href="#q1">câu 1</a>, <a
 href="#hinh-thuc-bang">bảng</a>, <a class="topic-link" data-topic="ke-hoach" data-anchor="lap">kế hoạch</a>, <a
 class="topic-link" data-topic="ke-hoach" data-anchor="">cả chuyên đề</a>, <a class="topic-link"
 data-topic="khong-co" data-anchor="">chuyên đề khác</a>, <a href="https://chinhphu.vn/" rel="noopener"
 target="_blank">cổng thông tin</a> và <a href="#mat-roi">chỗ đã bỏ</a>.</p>
<p><strong>Điều</strong> <em>khoản</em> <mark>cần nhớ</mark></p>
<figure><img alt="Ba nhóm &amp; hai mức" src="media/so-do.svg" width="640" height="320"
 loading="lazy"/><figcaption>Hình 1. Sơ đồ</figcaption></figure>
<figure class="audio"><audio controls="controls" preload="none" src="media/loi chao (1).mp3"
 title="Lời chào"></audio></figure>
<div class="alert alert-note" role="note"><p class="alert-title">Ghi chú</p><p>Một &lt; hai.</p></div>
<details><summary>Thêm</summary><p>Chi tiết</p></details>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn-mo-dau-1"><p>Quy định 145.<a class="footnote-backref"
 href="#fnref-mo-dau-1">↩</a></p></li></ol></div>"""

TABLE = """<h3 id="hinh-thuc-bang">Bảng tóm tắt</h3>
<div class="table" role="region" tabindex="0" aria-label="Bảng 1. Số ngày"><table><caption>Bảng 1. Số ngày</caption>
<thead><tr><th scope="col">Nhóm</th><th scope="col">Ngày</th></tr></thead>
<tbody><tr><td>Nhóm 3</td><td>7</td></tr></tbody></table></div>
<p><math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mn>3,5</mn><mo>×</mo><mn>2</mn></math><br/></p>"""

PLAN = """<p>Lập <mark>kế hoạch</mark>.</p>
<figure><img alt="Sơ đồ" src="media/so-do.svg"/><figcaption>Hình 1. Sơ đồ</figcaption></figure>
<details><summary>Thêm</summary><p>Chi tiết</p></details>"""

ONE = ChoiceQuestion(
    id="q1",
    line=1,
    points=1,
    attempts=2,
    stem="<p>Đọc bảng rồi trả lời.</p><p>Nhóm 3 phải bồi dưỡng ít nhất <em>bao nhiêu</em> ngày?</p>",
    hint='<p>Xem <a href="#hinh-thuc-bang">bảng 1</a>.</p>',
    explanation="<p>Nhóm 3: <strong>7</strong> <em>ngày</em>.</p><p>Mỗi nhiệm kỳ.</p>",
    choices=(
        Choice(id="c5", html="<p>5 ngày</p>", right=False, feedback="<p>Đó là mức của <em>nhóm 2</em>.</p>"),
        Choice(id="c7", html="7 <strong>ngày</strong>", right=True, feedback=""),
    ),
    several=False,
)
SEVERAL = ChoiceQuestion(
    id="q2",
    line=2,
    points=2,
    attempts=0,
    stem='<p>Chọn các hình thức.</p><figure><img alt="Sơ đồ" src="media/so-do.svg"/></figure>',
    hint="",
    explanation="",
    choices=(
        Choice(id="truc-tiep", html="Trực tiếp", right=True, feedback="Đúng."),
        Choice(id="ket-hop", html="Kết hợp", right=True, feedback=""),
        Choice(id="gui-thu", html="Gửi thư", right=False, feedback="Không có."),
    ),
    several=True,
)
TRUE_FALSE = TrueFalseQuestion(
    id="q3",
    line=3,
    points=1,
    attempts=1,
    stem="<p>Bồi dưỡng là việc tùy chọn.</p>",
    hint="",
    explanation="Là chế độ bắt buộc.",
    right=False,
)
BLANKS = BlankQuestion(
    id="q4",
    line=4,
    points=2,
    attempts=2,
    stem='<p>Nhóm 2: <span data-blank="0"></span> ngày, do <span data-blank="1"></span> quyết định.</p>',
    hint="",
    explanation="",
    blanks=(("5", "năm"), ("Ủy ban",)),
)
NUMBER = NumberQuestion(
    id="q5",
    line=5,
    points=1,
    attempts=2,
    stem="<p>Hai lớp, mỗi lớp 3,5 ngày, là bao nhiêu ngày?</p>",
    hint="",
    explanation="",
    value=Decimal("7.0"),
    tolerance=Decimal("0.1"),
)
MATCHING = MatchingQuestion(
    id="q6",
    line=6,
    points=1,
    attempts=2,
    stem="<p>Ghép nhóm với mức.</p>",
    hint="",
    explanation="",
    pairs=(
        Pair(id="n1", left="Nhóm 1", right_id="m1", right="theo quy định riêng, 'đặc thù'"),
        Pair(id="n2", left="Nhóm 2 & tương đương", right_id="m2", right="5 ngày, mỗi nhiệm kỳ"),
        Pair(id="n3", left="Nhóm 3", right_id="m3", right="7 ngày"),
    ),
)
ORDERING = OrderingQuestion(
    id="q7",
    line=7,
    points=1,
    attempts=2,
    stem="<p>Xếp theo trình tự.</p>",
    hint="",
    explanation="",
    steps=(
        Step(id="khao-sat", html="Khảo sát <em>nhu cầu</em>"),
        Step(id="ke-hoach", html="<p>Xây dựng kế hoạch</p>"),
        Step(id="phe-duyet", html="Phê duyệt"),
    ),
)
REFLECTION = Reflection(
    id="r1",
    line=8,
    points=0,
    attempts=0,
    stem="<p>Đồng chí sẽ đổi một việc gì?</p>",
    hint="Nghĩ đến tuần tới.",
    explanation="",
)
QUESTIONS = (ONE, SEVERAL, TRUE_FALSE, BLANKS, NUMBER, MATCHING, ORDERING)


def program(folder: Path, edition: str = "2026.1") -> Program:
    """The sample program; its media are written into `folder`."""
    assets = tuple(_asset(folder / str(number), *entry) for number, entry in enumerate(MEDIA.items()))
    return Program(
        id="mau-2026",
        path="program.toml",
        title="Chương trình mẫu & thử",
        scheme="145",
        audience="Cán bộ cấp xã (Nhóm 3)",
        edition=edition,
        issuing_body="Trường Chính trị tỉnh Đắk Mẫu",
        summary="Một chương trình nhỏ.",
        terms="Học hết các mục và dự đủ buổi.",
        pass_mark=70,
        sessions=_SESSIONS,
        topics=(topic("che-do", _OPENING_SECTIONS, assets), topic("ke-hoach", _PLAN_SECTIONS, assets[:1])),
    )


def _asset(path: Path, name: str, content: bytes) -> Asset:
    path.write_bytes(content)
    digest = f"{len(content):064x}"
    return Asset(name=name, path=str(path), digest=digest, size=len(content), media_type="", seconds=0)


def topic(id_: str, sections: tuple[Section, ...], assets: tuple[Asset, ...] = ()) -> Topic:
    return Topic(
        id=id_,
        path=f"{id_}.md",
        title=f"Chuyên đề {id_}: học & làm",
        orientation=Orientation.B,
        periods=2,
        audience="Cán bộ cấp xã",
        authors=("Nguyễn Văn Mẫu", "Trần Thị Thử"),
        issuing_body="Trường Chính trị",
        sources=("Quy định 145-QĐ/TW <bản tóm tắt>", "Công văn 3315-CV/TU"),
        edition="2026.1",
        derived_from="",
        review_by=date(2027, 12, 31),
        classification=Classification.NONE,
        pass_mark=70,
        minimum_seconds=900,
        reading_seconds=1800,
        sections=sections,
        assets=assets,
        digest="0" * 64,
    )


def section(id_: str, *parts: AnyPart) -> Section:
    return Section(id=id_, title=f"Mục {id_}", line=1, seconds=60, parts=parts)


def lone_problem(question: Question) -> str:
    """The XML of a question that stands in a topic of its own, without media."""
    alone = topic("t", (section("m", question),))
    program = Program(
        id="p",
        path="",
        title="",
        scheme="",
        audience="",
        edition="1",
        issuing_body="",
        summary="",
        terms="",
        pass_mark=50,
        sessions=(),
        topics=(alone,),
    )
    place = Place(alone, alone.sections[0], Atlas(program))
    return etree.tostring(problem(question, "Câu 1", place), encoding="unicode")


_FILM = Video(id="phim", asset="phim.mp4", title="Phim giới thiệu", caption="Phim 1. Giới thiệu")
_OPENING_SECTIONS = (
    section("mo-dau", Prose(html=OPENING), ONE, Prose(html="<p>Nối tiếp.</p>"), SEVERAL, TRUE_FALSE),
    section("hinh-thuc", Prose(html=TABLE), _FILM, BLANKS, NUMBER, MATCHING, ORDERING, REFLECTION),
)
_PLAN_SECTIONS = (section("lap", Prose(html=PLAN)),)

_SESSIONS = (
    Session(
        id="tu-hoc",
        title="Tự học",
        delivery=Delivery.SELF_PACED,
        periods=4,
        topics=("che-do", "ke-hoach"),
        date=None,
        starts=None,
        place="",
    ),
    Session(
        id="hop",
        title="Chủ trì họp",
        delivery=Delivery.HALL,
        periods=4,
        topics=("ke-hoach",),
        date=date(2026, 10, 12),
        starts=time(7, 30),
        place="Hội trường A",
    ),
    Session(
        id="tinh-hinh",
        title="Tình hình thế giới",
        delivery=Delivery.BRIDGE,
        periods=4,
        topics=(),
        date=date(2026, 10, 13),
        starts=None,
        place="",
    ),
    Session(
        id="trao-doi",
        title="Trao đổi thực tiễn",
        delivery=Delivery.LIVE,
        periods=4,
        topics=(),
        date=None,
        starts=None,
        place="",
    ),
)
