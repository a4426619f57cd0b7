"""Media as they lie beside a topic: what may be taken, and what a drawing may hold."""

from pathlib import Path

import pytest
from boiduong_packager.faults import Code
from boiduong_packager.model import Asset
from boiduong_packager.read.assets import Reference, find_asset
from boiduong_packager.read.drawings import is_harmless
from boiduong_vocabulary.problem import Place, Problem

PLACE = Place("bai.md", 3, 1)


def drawing(content: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">{content}</svg>'.encode()


@pytest.mark.parametrize(
    "content",
    [
        "<title>Sơ đồ</title><rect width='1' height='1' style='fill: #fff'/>",
        "<linearGradient id='g'/><rect fill='url(#g)'/><use l:href='#g'/>",
        "<image href='data:image/png;base64,AA=='/>",
        "<style>text { font: 12px sans-serif }</style><text>once on one</text>",
    ],
)
def test_a_drawing_that_only_draws_is_harmless(content: str) -> None:
    assert is_harmless(drawing(content))


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
        "<g onclick='alert(1)'/>",
        "<foreignObject/>",
        "<h:iframe xmlns:h='http://www.w3.org/1999/xhtml'/>",
        "<a href='java&#115;cript:alert(1)'/>",
        "<a href='#'><set attributeName='href' to='java&#115;cript:alert(1)'/></a>",
        "<image l:href='https://vi-du.vn/a.png'/>",
        "<style>&#64;import '//vi-du.vn/a.css';</style>",
        "<rect style='fill: u\\72l(//vi-du.vn/a)'/>",
        "<rect fill='url(//vi-du.vn/a)'/>",
        "<?xml-stylesheet href='#'?>",
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_not(content: str) -> None:
    assert not is_harmless(drawing(content))


def test_an_encoding_hides_no_script() -> None:
    data = drawing("<script>alert(1)</script>").decode()
    assert not is_harmless(f'<?xml version="1.0" encoding="UTF-16"?>{data}'.encode("utf-16"))


def test_a_doctype_is_not_harmless() -> None:
    assert not is_harmless(b"<!DOCTYPE svg [<!ENTITY x 'y'>]>" + drawing("&x;"))


def test_a_drawing_that_no_browser_shows_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>')
    found = find_asset(Reference("a.svg", PLACE), tmp_path)
    assert isinstance(found, Problem)
    assert (found.code, "đọc được" in found.message) == (Code.UNSAFE_DRAWING, True)


def test_a_link_to_a_file_elsewhere_is_not_packed(tmp_path: Path) -> None:
    program = tmp_path / "ct"
    program.mkdir()
    (tmp_path / "rieng.png").write_bytes(b"x")
    (program / "a.png").symlink_to(tmp_path / "rieng.png")
    found = find_asset(Reference("a.png", PLACE), program)
    assert isinstance(found, Problem)
    assert found.code == Code.OUTSIDE_PROGRAM


def test_a_link_to_a_file_of_the_programme_is_as_good_as_the_file(tmp_path: Path) -> None:
    (tmp_path / "that.png").write_bytes(b"x")
    (tmp_path / "a.png").symlink_to(tmp_path / "that.png")
    assert isinstance(find_asset(Reference("a.png", PLACE), tmp_path), Asset)
