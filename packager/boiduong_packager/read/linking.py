"""Where the links of a topic's body lead: within it, to other topics, or out into the web."""

import re
from urllib.parse import unquote

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.layout import Layout
from boiduong_packager.read.reading import Outgoing
from boiduong_packager.read.structure import REFERENCE

_UNSAFE_SCHEME = re.compile(r"(?!https?:|mailto:|tel:)[a-zA-Z][a-zA-Z0-9+.-]*:|//", re.IGNORECASE)
SAFE_SCHEME = re.compile(r"https?:|mailto:|tel:", re.IGNORECASE)


def follow_links(layout: Layout) -> tuple[list[Outgoing], list[Problem]]:
    """The links to other topics, and the links that lead nowhere or may not stand in a topic."""
    written = [(link.address, link.start) for link in layout.references if not link.is_image]
    defined = REFERENCE.finditer(layout.masked, layout.start)
    written += [(match["address"].strip("<>"), match.start()) for match in defined]
    ids = [id_ for id_, _ in layout.ids()] + layout.subheading_ids()
    outgoing: list[Outgoing] = []
    problems: list[Problem] = []
    for raw, start in written:
        address, place = nfc(unquote(raw)), layout.source.place(start)
        file, _, anchor = address.partition("#")
        if _UNSAFE_SCHEME.match(address):
            hint = "chỉ dùng liên kết https://, mailto:, tel: hoặc liên kết trong chương trình"
            problems.append(fault(Code.UNSAFE_LINK, place, f"liên kết «{address}» không dùng được", hint))
        elif file.endswith(".md"):
            outgoing.append(Outgoing(file, anchor, place.line, place.column))
        elif not SAFE_SCHEME.match(address) and not (address.startswith("#") and anchor in ids):
            problems.append(_broken(address, anchor, place, ids))
    return outgoing, problems


def _broken(address: str, anchor: str, place: Place, ids: list[str]) -> Problem:
    hint = "liên kết tới chuyên đề khác viết (02-ten-tep.md), tới một mục viết (#ma-muc)"
    if address.startswith("#"):
        hint = did_you_mean(anchor, ids) or "kiểm tra mã mục {#ma-muc} ở cuối dòng đề mục"
    elif address.startswith("www."):
        hint = f"địa chỉ web viết đủ: https://{address}"
    return fault(Code.BROKEN_LINK, place, f"liên kết «{address}» không tới đâu", hint)
