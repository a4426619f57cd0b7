"""What the blocks bring into pages of the platform: it asks no other host, and touches nothing that is not ours."""

import re
from importlib import resources

import pytest

ASSETS = [each for each in (resources.files("boiduong_xblocks") / "assets").iterdir() if each.is_file()]
NAMES = [each.name for each in ASSETS]
TEXTS = {each.name: each.read_text("utf-8") for each in ASSETS}
FILMS = {"youtube.js": ["https://www.youtube.com", "https://www.youtube-nocookie.com"]}
"""Origins of messages that are believed; nothing is sent there."""
STEPS = ("from", "to")


@pytest.mark.parametrize("name", NAMES)
def test_an_asset_names_no_other_host_and_leaves_by_no_beacon(name: str) -> None:
    text = TEXTS[name]
    assert re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", text) == FILMS.get(name, [])
    assert "sendBeacon" not in text
    assert not re.search(r"@import|url\(", text)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_becomes_text_and_never_html(name: str) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", TEXTS[name])


def test_every_rule_of_the_style_stays_under_our_own_class() -> None:
    style = re.sub(r"/\*.*?\*/", "", TEXTS["blocks.css"], flags=re.DOTALL)
    rules = [rule for rule in re.findall(r"([^{};]+)\{", style) if not rule.strip().startswith("@")]
    selectors = [one.strip() for rule in rules for one in rule.split(",")]
    assert len(selectors) > 50
    assert [one for one in selectors if not one.startswith(".boiduong") and one not in STEPS] == []
