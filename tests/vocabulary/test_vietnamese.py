"""Vietnamese text: one normal form, ids, dates, the nearest word."""

import unicodedata
from datetime import date

import pytest
from boiduong_vocabulary.vietnamese import (
    did_you_mean,
    fold,
    local_day,
    modern_tones,
    name_order,
    nfc,
    old_tones,
    parse_date,
    show_birth,
    show_date,
    slug,
    unmarked,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nhóm 3: ai học?", "nhom-3-ai-hoc"),
        ("Đường Đê", "duong-de"),
        ("  a--b  ", "a-b"),
        ("第一", ""),
        ("Quy định 145-QĐ/TW", "quy-dinh-145-qd-tw"),
    ],
)
def test_a_slug_is_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("at_ms", "day"),
    [(1_772_643_599_999, date(2026, 3, 4)), (1_772_643_600_000, date(2026, 3, 5)), (0, date(1970, 1, 1))],
)
def test_a_day_begins_at_midnight_in_ho_chi_minh_city(at_ms: int, day: date) -> None:
    assert local_day(at_ms) == day


@given(st.text())
def test_a_slug_of_a_slug_is_itself_and_normal_forms_do_not_matter(text: str) -> None:
    assert slug(slug(text)) == slug(text)
    assert slug(unicodedata.normalize("NFD", text)) == slug(unicodedata.normalize("NFC", text))
    assert slug(text).isascii()


@given(st.text(alphabet="ăâđêôơưàảãáạằẳẵắặĐỰỹx "))
def test_unmarked_text_keeps_its_length(text: str) -> None:
    assert len(unmarked(nfc(text))) == len(nfc(text))
    assert unmarked(text).isascii()


@pytest.mark.parametrize("text", ["31/12/2026", "31-12-2026", "31.12.2026", "2026-12-31", " 31/12/2026 "])
def test_a_date_is_understood_in_every_usual_way(text: str) -> None:
    assert parse_date(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["31/02/2026", "12/31/2026", "31/12/26", "", "2026", "31/12-2026x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        parse_date(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_shown_date_is_read_back(day: date) -> None:
    assert parse_date(show_date(day)) == day


@pytest.mark.parametrize(
    ("word", "expected"),
    [("orientaton", "Có phải là «orientation»?"), ("dinh huong", "Có phải là «định hướng»?"), ("màu", "")],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest_word(word: str, expected: str) -> None:
    assert did_you_mean(word, ("orientation", "định hướng", "nguồn")) == expected


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("uỷ", "ủy"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ", "ỦY"),
        ("hoà", "hòa"),
        ("hoàn", "hoàn"),
        ("quý", "quý"),
        ("thuỷ", "thủy"),
    ],
)
def test_a_tone_has_two_places_at_the_end_of_an_open_syllable_only(old: str, modern: str) -> None:
    assert (modern_tones(old), old_tones(modern)) == (modern, old)


def test_names_stand_by_given_name_then_family_then_middle_in_the_order_of_the_alphabet() -> None:
    expected = ["Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An", "Lê Ân", "Trần Dũng", "Trần Đào", "Lê Hòa", "Lê Hóa"]
    assert sorted({*expected}, key=name_order) == expected
    assert name_order("Lê  HOÀ") == name_order(unicodedata.normalize("NFD", "lê hòa"))
    assert name_order("") == ()


def test_a_fold_keeps_marks_and_forgets_only_how_they_were_typed() -> None:
    assert fold(" Đảng  uỷ xã HOÀ ") == fold(unicodedata.normalize("NFD", "đảng ủy xã hòa"))
    assert fold("Hoa") != fold("Hòa")


@pytest.mark.parametrize(("birth", "shown"), [("1970-03-12", "12/03/1970"), ("1970", "1970"), ("", "")])
def test_a_birth_is_shown_as_people_write_it(birth: str, shown: str) -> None:
    assert show_birth(birth) == shown
