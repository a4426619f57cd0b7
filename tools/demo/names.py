"""Invented names of people, by the shares that families and given names have in the country at large."""

from dataclasses import dataclass
from random import Random

from tools.demo.known import is_known

_FAMILIES = {
    "Nguyễn": 310, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 30, "Huỳnh": 28, "Phan": 45, "Vũ": 24, "Võ": 26,
    "Đặng": 22, "Bùi": 21, "Đỗ": 15, "Hồ": 14, "Ngô": 13, "Dương": 11, "Đinh": 10, "Đoàn": 9, "Trương": 12, "Lý": 6,
    "Lương": 7, "Mai": 7, "Tô": 4, "Cao": 7, "Tạ": 4, "Trịnh": 6, "Lâm": 6, "Châu": 4, "Hà": 6, "Thái": 5, "Tăng": 3,
    "Quách": 2, "La": 2, "Kiều": 3, "Phùng": 4, "Nông": 3, "Triệu": 3,
}  # fmt: skip
_MIDDLE_OF_MEN = {
    "Văn": 300, "Hữu": 70, "Đức": 60, "Minh": 60, "Quốc": 55, "Thanh": 50, "Xuân": 45, "Công": 40, "Ngọc": 45,
    "Hoàng": 40, "Trọng": 30, "Đình": 40, "Bá": 20, "Duy": 30, "Quang": 50, "Tấn": 35, "Anh": 20, "Khắc": 15,
    "Thế": 25, "Viết": 15, "Chí": 20, "Phước": 15, "Tiến": 25, "Mạnh": 20, "Nhật": 10, "Hải": 10,
}  # fmt: skip
_GIVEN_TO_MEN = (
    "An", "Bảo", "Bình", "Cảnh", "Chiến", "Chung", "Cường", "Danh", "Dũng", "Duy", "Dương", "Đại", "Đạt", "Định",
    "Đông", "Đức", "Giang", "Hà", "Hải", "Hạnh", "Hân", "Hậu", "Hiếu", "Hiệp", "Hòa", "Hoàn", "Hoàng", "Hồng",
    "Huân", "Hùng", "Huy", "Hưng", "Khải", "Khánh", "Khiêm", "Khoa", "Khôi", "Kiên", "Kiệt", "Lâm", "Lân", "Lập",
    "Linh", "Long", "Lộc", "Lợi", "Luân", "Lực", "Minh", "Mẫn", "Nam", "Nghĩa", "Nguyên", "Nhân", "Nhật", "Ninh",
    "Phát", "Phong", "Phú", "Phúc", "Phương", "Quân", "Quang", "Quý", "Quyền", "Quyết", "Sang", "Sáng", "Sơn",
    "Tài", "Tâm", "Tân", "Thái", "Thành", "Thắng", "Thịnh", "Thọ", "Thuận", "Thức", "Tiến", "Toàn", "Trí",
    "Trung", "Trực", "Tuấn", "Tùng", "Tường", "Vinh", "Vũ", "Vượng", "Xuyên",
)  # fmt: skip
_MIDDLE_OF_WOMEN = {
    "Thị": 420, "Thị Thu": 45, "Thị Ngọc": 50, "Thị Kim": 50, "Thị Thanh": 55, "Thị Hồng": 50, "Thị Minh": 35,
    "Thị Bích": 30, "Thị Mỹ": 25, "Thị Phương": 30, "Thị Diệu": 10, "Thị Như": 10, "Ngọc": 25, "Thanh": 20,
    "Hoàng": 10, "Kim": 15, "Minh": 12, "Thùy": 12, "Bảo": 6, "Khánh": 8, "Quỳnh": 6,
}  # fmt: skip
_GIVEN_TO_WOMEN = (
    "An", "Anh", "Ánh", "Bình", "Châu", "Chi", "Chinh", "Cúc", "Diễm", "Diệp", "Dung", "Duyên", "Đào", "Đoan",
    "Gấm", "Giang", "Hà", "Hải", "Hảo", "Hạnh", "Hằng", "Hậu", "Hiền", "Hiếu", "Hoa", "Hòa", "Hồng", "Huệ",
    "Huyền", "Hương", "Hường", "Khuyên", "Kiều", "Lan", "Lê", "Liên", "Liễu", "Linh", "Loan", "Lý", "Mai", "Mận",
    "Minh", "My", "Mỹ", "Na", "Nga", "Ngà", "Ngân", "Nghĩa", "Ngọc", "Nguyệt", "Nhàn", "Nhi", "Nhung", "Oanh",
    "Phúc", "Phượng", "Phương", "Quyên", "Quỳnh", "Sen", "Sương", "Tâm", "Thảo", "Thắm", "Thanh", "Thi", "Thoa",
    "Thơ", "Thu", "Thủy", "Thúy", "Thư", "Thương", "Tiên", "Trà", "Trang", "Trâm", "Trinh", "Trúc", "Tuyết",
    "Uyên", "Vân", "Vy", "Xuân", "Xuyến", "Yến",
)  # fmt: skip
_WOMEN = 0.36
"""The share of women among the cadres of the sample."""


@dataclass(frozen=True)
class Names:
    """A source of invented names; the same `random` gives the same ones."""

    random: Random

    def person(self) -> str:
        """A full name that no well-known person has, with no word twice."""
        while is_known(name := self._any()) or len(set(name.split())) < len(name.split()):
            pass
        return name

    def _any(self) -> str:
        woman = self.random.random() < _WOMEN
        middle = _MIDDLE_OF_WOMEN if woman else _MIDDLE_OF_MEN
        given = self.random.choice(_GIVEN_TO_WOMEN if woman else _GIVEN_TO_MEN)
        return f"{self._weighed(_FAMILIES)} {self._weighed(middle)} {given}"

    def _weighed(self, shares: dict[str, int]) -> str:
        return self.random.choices([*shares], [*shares.values()])[0]
