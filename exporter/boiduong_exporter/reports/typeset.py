"""Papers of several pages from Typst: text reaches them as data, never as Typst source."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst

from boiduong_exporter.reports.figures import Basis


def typeset(main: str, title: str, basis: Basis, data: Mapping[str, Any]) -> bytes:
    """The PDF that `main` (a file beside this one) makes of `data`, after the frame that all papers share (frame.typ).
    The same figures give the same bytes."""
    folder = files("boiduong_exporter.reports")
    source = folder.joinpath("frame.typ").read_bytes() + folder.joinpath(main).read_bytes()
    said = json.dumps(_frame(title, basis) | dict(data), ensure_ascii=False)
    pdf = typst.compile(source, ignore_system_fonts=True, format="pdf", sys_inputs={"data": said})
    assert isinstance(pdf, bytes)
    return pdf


def _frame(title: str, basis: Basis) -> dict[str, Any]:
    """What stands on every page; on the paper itself the head is its mark alone."""
    return {
        "title": title,
        "date": [basis.as_of.year, basis.as_of.month, basis.as_of.day],
        "when": basis.when,
        "notice": basis.notice,
        "mark": f"Mã đối chiếu: {basis.mark}",
    }
