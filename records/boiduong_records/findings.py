"""What can be wrong with a ledger, or with a part of it that was handed over."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of faults, for programs; the message is for people."""

    GAP = "gap"
    ENTRY = "entry"
    BODY = "body"
    MISSING_BODY = "missing_body"
    ERASED_BODY = "erased_body"
    LOOSE_BODY = "loose_body"
    HEAD = "head"
    OLD_HEAD = "old_head"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Finding:
    """`seq` is the number of the entry concerned."""

    fault: Fault
    seq: int
    message: str

    def __str__(self) -> str:
        return f"mục số {self.seq}: {self.message}"
