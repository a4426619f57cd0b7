"""Our styles keep to what Chrome 90 and iOS 14 know: what they do not know they leave out, and the page falls apart."""

import re
from pathlib import Path

import boiduong_server
import pytest

ROOM = Path(boiduong_server.__path__[0])
SHEETS = sorted([*ROOM.glob("desk/assets/*.css"), *ROOM.glob("play/assets/*.css")])
LATER = {
    "inset": r"[;{\s]inset(-block|-inline)?:",
    "aspect-ratio": r"(?<!-)aspect-ratio",
    "selectors of 2021 and after": r":(has|is|where)\(",
    "heights that follow the browser's bars": r"\d[dsl]vh",
    "layers and containers": r"@(layer|container)",
    "nesting": r"^\s*&",
    "colours that are mixed": r"color-mix|oklch",
    "a focus that only newer browsers show": r":focus\s*\{[^}]*outline:\s*(none|0)",
}
"""What came after iOS 14.0 (a gap in flex boxes came with 14.5)."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def too_new(sheet: str) -> list[str]:
    """What of the sheet those browsers leave out."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = [name for name, pattern in LATER.items() if re.search(pattern, sheet, re.MULTILINE)]
    rules = [(selector.strip(), body) for selector, body in _RULE.findall(sheet)]
    flexed = [selector for selector, body in rules if "flex" in body and re.search(r"(?<!row-)(?<!grid-)gap:", body)]
    return found + flexed


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_holds_nothing_that_browsers_of_2020_leave_out(sheet: Path) -> None:
    assert too_new(sheet.read_text("utf-8").replace("main:focus", "main")) == []


@pytest.mark.parametrize(
    "sheet",
    ["a { inset: 0; }", ":focus { outline: none; }", "ul { display: flex; gap: 1rem; }", "p:has(a) { top: 0; }"],
)
def test_what_is_too_new_is_found(sheet: str) -> None:
    assert too_new(sheet)
