"""Studio's form: it shows what holds, keeps all that was changed or nothing, and says of each field what is wrong."""

from typing import Any

import pytest

from tests.xblocks.runtime import STAFF, Runtime

CLOCK = (
    '<boiduong_study_clock url_name="c" topic_id="xay-dung-dang" section_id="muc-1" edition="2026-1" '
    'minimum_seconds="2700" display_name="Đồng hồ riêng"/>'
)
SESSION = '<boiduong_attendance url_name="a" session_id="buoi-1"/>'


@pytest.fixture
def studio() -> Runtime:
    return Runtime(STAFF)


@pytest.fixture
def usage(studio: Runtime) -> Any:
    return studio.parse(CLOCK)


def asked(studio: Runtime, usage: Any) -> dict[str, dict[str, Any]]:
    """What the form asks, by field."""
    return {field["name"]: field for field in studio.view(usage, "studio_view").json_init_args["fields"]}


def send(studio: Runtime, usage: Any, *defaults: str, **values: object) -> tuple[int, Any]:
    return studio.post(usage, "submit_studio_edits", {"values": values, "defaults": list(defaults)})


def written(studio: Runtime, usage: Any) -> dict[str, str]:
    return dict(studio.written(usage).attrib)


def test_the_form_asks_every_field_as_it_stands(studio: Runtime, usage: Any) -> None:
    fields = asked(studio, usage)
    assert list(fields) == ["display_name", "topic_id", "section_id", "edition", "minimum_seconds", "section_seconds"]
    assert fields["minimum_seconds"] == {
        "name": "minimum_seconds",
        "kind": "number",
        "label": "Thời gian tối thiểu của chuyên đề (giây)",
        "help": "Bằng 0 nếu chuyên đề không đòi hỏi thời gian tối thiểu.",
        "value": "2700",
        "default": "0",
        "resets": True,
    }
    assert (fields["section_seconds"]["value"], fields["section_seconds"]["resets"]) == ("0", False)
    assert (fields["topic_id"]["kind"], fields["display_name"]["help"]) == ("text", "")


@pytest.mark.parametrize(("attribute", "value"), [("", "false"), (' check_out="true"', "true")])
def test_yes_or_no_is_a_choice(studio: Runtime, attribute: str, value: str) -> None:
    usage = studio.parse(SESSION.replace("/>", f"{attribute}/>"))
    assert {**asked(studio, usage)["check_out"], "label": "", "help": ""} == {
        "name": "check_out", "kind": "choice", "label": "", "help": "", "value": value,
        "default": "false" if attribute else "", "resets": bool(attribute),
    }  # fmt: skip


def test_the_form_speaks_the_language_of_the_page_and_leaves_what_was_typed(studio: Runtime, usage: Any) -> None:
    name = asked(studio.of(STAFF, "en"), usage)["display_name"]
    assert (name["label"], name["value"], name["default"]) == ("Display name", "Đồng hồ riêng", "Study clock")
    unnamed = studio.parse('<boiduong_study_clock url_name="d"/>')
    assert asked(studio.of(STAFF, "en"), unnamed)["display_name"]["value"] == "Study clock"
    page = studio.of(STAFF, "en").view(usage, "studio_view")
    assert ">Save</button>" in page.content
    assert page.json_init_args["texts"]["reset"] == "Back to the default"


def test_what_was_not_touched_is_not_written(studio: Runtime) -> None:
    usage = studio.parse('<boiduong_days url_name="d"/>')
    before = written(studio, usage)
    assert send(studio, usage, "display_name") == (200, {"result": "success"})
    assert written(studio, usage) == before
    assert send(studio, usage) == (200, {"result": "success"})
    assert written(studio, usage) == before


def test_texts_are_kept_without_space_around_them_and_numbers_as_numbers(studio: Runtime, usage: Any) -> None:
    assert send(studio, usage, topic_id=" ky-nang ", section_seconds=" 90 ")[0] == 200
    block = studio.get_block(usage)
    assert (block.topic_id, block.section_seconds, block.edition) == ("ky-nang", 90, "2026-1")


def test_a_choice_is_kept(studio: Runtime) -> None:
    usage = studio.parse(SESSION)
    for typed, kept in (("true", True), ("false", False)):
        assert send(studio, usage, check_out=typed)[0] == 200
        assert studio.get_block(usage).check_out is kept


def test_a_field_goes_back_to_its_default(studio: Runtime, usage: Any) -> None:
    assert send(studio, usage, "display_name", "minimum_seconds")[0] == 200
    assert {"display_name", "minimum_seconds"} & written(studio, usage).keys() == set()


def test_a_default_that_cannot_be_is_refused_too(studio: Runtime, usage: Any) -> None:
    status, answer = send(studio, usage, "topic_id")
    assert (status, [each["field"] for each in answer["error"]["messages"]]) == (400, ["topic_id"])
    assert written(studio, usage)["topic_id"] == "xay-dung-dang"


def test_a_session_keeps_its_id(studio: Runtime) -> None:
    usage = studio.parse(SESSION)
    assert not asked(studio, usage)["session_id"]["resets"]
    assert send(studio, usage, "session_id")[0] == 200
    assert studio.get_block(usage).session_id == "buoi-1"


def test_one_field_that_is_wrong_keeps_all_as_they_were(studio: Runtime, usage: Any) -> None:
    before = written(studio, usage)
    status, answer = send(studio, usage, "display_name", topic_id="ky-nang", section_id="", minimum_seconds="nhiều")
    assert (status, [each["field"] for each in answer["error"]["messages"]]) == (400, ["section_id", "minimum_seconds"])
    assert written(studio, usage) == before


@pytest.mark.parametrize("value", [[], {}, [1], 1e400, "9" * 5000, None, "٣٫٥"])
def test_what_cannot_be_a_number_is_refused(studio: Runtime, usage: Any, value: object) -> None:
    assert send(studio, usage, minimum_seconds=value)[0] == 400


def test_only_what_an_author_may_change_is_changed(studio: Runtime, usage: Any) -> None:
    assert send(studio, usage, "own_time", launch_key="x", url_name="y")[0] == 200
    assert studio.get_block(usage).launch_key == ""


@pytest.mark.parametrize("body", [None, [], {}, {"values": []}, {"values": {}}, {"values": {}, "defaults": None}, "x"])
def test_a_request_that_is_none_is_refused_in_words(studio: Runtime, usage: Any, body: object) -> None:
    status, answer = studio.post(usage, "submit_studio_edits", body)
    assert (status, answer["error"][:14]) == (400, "Không đọc được")


def test_studios_page_of_the_unit_says_what_is_still_missing(studio: Runtime, usage: Any) -> None:
    assert studio.get_block(usage).validate().empty
    fresh = studio.get_block(studio.parse('<boiduong_study_clock url_name="d"/>')).validate()
    assert [each["field"] for each in fresh.to_json()["messages"]] == ["topic_id", "section_id", "edition"]
    assert {each["type"] for each in fresh.to_json()["messages"]} == {"error"}
