"""Who stands before a block: the workbench knows people by the name in the address alone. Names tell what they are."""

from dataclasses import dataclass
from zlib import crc32

STAFF, WATCHING, NOBODY = "giao-vu", "xem-thu", "khach"
"""How the names begin of the course's staff, of staff who look at it as a learner does, and of who has not entered."""
NAMES = {
    "an.nv": "Nguyễn Văn An",
    "binh.tt": "Trần Thị Bình",
    "cuong.lv": "Lê Văn Cường",
    STAFF: "Phạm Thị Dung",
    WATCHING: "Hoàng Văn Đức",
}
"""Who is offered on the pages; any other name is a learner of that name."""
FIRST = "an.nv"


@dataclass(frozen=True)
class Person:
    """`name` is the platform's username."""

    name: str

    @property
    def is_anonymous(self) -> bool:
        return not self.name or self.name.startswith(NOBODY)

    @property
    def is_staff(self) -> bool:
        return self.name.startswith(STAFF)

    @property
    def is_watching(self) -> bool:
        return self.name.startswith(WATCHING)

    @property
    def full_name(self) -> str:
        return NAMES.get(self.name, self.name)

    @property
    def email(self) -> str:
        return f"{self.name}@hoc.example"

    @property
    def number(self) -> int:
        """The platform's number of the account: the same in every process."""
        return crc32(self.name.encode()) % 1_000_000 + 1
