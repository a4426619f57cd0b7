"""The XML of problems: what capa (test_olx_runtime.py) would take wrongly rather than refuse."""

from decimal import Decimal

import pytest
from lxml import etree
from msgspec.structs import replace

from tests.packager.targets import olx_sample
from tests.packager.targets.olx_sample import lone_problem


def built(sample, **changes) -> etree._Element:
    return etree.fromstring(lone_problem(replace(sample, **changes)))


def test_a_question_without_a_limit_of_attempts_has_none():
    assert "max_attempts" not in built(olx_sample.TRUE_FALSE, attempts=0).attrib


def test_the_stems_last_paragraph_names_the_field():
    xml = built(olx_sample.TRUE_FALSE, stem="<p>Một.</p><ul><li>a</li></ul><p>Hai?</p>")
    assert xml.findtext("multiplechoiceresponse/label") == "Hai?"
    assert [element.tag for element in xml[0]] == ["p", "ul"]


def test_loose_text_of_a_stem_is_kept_before_the_field():
    xml = built(olx_sample.TRUE_FALSE, stem="Một câu.")
    assert xml[0].text == "Một câu."
    assert xml.findtext("multiplechoiceresponse/label") == "Đúng hay sai?"


def test_an_explanation_that_begins_with_loose_text_keeps_it_after_its_title():
    xml = built(olx_sample.TRUE_FALSE, explanation="Vì <em>thế</em>.")
    assert "".join(xml.find("solution").itertext()) == "Giải thíchVì thế."


@pytest.mark.parametrize(
    ("accepted", "spellings"),
    [
        (("5", "năm"), ["5", "năm"]),
        (("Ủy ban",), ["Ủy ban", "Uỷ ban"]),
        (("hoà giải",), ["hoà giải", "hòa giải"]),
        (("hoàn thành",), ["hoàn thành"]),
        (("hòa", "hoà"), ["hòa", "hoà"]),
    ],
)
def test_a_blank_takes_both_ways_to_place_a_tone(accepted, spellings):
    xml = built(olx_sample.BLANKS, blanks=(accepted, ("x",)))
    response = xml.find("stringresponse")
    assert [response.get("answer"), *(other.get("answer") for other in response.iter("additional_answer"))] == spellings


def test_every_gap_of_a_text_has_its_number():
    xml = built(olx_sample.BLANKS)
    assert [gap.text for gap in xml[0].iter("strong")] == ["(1) ……", "(2) ……"]
    assert [label.text for label in xml.iter("label")] == ["Chỗ trống (1)", "Chỗ trống (2)"]


@pytest.mark.parametrize(("value", "answer"), [("7.0", "7"), ("100", "100"), ("-0.50", "-0.5"), ("0", "0")])
def test_a_number_is_written_without_exponent_or_idle_zeros(value, answer):
    xml = built(olx_sample.NUMBER, value=Decimal(value), tolerance=Decimal(0))
    assert xml.find("numericalresponse").get("answer") == answer
    assert xml.find(".//responseparam") is None


def test_the_space_between_two_marked_words_outlives_a_reader_that_drops_blank_text():
    asked = replace(olx_sample.TRUE_FALSE, stem="<p><strong>Điều</strong> <em>5</em></p>")
    read = etree.fromstring(lone_problem(asked), etree.XMLParser(remove_blank_text=True))
    assert "".join(read.find(".//label").itertext()).split() == ["Điều", "5"]


def test_the_order_of_options_stays_the_same_from_build_to_build():
    for sample in (olx_sample.MATCHING, olx_sample.ORDERING):
        assert lone_problem(sample) == lone_problem(sample)
