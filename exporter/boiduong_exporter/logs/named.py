"""Lines of JSON that say by their name what they are: ours are decoded strictly, all others only looked at."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from boiduong_exporter.logs.lines import unreadable
from boiduong_exporter.logs.record import Record, Skipped
from boiduong_exporter.logs.refusing import broken, misfit

Line = TypeVar("Line")
MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What bytes that are no JSON raise, or JSON nested beyond all reason."""
_LOOSE = msgspec.json.Decoder(dict[str, Any])
OTHER = "sự kiện khác, không phải của phần mềm này"
_BLANK = "dòng trống"


class Named(Generic[Line]):
    """`kinds` is a union of Structs told apart by their tag field "name"; `names` are those tags. `doubt` says
    of a line so named that is not of its shape why it is passed over; empty where it is to be refused."""

    def __init__(
        self, kinds: Any, names: frozenset[str], doubt: Callable[[dict[str, Any], str], str] = lambda line, name: ""
    ) -> None:
        self._kinds, self._names, self._doubt = kinds, names, doubt
        self._strict: Callable[[bytes], Line] = msgspec.json.Decoder(kinds).decode

    def record(self, line: int, text: bytes, told: Callable[[int, Line], Record]) -> Record:
        """What `told` makes of a line of ours; why any other is skipped or refused."""
        try:
            sign = self._strict(text)
        except MALFORMED:
            return self._otherwise(line, text, told)
        return told(line, sign)

    def _otherwise(self, line: int, text: bytes, told: Callable[[int, Line], Record]) -> Record:
        """A line that begins with what a system log puts before the JSON, is none of ours, or is not right."""
        start = text.find(b"{")
        if start > 0:
            return self.record(line, text[start:], told)
        if start < 0:
            return unreadable(line, text) if text.strip() else Skipped(line, _BLANK)
        try:
            sign = self._renamed(text)
        except msgspec.ValidationError as error:
            return misfit(line, error)
        except MALFORMED:
            return broken(line)
        return Skipped(line, sign) if isinstance(sign, str) else told(line, sign)

    def _renamed(self, text: bytes) -> Line | str:
        """The line by its `event_type`, where it has no name; or why it is none of ours. Raises ValidationError, or
        another of MALFORMED."""
        loose = _LOOSE.decode(text)
        name = loose.get("name") or loose.get("event_type")
        if not isinstance(name, str) or name not in self._names:
            return OTHER
        if why := self._doubt(loose, name):
            return why
        sign: Line = msgspec.convert({**loose, "name": name}, self._kinds)
        return sign
