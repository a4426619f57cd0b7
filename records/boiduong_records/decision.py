"""Who answers for taking something back: two people, with a reason."""

from dataclasses import dataclass
from datetime import date

from boiduong_vocabulary.vietnamese import fold, local_day

from boiduong_records.errors import BooksError


@dataclass(frozen=True, slots=True)
class Decision:
    """Why and by whom a reversal, a merge or an erasure is made, and when (milliseconds since 1970, UTC)."""

    reason: str
    author: str
    approver: str
    at_ms: int

    @property
    def day(self) -> date:
        """The local day on which it is made."""
        return local_day(self.at_ms)

    def require(self) -> None:
        """Raises BooksError unless there is a reason and two people are named, one to act and one to approve."""
        if not fold(self.reason):
            raise BooksError("chưa ghi lý do, căn cứ", "ghi lý do và số văn bản nếu có")
        if not fold(self.author):
            raise BooksError("chưa ghi người thực hiện", "ghi họ tên người thực hiện")
        if not fold(self.approver):
            raise BooksError("chưa ghi người phê duyệt", "ghi họ tên người phê duyệt, khác người thực hiện")
        if fold(self.author) == fold(self.approver):
            raise BooksError(
                f"người phê duyệt trùng với người thực hiện («{self.author}»)", "việc này cần người thứ hai phê duyệt"
            )
