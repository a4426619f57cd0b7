"""The posts of the sample province: which seats an organization has, and who manages those who hold them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tools.demo.province import BRANCHES, CENTRE, PROVINCE, Unit

_COMMUNE = (
    "Bí thư Đảng ủy", "Phó Bí thư Thường trực Đảng ủy", "Phó Bí thư Đảng ủy, Chủ tịch UBND", "Phó Chủ tịch HĐND",
    "Phó Chủ tịch UBND", "Ủy viên Ban Thường vụ, Trưởng Ban Xây dựng Đảng", "Chủ nhiệm Ủy ban Kiểm tra",
    "Chủ tịch Ủy ban MTTQ Việt Nam", "Chánh Văn phòng Đảng ủy", "Phó Chủ tịch UBND", "Trưởng phòng Kinh tế",
    "Trưởng phòng Văn hóa - Xã hội", "Chánh Văn phòng HĐND và UBND", "Giám đốc Trung tâm Phục vụ hành chính công",
    "Chỉ huy trưởng Ban Chỉ huy Quân sự", "Bí thư Đoàn Thanh niên", "Chủ tịch Hội Nông dân",
    "Chủ tịch Hội Liên hiệp Phụ nữ", "Chủ tịch Hội Cựu chiến binh", "Phó Trưởng phòng Kinh tế",
    "Phó Trưởng phòng Văn hóa - Xã hội", "Phó Trưởng Ban Xây dựng Đảng", "Phó Chủ nhiệm Ủy ban Kiểm tra",
    "Phó Chánh Văn phòng Đảng ủy", "Phó Chủ tịch Ủy ban MTTQ Việt Nam",
)  # fmt: skip
_MANAGED_ABOVE = 7
"""The first so many seats of a commune are of those whom the provincial committee manages."""
_COMMITTEE = (
    "Bí thư Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy", "Phó Bí thư Tỉnh ủy", "Ủy viên Ban Thường vụ Tỉnh ủy",
    "Ủy viên Ban Thường vụ Tỉnh ủy", "Ủy viên Ban Thường vụ Tỉnh ủy", "Ủy viên Ban Thường vụ Tỉnh ủy",
    "Ủy viên Ban Thường vụ Tỉnh ủy",
)  # fmt: skip
_HEADS = {
    "Ban Đảng": ("Trưởng Ban", "Phó Trưởng Ban Thường trực", "Phó Trưởng Ban", "Phó Trưởng Ban"),
    "Cấp ủy": ("Bí thư Đảng ủy", "Phó Bí thư Thường trực Đảng ủy", "Phó Bí thư Đảng ủy", "Chủ nhiệm Ủy ban Kiểm tra"),
    "HĐND, UBND": ("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", "Chánh Văn phòng UBND"),
    "Mặt trận Tổ quốc": ("Chủ tịch", "Phó Chủ tịch Thường trực", "Phó Chủ tịch", "Phó Chủ tịch"),
    "Tổ chức chính trị - xã hội": ("Chủ tịch", "Phó Chủ tịch Thường trực", "Phó Chủ tịch"),
    "Trường Chính trị, Trung tâm Chính trị": ("Giám đốc", "Phó Giám đốc", "Phó Giám đốc"),
    "Chi bộ, đảng bộ cơ sở": ("Bí thư Chi bộ", "Phó Bí thư Chi bộ"),
}
_OTHER_HEADS = ("Giám đốc", "Phó Giám đốc", "Phó Giám đốc", "Phó Giám đốc")
_SECTIONS = ("Tổng hợp", "Nghiệp vụ 1", "Nghiệp vụ 2", "Tổ chức - Cán bộ", "Kế hoạch - Tài chính", "Kiểm tra")
_DEPARTMENTS = ("Lý luận", "Xây dựng Đảng", "Nhà nước và Pháp luật", "Nội", "Ngoại", "Khám bệnh")


@dataclass(frozen=True)
class Seat:
    """A post that one person may hold. `rank` is its place in the organization, 0 the highest; an empty `authority` is
    that of people outside the regime."""

    title: str
    unit: Unit
    authority: str
    rank: int


def seats(units: tuple[Unit, ...], wanted: int) -> list[Seat]:
    """The `wanted` highest seats, all organizations alike: in a small sample each has its head before any its second.
    Every fiftieth is of a member who holds no post."""
    sources = [_of_unit(unit) for unit in units if unit.code != CENTRE]
    found: list[Seat] = []
    while len(found) < wanted and sources:
        taken = [(source, next(source, None)) for source in sources]
        sources = [source for source, seat in taken if seat]
        found += [seat for _, seat in taken if seat]
    return [_outside(seat) if number % 50 == 49 else seat for number, seat in enumerate(found[:wanted])]


def _outside(seat: Seat) -> Seat:
    return Seat("Đảng viên", seat.unit, "", seat.rank)


def _of_unit(unit: Unit) -> Iterator[Seat]:
    """Highest first. Only communes have as many seats as the sample asks for: those of their branches."""
    if unit.code == PROVINCE:
        yield from (Seat(title, unit, CENTRE, rank) for rank, title in enumerate(_COMMITTEE))
    elif unit.level == "Xã":
        yield from _of_commune(unit)
    else:
        yield from _of_body(unit)


def _of_commune(unit: Unit) -> Iterator[Seat]:
    for rank, title in enumerate(_COMMUNE):
        yield Seat(title, unit, PROVINCE if rank < _MANAGED_ABOVE else unit.code, rank)
    for number in count(1):
        yield Seat(f"Bí thư Chi bộ khu dân cư số {number}", unit, unit.code, len(_COMMUNE) + number - 1)


def _of_body(unit: Unit) -> Iterator[Seat]:
    """Heads, managed by the province (two of its government by the centre); below them, by the body or its branch."""
    heads = _HEADS.get(unit.kind, _OTHER_HEADS)
    for rank, title in enumerate(heads):
        authority = CENTRE if unit.code == "UBND" and rank < 2 else PROVINCE
        yield Seat(title, unit, unit.code if unit.level == "Cơ sở" else authority, rank)
    for rank, title in enumerate(_below(unit), len(heads)):
        yield Seat(title, unit, BRANCHES.get(unit.code, unit.code), rank)


def _below(unit: Unit) -> Iterator[str]:
    """A head and a deputy of every section."""
    base = unit.level == "Cơ sở"
    part, sections = ("khoa", _DEPARTMENTS) if base else ("phòng", _SECTIONS)
    return (f"{first} {part} {section}" for section in sections for first in ("Trưởng", "Phó Trưởng"))
