"""What blocks say: Vietnamese as it stands in the code, English from our own catalogue, nothing left out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boiduong_xblocks
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from boiduong_xblocks import words
from boiduong_xblocks.words import marked, translated

PACKAGE = Path(boiduong_xblocks.__file__).parent
SOURCE = PACKAGE / "translations/en/LC_MESSAGES/text.po"
TEXT = "Đồng hồ đang chạy, tính chung mọi trang của chuyên đề."
ENGLISH = "The clock is running; all pages of the topic count together."
_NAMES = re.compile(r"\{\w*\}")


def service(language: str | None, **texts: str) -> Any:
    """An i18n service that knows these texts."""
    return SimpleNamespace(gettext=lambda text: texts.get("said", text), get_language=lambda: language)


@pytest.fixture(autouse=True)
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue as it stands in the source, whatever was compiled before."""
    made = tmp_path / "en/LC_MESSAGES/text.mo"
    made.parent.mkdir(parents=True)
    with SOURCE.open("rb") as text, made.open("wb") as compiled:
        write_mo(compiled, read_po(text))
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    words._catalog.cache_clear()


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", TEXT), ("vi-vn", TEXT), ("", TEXT), (None, TEXT), ("fr", TEXT), ("en", ENGLISH), ("en-us", ENGLISH)],
)
def test_a_text_is_said_in_the_pages_language_or_in_vietnamese(language: str | None, said: str) -> None:
    assert translated(service(language), TEXT) == said


def test_what_the_platform_translates_itself_stands() -> None:
    assert translated(service("en", said="Running"), TEXT) == "Running"


def test_a_platform_without_a_language_says_it_in_vietnamese() -> None:
    assert translated(SimpleNamespace(gettext=lambda text: text), TEXT) == TEXT


def test_a_mark_changes_nothing() -> None:
    assert marked(TEXT) is TEXT


def spoken() -> Iterator[str]:
    """Every text of our code: those marked, and those said where they stand."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("marked", "say") and isinstance(node.args[0].value, str):
                    yield node.args[0].value


def test_every_text_has_its_english_with_the_same_names_to_fill_in() -> None:
    with SOURCE.open("rb") as file:
        english = {message.id: message.string for message in read_po(file) if message.id}
    texts = set(spoken())
    assert len(texts) > 30
    assert [text for text in sorted(texts) if not english.get(text)] == []
    assert [text for text in texts if sorted(_NAMES.findall(text)) != sorted(_NAMES.findall(english[text]))] == []


def test_the_catalogue_has_nothing_that_nobody_says() -> None:
    with SOURCE.open("rb") as file:
        assert sorted({message.id for message in read_po(file) if message.id} - set(spoken())) == []
