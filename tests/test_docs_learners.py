"""The learner's page keeps its word: what it quotes is what the pages say, and the figures are the program's own."""

import re
from pathlib import Path

import pytest
from boiduong_exporter.logs.clock import OLDEST_MS
from boiduong_server.accounts.sessions import DAY_MS, KEPT_MS

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/hoc-vien.md").read_text("utf-8")
PAGES = "\n".join(
    path.read_text("utf-8")
    for pattern in ("desk/templates/**/*.html", "desk/*.py", "attending/*.py", "*/assets/*.js")
    for path in (ROOT / "server/boiduong_server").glob(pattern)
)


@pytest.mark.parametrize("words", sorted({*re.findall("«([^»]+)»", GUIDE)} - {"Tạm tính"}))
def test_the_words_it_quotes_stand_on_a_page(words: str) -> None:
    assert words in PAGES


def test_every_picture_is_one_that_the_tool_takes() -> None:
    tool = (ROOT / "tools/pictures_learner.py").read_text("utf-8")
    shown = set(re.findall(r"hinh/(hv-[\w-]+)\.png", GUIDE))
    assert shown == set(re.findall(r'"(hv-[\w-]+)"', tool))


def test_its_days_are_those_of_the_program() -> None:
    assert f"để {KEPT_MS // DAY_MS} ngày không phải đăng nhập lại" in GUIDE
    assert (OLDEST_MS // DAY_MS, "trong vòng bảy ngày" in " ".join(GUIDE.split())) == (7, True)
