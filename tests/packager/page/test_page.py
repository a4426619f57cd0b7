"""The player's page as bytes: every kind of question, nothing of an answer, and the same bytes every time."""

import json
import re
from html import unescape
from typing import Any

import pytest
from boiduong_packager.model import Prose, Question, Topic
from boiduong_packager.page.key import key
from boiduong_packager.page.page import imprint, player_page
from boiduong_packager.page.question import card, kind
from lxml import etree, html

from tests.browser.study import (
    ALL_KINDS,
    BLANKS,
    CHOICE,
    MATCHING,
    NUMBER,
    ORDERING,
    REFLECTION,
    SECTIONS,
    SEVERAL,
    TRUE_FALSE,
    program,
    section,
    topic,
)


def page(studied: Topic | None = None, standard: str = "scorm12") -> str:
    studied = studied or topic()
    return player_page(program(studied), studied, standard, "body{color:#123}")


def tree(studied: Topic | None = None) -> Any:
    return html.document_fromstring(page(studied))


def configuration(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="boiduong-config">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def form(question: Question) -> Any:
    return html.fromstring(card(question, "Câu 1", "chuyen-de"))


def test_the_same_topic_gives_the_same_bytes() -> None:
    assert page() == page()


def test_the_page_is_vietnamese_utf_8_with_one_deferred_script() -> None:
    assert page().startswith('<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"/>')
    assert [script.get("src") for script in tree().iter("script") if script.get("src")] == ["player.js"]
    assert "&#" not in page()


def test_the_page_is_well_formed() -> None:
    etree.fromstring(page().partition("\n")[2].encode())


def test_every_id_stands_once_and_every_reference_finds_one() -> None:
    document = tree()
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = " ".join(document.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls | //@for")).split()
    linked = [href[1:] for href in document.xpath("//a/@href") if href.startswith("#")]
    assert set(named) | set(linked) <= set(ids)


def test_all_text_stands_in_the_page_and_in_sight() -> None:
    document = tree()
    text = document.text_content()
    for expected in (
        "Ba nhóm: nhìn vào cấp quản lý",
        "Mức sàn, không phải mức trần.",
        "Công văn triển khai ở địa phương",
    ):
        assert expected in text
    assert document.xpath("//section[@hidden]") == []


def test_sections_lead_on_and_back_and_the_last_to_the_result() -> None:
    walks = tree().xpath("//section[contains(@class, 'step')]/nav")
    assert [[link.get("href") for link in walk.iter("a")] for walk in walks] == [
        ["#ba-nhom"],
        ["#mo-dau", "#phan-cap"],
        ["#ba-nhom", "#boiduong-ket-qua"],
        ["#phan-cap"],
    ]


@pytest.mark.parametrize("question", ALL_KINDS, ids=kind)
def test_a_question_is_a_form_named_by_its_label(question: Question) -> None:
    element = form(question)
    assert element.tag == "form"
    assert element.get("id") == question.id
    assert element.find("h3").text.strip() == "Câu 1"
    assert element.xpath(".//button[@type='submit']")
    assert element.xpath(".//*[@role='status']")[0].text_content() == ""


@pytest.mark.parametrize("question", ALL_KINDS, ids=kind)
def test_every_field_has_a_name_for_who_cannot_see(question: Question) -> None:
    element = form(question)
    labelled = set(element.xpath(".//label/@for"))
    for field in element.xpath(".//input | .//select | .//textarea"):
        assert field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (CHOICE, ["radio"] * 3),
        (SEVERAL, ["checkbox"] * 3),
        (TRUE_FALSE, ["radio"] * 2),
        (BLANKS, ["text"] * 2),
        (NUMBER, ["text"]),
        (MATCHING, []),
        (ORDERING, []),
        (REFLECTION, []),
    ],
)
def test_each_kind_has_its_fields(question: Question, fields: list[str]) -> None:
    assert form(question).xpath(".//input/@type") == fields


def test_blanks_stand_where_the_text_wants_them() -> None:
    stem = form(BLANKS).xpath(".//p")[0]
    assert [field.get("aria-label") for field in stem.iter("input")] == ["Chỗ trống 1 trên 2", "Chỗ trống 2 trên 2"]
    assert "data-blank" not in card(BLANKS, "Câu 1", "x")


def test_an_ordering_is_never_shown_in_its_right_order() -> None:
    for seed in map(str, range(40)):
        shown = html.fromstring(card(ORDERING, "Câu 1", seed)).xpath(".//li/@data-id")
        assert sorted(shown) == sorted(step.id for step in ORDERING.steps)
        assert shown != [step.id for step in ORDERING.steps]


def test_the_right_column_of_a_matching_never_stands_beside_its_answers() -> None:
    rights = [item.text_content() for item in form(MATCHING).xpath(".//ol/li")]
    assert sorted(rights) == sorted(pair.right for pair in MATCHING.pairs)
    assert rights != [pair.right for pair in MATCHING.pairs]


def test_choices_keep_the_authors_order() -> None:
    assert form(CHOICE).xpath(".//label/text()") == ["5 ngày", "7 ngày", "10 ngày"]


def test_a_reflection_is_as_long_as_an_lms_can_keep() -> None:
    assert form(REFLECTION).xpath(".//textarea/@maxlength") == ["1000"]


def test_nothing_of_an_answer_lies_in_clear_text() -> None:
    text = unescape(page())
    for told in ("Mức sàn của Nhóm 3 là bảy ngày", "Đó là mức của Nhóm 2", "Thuộc định hướng c", "Xem Bảng 2", "3.5"):
        assert told not in text
    written = unescape(page(topic((section("a", "Mục", BLANKS, NUMBER),))))
    for told in ("nhiệm kỳ", '["5"', "3.5", "3,5", "Tính theo"):
        assert told not in written
    for word in ("right", "correct", "đáp án"):
        assert not re.search(rf'"{word}"', text)


def test_questions_that_differ_in_the_answer_alone_give_the_same_form() -> None:
    turned = TRUE_FALSE.__class__(
        **{name: getattr(TRUE_FALSE, name) for name in TRUE_FALSE.__struct_fields__} | {"right": True}
    )
    assert card(turned, "Câu 1", "x") == card(TRUE_FALSE, "Câu 1", "x")


def test_pieces_of_a_key_are_veiled_apart() -> None:
    entry = key(CHOICE, "che-do-boi-duong")
    assert set(entry) == {"id", "kind", "points", "attempts", "answer", "explanation", "feedback"}
    assert set(entry["feedback"]) == {"nam-ngay", "bay-ngay"}


def test_a_reflection_has_no_key() -> None:
    assert key(REFLECTION, "x") == {"id": "suy-ngam", "kind": "reflection", "points": 0}


def test_the_configuration_says_what_completion_takes() -> None:
    told = configuration(page(standard="scorm2004"))
    assert (told["standard"], told["passMark"], told["minimumSeconds"]) == ("scorm2004", 70, 300)
    assert [section["id"] for section in told["sections"]] == ["mo-dau", "ba-nhom", "phan-cap"]
    assert sum(question["points"] for question in told["questions"]) == 8


def test_a_text_cannot_end_the_configuration() -> None:
    nasty = topic((section("a", "</script><b>", Prose(html="<p>x</p>")),), id_="x</script>")
    assert configuration(page(nasty))["topic"] == "x</script>"
    assert "</script><b>" not in page(nasty)


def test_a_printed_copy_names_its_exact_text() -> None:
    assert imprint(topic()) == "che-do-boi-duong · bản 2026.1 · 5f1d7a84"
    assert tree().xpath("//footer")[0].text_content() == imprint(topic())
    assert f'content:"{imprint(topic())}"' in page()


def test_a_topic_without_questions_or_with_an_empty_section_still_makes_a_page() -> None:
    assert "Kết quả" in page(topic((section("mot", "Một"),)))


def test_questions_are_counted_through_the_topic_and_reflections_are_not() -> None:
    labels = [label.text.strip() for label in tree().xpath("//form/h3")]
    assert labels == [*(f"Câu {number}" for number in range(1, 8)), "Suy ngẫm"]
    assert len(SECTIONS) == 3
