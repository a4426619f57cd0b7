"""An in-person session inside the course: learners in the hall type the code that its monitor shows."""

import re
from dataclasses import asdict, replace
from typing import Any

from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Dict, Scope, String
from xblock.validation import Validation

from boiduong_xblocks.editing import Edited
from boiduong_xblocks.hall import words as texts
from boiduong_xblocks.hall.attending import Own, Phase, due, is_code, own_of
from boiduong_xblocks.hall.monitoring import Monitored, word
from boiduong_xblocks.hall.roll import Entry, Mark, Scan, entry_of, holding
from boiduong_xblocks.known import Known
from boiduong_xblocks.learner import Role
from boiduong_xblocks.moments import iso, moment, moment_ms, typed_ms
from boiduong_xblocks.words import marked

_SESSION = re.compile(r"[A-Za-z0-9_.-]+")
_SOON_MS, _RARELY_MS, _SELDOM_MS = 5_000, 120_000, 600_000
"""When a page asks again: until it saw itself in the list; while the session may move on; after it was closed."""


class AttendanceBlock(CompletableXBlockMixin, Known, Monitored, Edited):
    """Complete for a learner who is present: checked in, and out where that is asked; or whom the monitor wrote so."""

    display_name = String(display_name=marked("Tên hiển thị"), scope=Scope.settings, default=marked("Điểm danh"))
    own = Dict(scope=Scope.user_state, default={})
    """`attending.Own`."""
    editable_fields = ("display_name", "session_id", "periods", "starts_at", "class_code", "check_out")

    # Views ------------------------------------------------------------------------------------------------------------

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """For each what is theirs: the monitor's page, the learner's, or why there is none."""
        role = self.learner.role
        if role is Role.NOBODY:
            return self.page("attendance_closed.html", title=self.heading, note=self.say(texts.NOBODY))
        return self._staff_page() if role is Role.STAFF else self._learner_page(is_watching=role is Role.WATCHING)

    def author_view(self, context: Any = None) -> Fragment:
        """What stands in Studio: the arrangement, nothing that works."""
        starts = self.starts_ms
        said = [
            self.say("Mã buổi: {session}", session=self.session_id),
            self.say("Số tiết: {periods}", periods=self.periods),
            self.say("Giờ bắt đầu: {moment}", moment=moment(starts) if starts else self.say("theo giờ mở điểm danh")),
            self.say("Có điểm danh ra") if self.check_out else self.say("Không điểm danh ra"),
        ]
        note = self.say("Học viên và cán bộ quản lý lớp điểm danh tại đây, trên trang học.")
        return self.page("attendance_closed.html", title=self.heading, note="; ".join(said) + ". " + note)

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """For the mobile app: the arrangement."""
        return {"session_id": self.session_id, "periods": self.periods, "starts_at": self.starts_at}

    def _learner_page(self, *, is_watching: bool) -> Fragment:
        said = self._answer() if is_watching else self._look()
        arguments = {"view": "learner", "state": said, "watching": is_watching}
        arguments["texts"] = {name: self.say(text) for name, text in texts.LEARNER_SCRIPT.items()}
        words = {name: self.say(text) for name, text in texts.LEARNER_PAGE.items()}
        note = self.say(texts.WATCHING) if is_watching else ""
        return self.live_page(
            "attendance_learner.html", "attendance", arguments, title=self.heading, note=note, **words
        )

    def _staff_page(self) -> Fragment:
        said = {name: self.say(text) for name, text in texts.STAFF_SCRIPT.items()}
        marks = [{"value": str(mark), "label": self.say(text)} for mark, text in texts.MARKS.items()]
        arguments = {"view": "staff", "screen": self.screen(), "texts": said, "marks": marks}
        words = {name: self.say(text) for name, text in texts.STAFF_PAGE.items()}
        words["hint"] = self.say(texts.HINT, title=self.heading)
        starts = self.starts_ms
        periods = self.say("{periods} tiết", periods=self.periods)
        when = periods if starts is None else f"{moment(starts)}, {periods}"
        return self.live_page("attendance_staff.html", "attendance", arguments, title=self.heading, when=when, **words)

    # A learner's requests ---------------------------------------------------------------------------------------------

    @XBlock.json_handler
    def state(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """What the learner's page shows now."""
        self._present()
        return self._look()

    @XBlock.json_handler
    def scan(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """A code typed: {"code"}. Typing it once more is no fault. A wrong one is answered under `wrong`."""
        self._present()
        now, own = self.now_ms(), self._own
        direction = due(self.phase, own, self._is_listed_by_hand)
        if direction is None or own.pause_ms(now):
            return self._look()
        if not is_code(self.code_key, direction, word(data, "code"), now):
            self._keep(own.missed(now))
            return {**self._look(), "wrong": self._wrong(now)}
        self._keep(own.scanned(direction, now))
        said = {"session": self.session_id, "direction": str(direction)}
        self.runtime.publish(self, "boiduong.attendance.scan", said)
        self._look()
        # The list was written just now and may yet be overwritten: only a later request can know.
        return {**self._answer(is_listed=False), "again_ms": _SOON_MS}

    def _present(self) -> None:
        if not self.learner.counts:
            raise JsonHandlerError(403, self.say("Chỉ học viên của lớp điểm danh được ở đây."))

    # What becomes of them ---------------------------------------------------------------------------------------------

    @property
    def _own(self) -> Own:
        return own_of(self.own)

    def _keep(self, own: Own) -> None:
        self.own = asdict(own)

    @property
    def _entry_of_learner(self) -> Entry | None:
        return holding(entry_of(self.entries, self.learner.username), self._own.came_ms)

    @property
    def _is_listed_by_hand(self) -> bool:
        entry = self._entry_of_learner
        return entry is not None and entry.mark is Mark.PRESENT

    def _look(self) -> dict[str, Any]:
        """The learner's row in the list is put right where it is missing, and what follows from it is told."""
        own, learner = self._own, self.learner
        is_listed = True
        if own.came_ms is not None or own.left_ms is not None:
            scan = Scan(learner.name or learner.username, own.came_ms, own.left_ms)
            is_listed = self.put(learner.username, scan)
        self._complete()
        return self._answer(is_listed=is_listed)

    def _complete(self) -> None:
        own = self._own
        entry = self._entry_of_learner
        came = own.came_ms is not None if entry is None else entry.mark is Mark.PRESENT
        is_complete = came and (entry is not None or own.left_ms is not None or not self.check_out)
        if is_complete != own.complete:
            self.emit_completion(float(is_complete))
            self._keep(replace(own, complete=is_complete))
        self._let_know(came=came)

    def _let_know(self, *, came: bool) -> None:
        """What the block of days shows of this course."""
        own, held = self._own, self.held
        known = self.boiduong_attended.get(self.course_id, {}).get(self.session_id)
        said = None
        if came and held is not None:
            said = {"came_ms": own.came_ms, "left_ms": own.left_ms, "half": held.half, "date": held.date}
        if said != known:
            self.keep_attended(self.course_id, self.session_id, said)

    def _answer(self, *, is_listed: bool = True) -> dict[str, Any]:
        """said: sentences; asks: what the button says, empty where no code is due; pause_ms, wrong: about the code;
        again_ms: when to ask again."""
        now, phase, own, entry = self.now_ms(), self.phase, self._own, self._entry_of_learner
        direction = due(phase, own, self._is_listed_by_hand)
        stands = texts.Standing(phase, own, entry, self.check_out)
        said = texts.to_learner(stands, self.starts_ms, is_listed=is_listed)
        return {
            "said": [self.say(text, **values) for text, values in said],
            "asks": self.say(texts.ASKED[direction]) if direction else "",
            "pause_ms": own.pause_ms(now),
            "wrong": self._wrong(now) if own.pause_ms(now) else "",
            "again_ms": _again_ms(phase, is_listed=is_listed),
        }

    def _wrong(self, now_ms: int) -> str:
        pause = self._own.pause_ms(now_ms)
        return self.say(texts.PAUSED, seconds=-(-pause // 1000)) if pause else self.say(texts.WRONG)

    # Studio -----------------------------------------------------------------------------------------------------------

    def as_typed(self, name: str, value: Any) -> str:
        """The hour as people here write it."""
        typed = super().as_typed(name, value)
        starts = moment_ms(typed) if name == "starts_at" else None
        return typed if starts is None else moment(starts)

    def clean_studio_edits(self, data: dict[str, Any]) -> None:
        starts = typed_ms(data.get("starts_at") or "")
        if starts is not None:
            data["starts_at"] = iso(starts)

    def validate_field_data(self, validation: Validation, data: Any) -> None:
        if not _SESSION.fullmatch(data.session_id or ""):
            wrong = marked("Mã buổi chỉ gồm chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới.")
            self.refuse(validation, "session_id", wrong)
        if not isinstance(data.periods, int) or data.periods < 1:
            self.refuse(validation, "periods", marked("Số tiết là số nguyên, từ 1 trở lên."))
        if data.starts_at and moment_ms(data.starts_at) is None:
            self.refuse(validation, "starts_at", marked("Giờ bắt đầu viết như 15/12/2026 07:30, hoặc để trống."))


def _again_ms(phase: Phase, *, is_listed: bool) -> int:
    if not is_listed:
        return _SOON_MS
    return _SELDOM_MS if phase is Phase.CLOSED else _RARELY_MS
