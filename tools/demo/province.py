"""The sample province: 60 organizations before the merger of 01/07/2025, 60 after it, and their terms. Invented, every
one; only the central body that manages the highest cadres is real."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

MERGED = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
NEW, WEST, EAST = "Lam Hòa", "Lam Khê", "Hòa Lĩnh"
"""The province, and the two it was merged from."""
PROVINCE, CENTRE = "TU", "BBT"
TERM_STARTS = date(2025, 10, 1)
OLD_TERM, TERM = "2020-2025", "2025-2030"
_FOUNDED = date(2015, 1, 1)
_OLD_STARTS = date(2020, 10, 15)

_COMMITTEE, _BRANCH, _PARTY, _OFFICE, _STATE, _FRONT, _UNION, _SERVICE, _SCHOOL = (
    "Cấp ủy", "Chi bộ, đảng bộ cơ sở", "Ban Đảng", "Sở, ban, ngành", "HĐND, UBND", "Mặt trận Tổ quốc",
    "Tổ chức chính trị - xã hội", "Đơn vị sự nghiệp", "Trường Chính trị, Trung tâm Chính trị",
)  # fmt: skip
_TIER, _DISTRICT, _COMMUNE, _BASE = "Tỉnh", "Huyện", "Xã", "Cơ sở"


BRANCHES = {"TCT": "CB-TCT", "BV": "CB-BV"}
"""Bodies whose own branch manages those below their heads."""


@dataclass(frozen=True)
class Unit:
    """An organization of the books, as a row of the office's list has it. `place` is the invented name in `name`."""

    code: str
    name: str
    kind: str
    level: str
    parent: str = ""
    starts: date | None = None
    ends: date | None = None
    former: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class TermRow:
    organization: str
    name: str
    starts: date
    ends: date


_DISTRICTS = {
    WEST: ("Vân Hạc", "Khê Nguyệt", "Trúc Lam"),
    EAST: ("Lĩnh Cát", "Hòa Ngư", "Thạch Liễu"),
}
_OLD_COMMUNES = {
    "Vân Hạc": ("Hạc Tùng", "Vân Nguyệt", "An Liễu Khê", "Lam Điềm", "Hạc Cầm", "Tùng Nguyệt"),
    "Khê Nguyệt": ("Khê Trầm", "Nguyệt Lam", "Sa Điềm", "Ngư Khê Hạ", "Khê Hạc", "Lam Quế Khê"),
    "Trúc Lam": ("Trúc Hạc", "Trúc Điềm", "Lam Cầm", "Cát Trúc Lam", "Trúc Ngư", "Mai Trúc Khê"),
    "Lĩnh Cát": ("Cát Nguyệt", "Lĩnh Hạc", "Cát Điềm", "Lĩnh Trầm", "Sa Lĩnh Hạ", "Cát Ngư"),
    "Hòa Ngư": ("Ngư Điềm", "Hòa Trầm", "Ngư Cầm", "Hòa Nguyệt Sa", "Ngư Liễu", "Hòa Hạc Khê"),
    "Thạch Liễu": ("Liễu Cầm", "Thạch Trầm", "Liễu Hạc", "Thạch Điềm", "Liễu Sa Hạ", "Thạch Nguyệt Khê"),
}
_NEW_COMMUNES = {
    "Vân Hạc": ("Hạc Lam", "Vân Điềm", "Nguyệt Cầm", "Lam Tùng Khê", "Vân Trầm"),
    "Khê Nguyệt": ("Khê Điềm", "Lam Nguyệt Sa", "Khê Cầm", "Ngư Nguyệt", "Khê Lĩnh Hạ"),
    "Trúc Lam": ("Trúc Nguyệt", "Lam Trúc Sa", "Trúc Cầm", "Mai Hạc Khê", "Trúc Trầm"),
    "Lĩnh Cát": ("Lĩnh Điềm", "Cát Hạc", "Lĩnh Nguyệt Sa", "Cát Cầm", "Lĩnh Liễu"),
    "Hòa Ngư": ("Ngư Hạc", "Hòa Điềm", "Ngư Trầm", "Hòa Cầm Khê", "Hòa Liễu"),
    "Thạch Liễu": ("Liễu Điềm", "Thạch Hạc", "Liễu Trầm", "Thạch Cầm", "Liễu Nguyệt Sa"),
}
_WARDS = frozenset(places[0] for places in _NEW_COMMUNES.values())

_old = partial(Unit, starts=_FOUNDED, ends=LAST_DAY)


def units() -> tuple[Unit, ...]:
    """The central body, then those of before the merger, then those of after it."""
    return (Unit(CENTRE, "Ban Bí thư", "Ban Bí thư", "Trung ương"), *_before(), *_after())


def terms() -> Iterator[TermRow]:
    """Two terms of the province, the first one begun in the committees it was merged from; the base branches have
    terms of thirty months (this one began before the merger), the central body those of the national congresses."""
    for code in ("LK", "HL"):
        yield TermRow(f"{code}-TU", OLD_TERM, _OLD_STARTS, LAST_DAY)
    yield TermRow(PROVINCE, OLD_TERM, _OLD_STARTS, date(2025, 9, 30))
    yield TermRow(PROVINCE, TERM, TERM_STARTS, date(2030, 9, 30))
    for code in BRANCHES.values():
        yield TermRow(code, "2025-2027", date(2025, 3, 1), date(2027, 8, 31))
    yield TermRow(CENTRE, "2021-2026", date(2021, 2, 1), date(2026, 1, 22))
    yield TermRow(CENTRE, "2026-2031", date(2026, 1, 23), date(2031, 1, 22))


def _before() -> Iterator[Unit]:
    for code, province in (("LK", WEST), ("HL", EAST)):
        yield _old(f"{code}-TU", f"Tỉnh ủy {province}", _COMMITTEE, _TIER, "", place=province)
        for suffix, name, kind in _OLD_BODIES:
            yield _old(f"{code}-{suffix}", f"{name} {province}", kind, _TIER, f"{code}-TU", place=province)
        for number, district in enumerate(_DISTRICTS[province], 1):
            above = f"{code}-H{number}"
            yield _old(above, f"Huyện ủy {district}", _COMMITTEE, _DISTRICT, f"{code}-TU", place=district)
            for place_number, place in enumerate(_OLD_COMMUNES[district], 1):
                yield _old(f"{above}X{place_number}", f"Đảng ủy xã {place}", _COMMITTEE, _COMMUNE, above, place=place)


_OLD_BODIES = (
    ("BTC", "Ban Tổ chức Tỉnh ủy", _PARTY),
    ("BTG", "Ban Tuyên giáo Tỉnh ủy", _PARTY),
    ("BDV", "Ban Dân vận Tỉnh ủy", _PARTY),
    ("UBND", "Ủy ban nhân dân tỉnh", _STATE),
    ("SNV", "Sở Nội vụ tỉnh", _OFFICE),
    ("STC", "Sở Tài chính tỉnh", _OFFICE),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", _FRONT),
    ("TCT", "Trường Chính trị tỉnh", _SCHOOL),
)
"""Of each of the two provinces: its code's ending, its name before that of the province, its kind."""
_NEW_BODIES = (
    ("BTC", f"Ban Tổ chức Tỉnh ủy {NEW}", _PARTY, PROVINCE, "BTC"),
    ("BTGDV", f"Ban Tuyên giáo và Dân vận Tỉnh ủy {NEW}", _PARTY, PROVINCE, "BTG BDV"),
    ("UBKT", f"Ủy ban Kiểm tra Tỉnh ủy {NEW}", _PARTY, PROVINCE, ""),
    ("BNC", f"Ban Nội chính Tỉnh ủy {NEW}", _PARTY, PROVINCE, ""),
    ("VPTU", f"Văn phòng Tỉnh ủy {NEW}", _PARTY, PROVINCE, ""),
    ("DUCQ", f"Đảng ủy các cơ quan Đảng tỉnh {NEW}", _COMMITTEE, PROVINCE, ""),
    ("DUUB", f"Đảng ủy Ủy ban nhân dân tỉnh {NEW}", _COMMITTEE, PROVINCE, ""),
    ("UBND", f"Ủy ban nhân dân tỉnh {NEW}", _STATE, PROVINCE, "UBND"),
    ("SNV", f"Sở Nội vụ tỉnh {NEW}", _OFFICE, "UBND", "SNV"),
    ("STC", f"Sở Tài chính tỉnh {NEW}", _OFFICE, "UBND", "STC"),
    ("SNNMT", f"Sở Nông nghiệp và Môi trường tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("SGD", f"Sở Giáo dục và Đào tạo tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("SYT", f"Sở Y tế tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("SKHCN", f"Sở Khoa học và Công nghệ tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("SXD", f"Sở Xây dựng tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("SCT", f"Sở Công Thương tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("TTT", f"Thanh tra tỉnh {NEW}", _OFFICE, "UBND", ""),
    ("MTTQ", f"Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh {NEW}", _FRONT, PROVINCE, "MTTQ"),
    ("HND", f"Hội Nông dân tỉnh {NEW}", _UNION, "MTTQ", ""),
    ("HPN", f"Hội Liên hiệp Phụ nữ tỉnh {NEW}", _UNION, "MTTQ", ""),
    ("TDTN", f"Tỉnh Đoàn {NEW}", _UNION, "MTTQ", ""),
    ("LDLD", f"Liên đoàn Lao động tỉnh {NEW}", _UNION, "MTTQ", ""),
    ("TCT", f"Trường Chính trị tỉnh {NEW}", _SCHOOL, PROVINCE, "TCT"),
    ("TTCT1", f"Trung tâm Chính trị khu vực 1 tỉnh {NEW}", _SCHOOL, PROVINCE, ""),
    ("TTCT2", f"Trung tâm Chính trị khu vực 2 tỉnh {NEW}", _SCHOOL, PROVINCE, ""),
    ("TTCT3", f"Trung tâm Chính trị khu vực 3 tỉnh {NEW}", _SCHOOL, PROVINCE, ""),
    ("BV", f"Bệnh viện Đa khoa tỉnh {NEW}", _SERVICE, "SYT", ""),
    ("CB-TCT", f"Chi bộ Trường Chính trị tỉnh {NEW}", _BRANCH, "TCT", ""),
    ("CB-BV", f"Chi bộ Bệnh viện Đa khoa tỉnh {NEW}", _BRANCH, "BV", ""),
)
"""Code, name, kind, the body above, and of which bodies of both old provinces it was made (their codes' endings)."""


def _after() -> Iterator[Unit]:
    former = ("LK-TU", "HL-TU")
    yield Unit(PROVINCE, f"Tỉnh ủy {NEW}", _COMMITTEE, _TIER, "", MERGED, None, former, NEW)
    for code, name, kind, parent, merged in _NEW_BODIES:
        level = _BASE if kind == _BRANCH else _TIER
        old = tuple(f"{side}-{ending}" for ending in merged.split() for side in ("LK", "HL"))
        yield Unit(code, name, kind, level, parent, MERGED, None, old, NEW)
    yield from _communes()


def _communes() -> Iterator[Unit]:
    """Each old district became a ward of its seat and four communes, of six old ones."""
    number = 0
    for side, province in (("LK", WEST), ("HL", EAST)):
        for district_number, district in enumerate(_DISTRICTS[province], 1):
            above = f"{side}-H{district_number}"
            old = [f"{above}X{each}" for each in range(1, 7)]
            shares = ((above,), tuple(old[:2]), tuple(old[2:4]), (old[4],), (old[5],))
            for place, former in zip(_NEW_COMMUNES[district], shares, strict=True):
                number += 1
                kind = "phường" if place in _WARDS else "xã"
                name = f"Đảng ủy {kind} {place}"
                yield Unit(f"X{number:02}", name, _COMMITTEE, _COMMUNE, PROVINCE, MERGED, None, former, place)
