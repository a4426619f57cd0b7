"""The web target's pages, read back as a browser reads them."""

import base64
import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from boiduong_packager.model import Program
from boiduong_packager.page.markup import Markup
from boiduong_packager.targets.archive import content_bytes
from boiduong_packager.targets.package import Package
from boiduong_packager.targets.web import package
from boiduong_packager.targets.web_page import Copy, Shell, css_string, heading, page, page_name, sheet_style, shortened
from lxml import html

from tests.packager.targets.golden_tree import assert_golden
from tests.packager.targets.web_sample import MEDIA, QUESTIONS, SVG, program, write_media


@pytest.fixture
def sample(tmp_path: Path) -> Program:
    return program(write_media(tmp_path / "media"))


@pytest.fixture
def built(sample: Program) -> Package:
    return package(sample, single_file=True)


def text_of(built: Package, name: str) -> str:
    return content_bytes(built.files[name]).decode()


def tree(built: Package, name: str) -> html.HtmlElement:
    return html.document_fromstring(text_of(built, name))


def shown(built: Package, name: str, question: str = "") -> str:
    """What a person reads on the page, or in one question of it."""
    element = tree(built, name)
    element = element.get_element_by_id(question) if question else element.body
    return " ".join(element.text_content().split())


def pages(built: Package) -> list[str]:
    return sorted(name for name in built.files if name.endswith(".html"))


def test_the_pages_are_the_golden_tree(sample: Program) -> None:
    assert_golden("web", package(sample, single_file=False).files)


def test_a_topic_comes_out_with_and_without_answers_and_on_demand_as_one_file(sample: Program) -> None:
    plain = ["che-do.dap-an.html", "che-do.html", "index.html", "ke-hoach.dap-an.html", "ke-hoach.html"]
    single = ["che-do.mot-tep.html", "ke-hoach.mot-tep.html"]
    assert pages(package(sample, single_file=False)) == plain
    assert pages(package(sample, single_file=True)) == sorted(plain + single)


def test_the_package_is_a_folder_that_opens_at_its_index(built: Package) -> None:
    assert (built.standard, built.path, built.identifier) == ("web", "web/", "index.html")
    assert built.identifier in built.files


ANSWERS = {
    "q1": ("Đáp án: B", "B (đúng):Phản hồi bảy.", "A (sai):Phản hồi năm.", "Giải thích q-một."),
    "q2": ("Đáp án: A, C",),
    "q3": ("Đáp án: Sai", "Giải thích q-ba."),
    "q4": ("Đáp án: (1) nhiệm kỳ; (2) 9431 hoặc chín nghìn",),
    "q5": ("Đáp án: 8642,5 (chấp nhận sai lệch ± 0,25)",),
    "q6": ("Đáp án: 1 – ",),
    "q7": ("Đáp án: ",),
    "r1": ("không chấm điểm", "Gợi mở sau khi nghĩ."),
}


@pytest.mark.parametrize("question", [question.id for question in QUESTIONS])
def test_the_lecturers_copy_answers_each_kind_of_question(built: Package, question: str) -> None:
    for words in ANSWERS[question]:
        assert words in shown(built, "che-do.dap-an.html", question)


@pytest.mark.parametrize("name", ["che-do.html", "che-do.mot-tep.html"])
@pytest.mark.parametrize("question", [question.id for question in QUESTIONS])
def test_the_learners_copies_answer_no_question(built: Package, name: str, question: str) -> None:
    markup = html.tostring(tree(built, name).get_element_by_id(question), encoding="unicode")
    for secret in ("Đáp án", "Phản hồi", "Giải thích q", "đúng)", "nhiệm kỳ", "9431", "chín nghìn", "8642", "Gợi mở"):
        assert secret not in markup


@pytest.mark.parametrize("name", ["che-do.html", "che-do.mot-tep.html"])
def test_right_and_wrong_choices_are_marked_up_alike_for_learners(built: Package, name: str) -> None:
    for question in ("q1", "q2", "q3"):
        items = tree(built, name).get_element_by_id(question).findall(".//li")
        bare = {re.sub(r">[^<]+<", "><", html.tostring(item, encoding="unicode")) for item in items}
        assert len(items) > 1
        assert len(bare) == 1


def test_matching_letters_lead_from_each_left_side_to_its_own_right_side(built: Package) -> None:
    block = tree(built, "che-do.dap-an.html").get_element_by_id("q6")
    lefts, rights = ([item.text_content() for item in column] for column in block.find_class("matching")[0])
    assert rights != [f"{letter}.Phải <{n}>" for letter, n in zip("ABCD", range(1, 5), strict=True)]
    answer = dict(re.findall(r"(\d)\s–\s([A-D])", block.find_class("answer")[0].text_content()))
    named = {right[0]: right[-2] for right in rights}
    assert {left[0]: left[-1] for left in lefts} == {number: named[letter] for number, letter in answer.items()}


def test_ordering_shows_a_shuffled_list_and_its_key_restores_the_order(built: Package) -> None:
    block = tree(built, "che-do.dap-an.html").get_element_by_id("q7")
    steps = {item.text_content()[0]: item.text_content()[-1] for item in block.find_class("ordering")[0]}
    assert list(steps.values()) != ["1", "2", "3", "4"]
    letters = block.find_class("answer")[0].text_content().removeprefix("Đáp án: ").split(" → ")
    assert [steps[letter] for letter in letters] == ["1", "2", "3", "4"]


def test_both_copies_show_items_in_the_same_order(built: Package) -> None:
    for kind in ("matching", "ordering"):
        one, other = (
            tree(built, name).find_class(kind)[0].text_content() for name in ("che-do.html", "che-do.dap-an.html")
        )
        assert one == other


def test_questions_are_numbered_through_the_topic_and_reflections_are_not(built: Package) -> None:
    headings = [h.text_content() for h in tree(built, "che-do.html").xpath("//*[@class='question']/h3")]
    assert [heading.split(" ")[:2] for heading in headings] == [
        *(["Câu", str(number)] for number in range(1, 8)),
        ["Suy", "ngẫm"],
    ]
    assert "điểm" in headings[0]
    assert "1 điểm" not in headings[-1]


def test_every_reference_leads_to_a_file_and_every_fragment_to_an_element(built: Package) -> None:
    ids = {name: set(tree(built, name).xpath("//@id")) for name in pages(built)}
    followed = 0
    for name in pages(built):
        for _, _, link, _ in tree(built, name).iterlinks():
            parts = urlsplit(link)
            if parts.scheme in ("https", "data"):
                continue
            target = parts.path or name
            assert target in built.files, (name, link)
            assert not parts.fragment or parts.fragment in ids[target], (name, link)
            followed += 1
    assert followed > 40


def test_no_id_stands_twice_on_a_page(built: Package) -> None:
    for name in pages(built):
        ids = tree(built, name).xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_links_between_topics_stay_within_the_kind_of_copy(built: Package) -> None:
    for name, target in (
        ("che-do.html", "ke-hoach.html#nhu-cau"),
        ("che-do.dap-an.html", "ke-hoach.dap-an.html#nhu-cau"),
        ("che-do.mot-tep.html", None),
    ):
        (link,) = tree(built, name).find_class("topic-link")
        assert link.get("href") == target


def test_neighbouring_topics_link_to_each_other(built: Package) -> None:
    assert tree(built, "che-do.html").xpath("//a[@rel='next']/@href") == ["ke-hoach.html"]
    assert tree(built, "che-do.html").xpath("//a[@rel='prev']") == []
    assert tree(built, "ke-hoach.dap-an.html").xpath("//a[@rel='prev']/@href") == ["che-do.dap-an.html"]


def test_media_stand_beside_the_pages_under_their_topic(built: Package) -> None:
    for name, (data, _) in MEDIA.items():
        assert content_bytes(built.files[f"media/che-do/{name}"]) == data
    (film,) = tree(built, "che-do.html").xpath("//video")
    assert (film.get("src"), film.get("preload")) == ("media/che-do/phim.mp4", "metadata")


def test_equal_names_of_different_media_do_not_meet(sample: Program, tmp_path: Path) -> None:
    (own,) = write_media(tmp_path / "other")[:1]
    Path(own.path).write_bytes(SVG + b"<!-- 2 -->")
    topics = (sample.topics[0], msgspec.structs.replace(sample.topics[1], assets=(own,)))
    files = package(msgspec.structs.replace(sample, topics=topics), single_file=False).files
    assert content_bytes(files["media/che-do/so-do.svg"]) != content_bytes(files["media/ke-hoach/so-do.svg"])


def test_a_single_file_refers_to_nothing_outside_itself(built: Package) -> None:
    for name in ("che-do.mot-tep.html", "ke-hoach.mot-tep.html"):
        page_tree = tree(built, name)
        assert page_tree.xpath("//link | //script | //video | //audio | //iframe | //object") == []
        for source in page_tree.xpath("//@src"):
            assert source.startswith("data:")
        for link in page_tree.xpath("//@href"):
            assert link.startswith(("#", "https://example.org/"))
        assert not re.search(r"url\(|@import", "".join(page_tree.xpath("//style/text()")))


def test_a_single_file_carries_its_images_and_names_what_it_leaves_out(built: Package) -> None:
    (source,) = tree(built, "che-do.mot-tep.html").xpath("//img/@src")
    assert base64.b64decode(source.removeprefix("data:image/svg+xml;base64,")) == SVG
    text = shown(built, "che-do.mot-tep.html")
    assert "Phim «Buổi tiếp dân»: có trong chuyên đề trên hệ thống" in text
    assert "Đoạn âm thanh «Lời kể»: có trong chuyên đề trên hệ thống" in text


def test_each_copy_says_what_it_is(built: Package) -> None:
    assert shown(built, "che-do.mot-tep.html").count("Bản đọc, không tính giờ") == 2
    assert "Bản có đáp án – dành cho giảng viên" in shown(built, "che-do.dap-an.html")
    assert "giảng viên" not in shown(built, "che-do.html")


def test_the_end_line_names_the_exact_text(built: Package, sample: Program) -> None:
    mark = f"che-do · Bản 2026.1 · Mã nguồn: {sample.topics[0].digest[:8]}"
    for name in ("che-do.html", "che-do.dap-an.html", "che-do.mot-tep.html"):
        assert tree(built, name).find_class("end-line")[0].text_content().endswith(mark)


def test_the_index_adds_up_periods_by_delivery(built: Package) -> None:
    text = shown(built, "index.html")
    assert "20 tiết: trực tiếp tại hội trường 16 tiết; tự học trên hệ thống 4 tiết" in text
    assert "01/12/2026, 7 giờ 30" in text
    assert "Hội trường A" in text
    assert "Đạt 70% số điểm." in text


def test_self_paced_study_awaits_no_date_and_a_hall_session_does(sample: Program) -> None:
    hall = msgspec.structs.replace(sample.sessions[1], date=None)
    built = package(msgspec.structs.replace(sample, sessions=(sample.sessions[0], hall)), single_file=False)
    study, meeting = (row.text_content() for row in tree(built, "index.html").xpath("//tbody/tr"))
    assert "Ngày: –" in study
    assert "Ngày: chưa ấn định" in meeting


def test_the_index_passes_over_topics_that_were_not_built(sample: Program) -> None:
    fewer = msgspec.structs.replace(sample, topics=sample.topics[1:])
    assert "che-do" not in text_of(package(fewer, single_file=False), "index.html")


def test_a_session_that_bears_its_only_topics_title_is_named_once(sample: Program) -> None:
    session = msgspec.structs.replace(sample.sessions[0], title="Kế hoạch", topics=("ke-hoach",))
    index = tree(package(msgspec.structs.replace(sample, sessions=(session,)), single_file=False), "index.html")
    assert index.xpath("//tbody/tr/th")[0].text_content() == "Kế hoạch"


def test_pages_are_vietnamese_have_one_heading_and_no_script(built: Package) -> None:
    for name in pages(built):
        page_tree = tree(built, name)
        assert page_tree.get("lang") == "vi"
        assert len(page_tree.xpath("//h1")) == 1
        assert len(page_tree.xpath("//main")) == 1
        assert page_tree.xpath("//script | //@onclick | //@onload") == []
        assert page_tree.body[0].get("href") == "#" + page_tree.xpath("//main/@id")[0]


def test_the_same_program_gives_the_same_bytes(sample: Program) -> None:
    one, other = (package(sample, single_file=True).files for _ in range(2))
    assert {name: content_bytes(data) for name, data in one.items()} == {
        name: content_bytes(data) for name, data in other.items()
    }


HOSTILE = 'A"; } </style><script>alert(1)</script> \\22 \n{ url(http://x) } Ký & <b>'


def css_unescaped(text: str) -> str:
    """A CSS string's value, by the rules of css-syntax-3 §4.3.5 and §4.3.7."""
    found = re.fullmatch(r'"((?:[^"\\\n]|\\[0-9a-f]{1,6} )*)"', text)
    assert found, text
    return re.sub(r"\\([0-9a-f]{1,6}) ", lambda number: chr(int(number[1], 16)), found[1])


@pytest.mark.parametrize("text", [HOSTILE, "", "plain", "\\", '"', "a\r\nb\x0c", "2026.1 f00", "«Đà Nẵng» – 1/2", "🙂"])
def test_any_text_survives_as_a_css_string(text: str) -> None:
    assert css_unescaped(css_string(text)) == text


def test_a_hostile_title_stays_text(sample: Program) -> None:
    first = msgspec.structs.replace(sample.topics[0], title=HOSTILE, edition='1"}</style>')
    built = package(msgspec.structs.replace(sample, title=HOSTILE, topics=(first,)), single_file=True)
    for name in pages(built):
        assert tree(built, name).xpath("//script | //b[. = '']") == []
        assert "</style><script>" not in text_of(built, name)
    for name in ("che-do.html", "index.html"):
        assert tree(built, name).xpath("//h1")[0].text_content().split() == HOSTILE.split()


def test_every_sheet_bears_its_topic_edition_digest_and_number() -> None:
    style = sheet_style(Shell(title="", running="Tên", footer="mot · Bản 1", notice="Bản có đáp án"))
    for box, content in (
        ("top-left", css_string("Tên")),
        ("top-right", css_string("Bản có đáp án")),
        ("bottom-left", css_string("mot · Bản 1")),
        ("bottom-right", '"Trang " counter(page) "/" counter(pages)'),
    ):
        assert f"@{box}{{content:{content}}}" in style


def test_an_inlined_style_sheet_cannot_close_its_element() -> None:
    shell = Shell(title="", running="", footer="", style='a{content:"</style><b>"}')
    document = page(shell, main=Markup("")).decode()
    assert document.count("</style>") == 2
    assert r"<\/style>" in document


@pytest.mark.parametrize(
    ("topic_id", "copy", "name"),
    [
        ("a", Copy.READING, "a.html"),
        ("a", Copy.ANSWERS, "a.dap-an.html"),
        ("a", Copy.SINGLE_FILE, "a.mot-tep.html"),
        ("index", Copy.READING, "index.chuyen-de.html"),
        ("index", Copy.ANSWERS, "index.dap-an.html"),
    ],
)
def test_no_topic_takes_the_programs_page(topic_id: str, copy: Copy, name: str) -> None:
    assert page_name(topic_id, copy) == name


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("Quy định 145-QĐ/TW: ai học", ["145-QĐ/TW:"]),
        ("Tư duy – hành động - kết quả", []),
        ("Một-từ-ghép-dài-hơn-một-dòng-điện-thoại", []),
    ],
)
def test_a_documents_number_in_the_title_stays_on_one_line(title: str, whole: list[str]) -> None:
    element = html.fragment_fromstring(heading(title))
    assert element.text_content() == title
    assert [span.text for span in element.find_class("whole")] == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ngắn", "Ngắn"), ("Một hai, ba bốn năm", "Một hai …"), ("Mộthaibabốnnăm sáu", "Mộthaibabốnn …")],
)
def test_a_long_running_title_is_cut_at_a_word(text: str, expected: str) -> None:
    assert shortened(text, 12) == expected
