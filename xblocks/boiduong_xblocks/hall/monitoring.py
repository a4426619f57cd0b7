"""What the monitor of a class (staff of the course) does in a session: opens it, shows the code, writes, closes."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from webob import Response
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import UNIQUE_ID, Boolean, Integer, Scope, String

from boiduong_xblocks.base import Block
from boiduong_xblocks.hall import words as texts
from boiduong_xblocks.hall.attending import Phase, code_of, period_at, remaining_ms
from boiduong_xblocks.hall.roll import Entry, Mark, Presence, Row, read
from boiduong_xblocks.hall.session import Session
from boiduong_xblocks.hall.sheet import Held, digest
from boiduong_xblocks.learner import Learner, Role, account
from boiduong_xblocks.moments import clock, local, moment_ms
from boiduong_xblocks.words import marked

_ACCOUNT = re.compile(r"[\w.@+-]{1,150}")
_LONGEST = 300
"""Letters of a name or reason."""


class Monitored(Session, Block):
    """A session as an author arranges it, and its monitor's requests. Every one of them asks first who is there."""

    session_id = String(
        display_name=marked("Mã buổi"),
        help=marked("Mã riêng của buổi trong lịch của lớp: chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới."),
        scope=Scope.settings,
        default=UNIQUE_ID,
        resettable_editor=False,  # another id would be another session
    )
    periods = Integer(
        display_name=marked("Số tiết"), help=marked("Số tiết của buổi học."), scope=Scope.settings, default=4
    )
    starts_at = String(
        display_name=marked("Giờ bắt đầu"),
        help=marked("Ngày và giờ Việt Nam, ví dụ 15/12/2026 07:30. Để trống thì lấy theo giờ mở điểm danh."),
        scope=Scope.settings,
        default="",
    )
    class_code = String(
        display_name=marked("Mã lớp"),
        help=marked("Mã của lớp trong sổ theo dõi bồi dưỡng. Để trống thì lớp được nhận ra theo khóa học này."),
        scope=Scope.settings,
        default="",
    )
    check_out = Boolean(
        display_name=marked("Điểm danh ra"),
        help=marked("Có điểm danh cả lúc ra về hay không."),
        scope=Scope.settings,
        default=False,
    )

    @property
    def starts_ms(self) -> int | None:
        return moment_ms(self.starts_at or "")

    @property
    def held(self) -> Held | None:
        """What the books are told of the session; None before anything says on which day it is."""
        began = self.began_ms(self.starts_ms)
        return None if began is None else Held(self.class_code or "", self.session_id or "", began)

    # Requests ---------------------------------------------------------------------------------------------------------

    @XBlock.json_handler
    def code(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """What the hall's screen shows now."""
        self._monitor()
        return self.screen()

    @XBlock.json_handler
    def roll(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """The list, and the lines written by hand with the youngest first, as texts."""
        self._monitor()
        lines = [self._line(read(each)) for each in reversed(self.entries)]
        return {"rows": [self._shown(row) for row in self.rows()], "lines": lines}

    @XBlock.json_handler
    def move(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """Opens check-in or check-out: {"to": "in" | "out"}."""
        self._monitor()
        to = word(data, "to")
        if to not in {Phase.IN, Phase.OUT} or (to == Phase.OUT and not self.check_out):
            raise JsonHandlerError(400, self.say("Buổi này không có bước đó. Tải lại trang rồi thử lại."))
        self.open(Phase(to), self.now_ms())
        return self.screen()

    @XBlock.json_handler
    def finish(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """Closes the session and hands its list to the books, one event for each person."""
        self._monitor()
        held = self.held
        if held is None or self.phase is Phase.NEW:
            raise JsonHandlerError(409, self.say("Buổi chưa mở điểm danh nên chưa đóng được."))
        rows = self.rows()
        said = {row.learner: held.attended(row) for row in rows}
        digests = {learner: digest(each) for learner, each in said.items()}
        if self.phase is Phase.CLOSED and digests == self.told:
            raise JsonHandlerError(409, self.say("Buổi đã đóng, danh sách không đổi từ lần gửi trước."))
        number = self.close(digests, self.now_ms())
        for each in said.values():
            self.runtime.publish(self, "boiduong.attendance.attended", {**each, "sheet": number})
        return {**self.screen(), "said": self.say(texts.SENT, sheet=number, **_counted(rows))}

    @XBlock.json_handler
    def record(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """One line by hand: {"learner": account, "name": "", "mark": roll.Mark, "reason"}."""
        monitor = self._monitor()
        entry = self._entry(data, monitor.username)
        self.write(entry)
        mark = self.say(texts.MARKS[entry.mark])
        return {"said": self.say(texts.RECORDED, name=entry.name, mark=mark), "line": self._line(entry)}

    @XBlock.handler
    def sheet(self, request: Any, suffix: str = "") -> Response:
        """The list as a CSV file that `boiduong import attendance` takes."""
        try:
            self._monitor()
            held = self.held
            if held is None:
                raise JsonHandlerError(409, self.say("Buổi chưa mở điểm danh nên chưa có danh sách."))
        except JsonHandlerError as refused:
            return refused.get_response()
        headers = {"Content-Disposition": f'attachment; filename="{held.file_name}"', "Cache-Control": "no-store"}
        return Response(held.table(self.rows()), content_type="text/csv", charset="utf-8", headers=headers)

    # What they say ----------------------------------------------------------------------------------------------------

    def screen(self) -> dict[str, Any]:
        """phase and its text, code and how long it is shown, what can be done next, how many came, what to heed."""
        now, phase, rows = self.now_ms(), self.phase, self.rows()
        closed = self.meeting.get("closed_ms") or now
        is_open = phase in {Phase.IN, Phase.OUT}
        return {
            "phase": str(phase),
            "told": self.say(texts.PHASES[phase], time=clock(closed)),
            "code": code_of(self.code_key, phase, period_at(now)) if is_open else "",
            "label": self.say(texts.ASKED[phase]) if is_open else "",
            "left_ms": remaining_ms(now),
            "count": "" if phase is Phase.NEW else self.say(texts.COUNT, count=_counted(rows)["present"]),
            "moves": [self._move(phase, to) for to in self._next(phase)],
            "closes": self._closes(phase, rows),
            "notices": [*self._notices(phase, rows)],
            "has_sheet": self.held is not None,
        }

    def _next(self, phase: Phase) -> list[Phase]:
        ways = [Phase.IN, Phase.OUT] if self.check_out and phase is not Phase.NEW else [Phase.IN]
        return [way for way in ways if way is not phase]

    def _move(self, phase: Phase, to: Phase) -> dict[str, str]:
        label = texts.REOPENED if phase is Phase.CLOSED or (phase, to) == (Phase.OUT, Phase.IN) else texts.OPENED
        return {"to": str(to), "label": self.say(label[to])}

    def _closes(self, phase: Phase, rows: list[Row]) -> str:
        """What the button says that hands the list on; empty where there is nothing to hand on."""
        if phase is Phase.CLOSED:
            return self.say(texts.SEND_AGAIN) if self._has_changed(rows) else ""
        return "" if phase is Phase.NEW else self.say(texts.CLOSE)

    def _has_changed(self, rows: list[Row]) -> bool:
        held = self.held
        return held is not None and {row.learner: digest(held.attended(row)) for row in rows} != self.told

    def _notices(self, phase: Phase, rows: list[Row]) -> Iterator[str]:
        starts, opened = self.starts_ms, self.opened_ms
        if starts is not None and opened is not None and local(starts).date() != local(opened).date():
            yield self.say(texts.OTHER_DAY, arranged=f"{local(starts):%d/%m/%Y}", held=f"{local(opened):%d/%m/%Y}")
        if phase is Phase.CLOSED and self._has_changed(rows):
            yield self.say(texts.CHANGED)

    def _shown(self, row: Row) -> dict[str, str]:
        how = texts.BY_CODE if row.how == "code" else texts.BY_LIST
        return {
            "learner": row.learner,
            "name": row.name,
            "presence": self.say(texts.PRESENCES[row.presence]),
            "came": clock(row.came_ms) if row.came_ms is not None else "",
            "left": clock(row.left_ms) if row.left_ms is not None else "",
            "how": self.say(how, by=row.by, reason=row.reason),
        }

    def _line(self, entry: Entry) -> str:
        values = {name: getattr(entry, name) for name in ("by", "name", "learner", "reason")}
        time = f"{clock(entry.at_ms)} {local(entry.at_ms):%d/%m/%Y}"
        return self.say(texts.LINE, **values, time=time, mark=self.say(texts.MARKS[entry.mark]))

    # What is asked of them --------------------------------------------------------------------------------------------

    def _monitor(self) -> Learner:
        monitor = self.learner
        if monitor.role is not Role.STAFF:
            raise JsonHandlerError(403, self.say("Việc này dành cho cán bộ quản lý lớp."))
        return monitor

    def _entry(self, data: Any, by: str) -> Entry:
        typed, name, reason = (word(data, key) for key in ("learner", "name", "reason"))
        if not _ACCOUNT.fullmatch(typed):
            raise JsonHandlerError(400, self.say("Ghi tên tài khoản như trên hệ thống, không có dấu cách."))
        if not reason:
            raise JsonHandlerError(400, self.say("Ghi lý do, ví dụ: không mang điện thoại."))
        if word(data, "mark") not in {*Mark}:
            raise JsonHandlerError(400, self.say("Chọn một cách ghi trong danh sách."))
        found = account(self.runtime.service(self, "user"), self.course_id, typed)
        if found is None:
            raise JsonHandlerError(400, self.say("Hệ thống không có tài khoản «{name}». Xem lại tên.", name=typed))
        learner, known = found
        name = self.name_of(learner) or known or name
        if not name:
            raise JsonHandlerError(400, self.say("Ghi họ và tên của người này."))
        return Entry(learner, name[:_LONGEST], Mark(word(data, "mark")), reason[:_LONGEST], by, self.now_ms())


def word(data: Any, key: str) -> str:
    """A text of what a page sent, on one line, of letters that print; empty where it sent none. Half a letter of UTF-16
    is JSON too, and would stay in the list as what no file can hold."""
    said = data.get(key) if isinstance(data, dict) else None
    line = " ".join(said.split()) if isinstance(said, str) else ""
    return "".join(filter(str.isprintable, line)).strip()


def _counted(rows: list[Row]) -> dict[str, int]:
    counted = Counter(row.presence for row in rows)
    return {str(presence): counted[presence] for presence in Presence}
