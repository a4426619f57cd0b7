"""The media that a topic's body names: found, described, standing where they can be played."""

import re
from pathlib import Path

from boiduong_vocabulary.problem import Problem

from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Asset
from boiduong_packager.read.assets import Reference, find_asset
from boiduong_packager.read.layout import Layout
from boiduong_packager.read.references import Reference as Link

_ALONE_BEFORE = re.compile(r"(?:\A|\n)(?:[ \t]*|#{1,6} [^\n]*|:::[^\n]*)\n[ ]{0,3}\Z|\A[ ]{0,3}\Z")
_ALONE_AFTER = re.compile(r"[ \t]*(?:\{[^}\n]*\})?[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z)|\n:::)")


def find_assets(layout: Layout, program: Path) -> tuple[dict[str, Asset], list[Problem]]:
    """The media by their address as written, and what is wrong with them; addresses are relative to `program`."""
    assets: dict[str, Asset] = {}
    problems: list[Problem] = []
    for image in layout.references:
        if not image.is_image:
            continue
        place = layout.source.place(image.start)
        if not image.text:
            hint = "ghi trong ngoặc vuông điều hình cho thấy: ![mô tả](…), để người không thấy hình nghe được"
            problems.append(fault(Code.NO_DESCRIPTION, place, f"hình «{image.address}» chưa có mô tả", hint))
        found = find_asset(Reference(image.address, place), program)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        assets[image.address] = found
        problems += _position_faults(layout, image, found)
    return assets, problems + _name_faults(layout, assets)


def _position_faults(layout: Layout, image: Link, asset: Asset) -> list[Problem]:
    """A film or recording is a figure of its own; a film is no part of a question."""
    kind = asset.media_type.partition("/")[0]
    in_question = any(block.start <= image.start < block.end for block in layout.blocks)
    before, after = layout.text[layout.start : image.start], layout.text[image.end :]
    alone = _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after)
    if kind == "image" or (alone and not (kind == "video" and in_question)):
        return []
    what = "phim" if kind == "video" else "tệp tiếng"
    hint = f"để {what} thành một đoạn riêng, trên dưới có dòng trống"
    hint += ", đứng trước câu hỏi" if in_question and kind == "video" else ""
    message = f"{what} «{image.address}» không đứng riêng một đoạn"
    return [fault(Code.MEDIA_NOT_ALONE, layout.source.place(image.start), message, hint)]


def _name_faults(layout: Layout, assets: dict[str, Asset]) -> list[Problem]:
    """Two files that would have one name in a package."""
    names: dict[str, str] = {}
    problems = []
    for image in layout.references:
        asset = assets.get(image.address) if image.is_image else None
        if asset and names.setdefault(asset.name, asset.path) != asset.path:
            message = f"hai tệp cùng tên «{asset.name}» khi bỏ dấu: «{image.address}» và một tệp ở trên"
            place = layout.source.place(image.start)
            problems.append(fault(Code.SLUG_COLLISION, place, message, "đổi tên một trong hai tệp"))
    return problems
