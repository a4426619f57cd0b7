"""What a manifest becomes: organizations, items, addresses, and what each SCO is handed."""

import io

import pytest
from boiduong_server.packages.addresses import Address, Astray, address, with_parameters
from boiduong_server.packages.check import Checked, check
from boiduong_server.packages.structure import Item, Structure, from_json, to_json

from tests.server.packages import made


def structure(data: bytes) -> Structure:
    found = check(io.BytesIO(data), "bai.zip")
    assert isinstance(found, Checked)
    return found.structure


def with_item(inside: str, attributes: str = "") -> Item:
    """The only item of a 2004 package."""
    item = made.item("a", inside, attributes)
    manifest = made.manifest2004(made.organizations(item), made.resources("a", kind=made.SCO_2004))
    return structure(made.with_pages(manifest, "a")).units[0]


@pytest.mark.parametrize("made_", made.PACKAGES.values(), ids=made.PACKAGES)
def test_a_structure_survives_being_kept(made_: object) -> None:
    found = structure(made_())  # type: ignore[operator]
    assert from_json(to_json(found)) == found


def test_headings_and_pages_keep_their_order_and_depth() -> None:
    found = structure(made.nested12())
    names = [(item.identifier, item.kind) for item in found.played.walk()]
    assert names == [
        ("I-1", ""), ("I-a", "sco"), ("I-b", "sco"), ("I-2", ""), ("I-2.1", ""), ("I-c", "sco"), ("I-d", "asset"),
    ]  # fmt: skip
    assert found.played.items[1].items[0].items[0].title == "Bài c"


def test_the_default_organization_is_the_one_played() -> None:
    found = structure(made.several_organizations12())
    assert [entry.title for entry in found.organizations] == ["Bản đầy đủ", "Bản rút gọn"]
    assert [unit.identifier for unit in found.units] == ["S-b"]


def test_a_sco_of_1_2_is_handed_what_its_item_says() -> None:
    (unit,) = structure(made.settings12()).units
    assert (unit.mastery_score, unit.max_time_allowed) == (75.5, "00:30:00")
    assert (unit.time_limit_action, unit.launch_data) == ("exit,message", "chế độ=ôn tập")


def test_a_sco_of_2004_is_handed_what_its_item_and_its_sequencing_say() -> None:
    unit = with_item(
        "<adlcp:timeLimitAction>continue,no message</adlcp:timeLimitAction><adlcp:dataFromLMS>x=1</adlcp:dataFromLMS>"
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8"/>'
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>previous</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
        + made.sequencing(
            '<imsss:limitConditions attemptAbsoluteDurationLimit="PT1H30M"/><imsss:objectives>'
            '<imsss:primaryObjective objectiveID="P" satisfiedByMeasure="true">'
            "<imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective>"
            '<imsss:objective objectiveID="Q"/></imsss:objectives>'
        ),
        ' isvisible="false"',
    )
    assert (unit.visible, unit.hidden) == (False, ("previous",))
    assert (unit.time_limit_action, unit.max_time_allowed, unit.launch_data) == (
        "continue,no message",
        "PT1H30M",
        "x=1",
    )
    assert (unit.completion_threshold, unit.passing_score, unit.objectives) == (0.8, 0.7, ("P", "Q"))


@pytest.mark.parametrize(
    ("written", "threshold"),
    [
        ("<adlcp:completionThreshold>0.75</adlcp:completionThreshold>", 0.75),
        ('<adlcp:completionThreshold completedByMeasure="true"/>', 1.0),
        ('<adlcp:completionThreshold minProgressMeasure="0.5"/>', None),
        ("", None),
    ],
)
def test_a_completion_threshold_is_read_as_each_edition_writes_it(written: str, threshold: float | None) -> None:
    assert with_item(written).completion_threshold == threshold


@pytest.mark.parametrize(
    ("href", "bases", "found"),
    [
        ("a.html", (), "a.html"),
        ("a.html", ("noi%20dung/", "", "bai/"), "noi%20dung/bai/a.html"),
        ("a.html", ("noi-dung", "bai/"), "bai/a.html"),  # a base without a slash at its end is a file's name
        ("../a.html", ("x/y/",), "x/a.html"),
        ("bai\\a.html", (), "bai/a.html"),
        ("./a.html?x=1#y", (), "a.html?x=1#y"),
        ("b%C3%A0i/%C4%90%E1%BB%81.html", (), "b%C3%A0i/%C4%90%E1%BB%81.html"),
        ("ba\u0300i.html", (), "b%C3%A0i.html"),  # decomposed, as macOS writes it
        ("https://noi.khac/", (), Astray.FOREIGN),
        ("a.html", ("//noi.khac/",), Astray.FOREIGN),
        ("data:text/html,x", (), Astray.FOREIGN),
        ("../a.html", (), Astray.OUTSIDE),
        ("x/../../a.html", ("y/",), "a.html"),
        ("..%2f..%2fa.html", ("x/",), Astray.OUTSIDE),
        ("a.html", ("/x/",), Astray.OUTSIDE),
        ("..", (), Astray.OUTSIDE),
    ],
)
def test_an_address_is_made_whole_or_said_to_lead_astray(href: str, bases: tuple[str, ...], found: object) -> None:
    made_whole = address(href, *bases)
    assert (made_whole.href if isinstance(made_whole, Address) else made_whole) == found


@pytest.mark.parametrize(
    ("tail", "parameters", "joined"),
    [
        ("", "", ""), ("", "x=1", "?x=1"), ("", "?x=1", "?x=1"), ("", "&x=1", "?x=1"), ("", "??&x=1", "?x=1"),
        ("?a=1", "?x=1", "?a=1&x=1"), ("?a=1", "#y", "?a=1#y"), ("#b", "#y", "#b"), ("#b", "x=1", "?x=1#b"),
        ("", "x=một hai", "?x=m%E1%BB%99t%20hai"), ("", "x=%20", "?x=%20"),
    ],
)  # fmt: skip
def test_parameters_are_joined_as_the_content_aggregation_model_says(tail: str, parameters: str, joined: str) -> None:
    assert with_parameters(Address("a.html", tail), parameters).tail == joined


def test_parameters_and_bases_reach_the_item() -> None:
    hrefs = [unit.href for unit in structure(made.parameters12()).units]
    assert hrefs == ["a.html?lang=vi&unit=1", "a.html?lang=vi&unit=2", "a.html?lang=vi&unit=3", "a.html?lang=vi#unit4"]
    assert [unit.href for unit in structure(made.xml_base12()).units] == ["noi%20dung/bai/mot/a.html"]


def test_an_item_with_items_of_its_own_opens_nothing_itself() -> None:
    items = made.item("a", made.item("b"))
    found = structure(made.with_pages(made.manifest12(made.organizations(items), made.resources("a", "b")), "a", "b"))
    assert [unit.identifier for unit in found.units] == ["I-b"]
