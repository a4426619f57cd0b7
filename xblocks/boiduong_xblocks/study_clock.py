"""The block `boiduong_study_clock`: on top of a unit it counts the time that a learner really studies.

The page's clock sends signs; what they vouch for is decided here, by the server's clock. Every sign becomes a tracking
event at once, which alone is evidence; the learner's own state, which the page shows, is written every two minutes.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from secrets import token_hex
from typing import Any

from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Dict, Integer, Scope, String
from xblock.validation import Validation

from boiduong_xblocks.clock import words
from boiduong_xblocks.clock.beats import LONGEST_NAME, Message, read_message, share
from boiduong_xblocks.editing import Edited
from boiduong_xblocks.known import Known, Studied, kept_time, time_of, with_spans
from boiduong_xblocks.learner import Learner, Role
from boiduong_xblocks.spans import Span
from boiduong_xblocks.tokens import is_signed, new_key, sign
from boiduong_xblocks.words import marked

BEAT, PROGRESS = "boiduong.study.beat", "boiduong.study.progress"
LAUNCH_BYTES = 8


class StudyClockBlock(CompletableXBlockMixin, Known, Edited):
    """One section of a topic. The time of all sections of a topic counts together."""

    display_name = String(
        display_name=marked("Tên hiển thị"), default=marked("Đồng hồ học tập"), scope=Scope.settings,
    )  # fmt: skip
    topic_id = String(
        display_name=marked("Mã chuyên đề"), default="", scope=Scope.settings,
        help=marked("Mã của chuyên đề trong sổ theo dõi bồi dưỡng, viết liền, không có dấu cách."),
    )  # fmt: skip
    section_id = String(
        display_name=marked("Mã mục"), default="", scope=Scope.settings,
        help=marked("Mã của mục trong chuyên đề, viết liền, không có dấu cách."),
    )  # fmt: skip
    edition = String(
        display_name=marked("Bản chuyên đề"), default="", scope=Scope.settings,
        help=marked("Bản mà nội dung trang này thuộc về, như khi đóng gói."),
    )  # fmt: skip
    minimum_seconds = Integer(
        display_name=marked("Thời gian tối thiểu của chuyên đề (giây)"), default=0, scope=Scope.settings,
        help=marked("Bằng 0 nếu chuyên đề không đòi hỏi thời gian tối thiểu."),
    )  # fmt: skip
    section_seconds = Integer(
        display_name=marked("Phần của trang này (giây)"), default=0, scope=Scope.settings,
        help=marked("Trang học xong sau chừng ấy thời gian, hoặc khi cả chuyên đề đã đủ thời gian tối thiểu."),
    )  # fmt: skip

    launch_key = String(default="", scope=Scope.user_state_summary)
    """Signs launches; made at first use."""
    own_time = Dict(default={}, scope=Scope.user_state)
    """What this learner studied in this unit: settled_ms, spans."""

    editable_fields = ("display_name", "topic_id", "section_id", "edition", "minimum_seconds", "section_seconds")

    # Views ------------------------------------------------------------------------------------------------------------

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        learner = self.learner
        if not learner.counts:
            return self._still(words.FOR[learner.role])
        if not self._is_set:
            return self._still(words.NOT_SET)
        studied_ms = self.studied(self.course_id, self.topic_id).ms
        arguments = {
            "launch": self._launch(learner),
            "account": sha256(learner.username.encode()).hexdigest()[:16],
            "studied_ms": studied_ms,
            "minimum_seconds": self._minimum,
            "texts": {name: self.say(text) for name, text in words.OF_THE_PAGE.items()},
        }
        return self.live_page("study_clock.html", "study_clock", arguments, **self._shown(studied_ms))

    def author_view(self, context: Any = None) -> Fragment:
        """In Studio: that the clock does not run, and what a learner will see."""
        return self._still(words.FOR[Role.STAFF] if self._is_set else words.NOT_SET)

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """For the mobile app: what an author set, nothing of a learner."""
        return {
            "topic_id": self.topic_id,
            "section_id": self.section_id,
            "edition": self.edition,
            "minimum_seconds": self._minimum,
            "section_seconds": self._section,
        }

    def _still(self, sentence: str) -> Fragment:
        """The sentence that says why the clock does not run, and what a learner sees at the beginning."""
        return self.page("study_clock_still.html", sentence=self.say(sentence), **self._shown(0))

    def _shown(self, studied_ms: int) -> dict[str, object]:
        minutes, minimum = studied_ms // 60_000, -(-self._minimum // 60)
        text = words.standing(studied_ms, self._minimum)
        return {
            "name": self.heading,
            "time": self.say(text, studied=minutes, minimum=minimum),
            "bar": self.say(words.BAR),
            "done": min(studied_ms // 1000, self._minimum),
            "minimum": self._minimum or 1,
            "hidden": "" if self._minimum else "hidden",
            "no_script": self.say(words.NO_SCRIPT),
            "running": self.say(words.RUNNING),
            "longest": max((self.say(text) for text in (*words.RESTING, words.NO_SCRIPT)), key=len),
        }

    # Settings ---------------------------------------------------------------------------------------------------------

    def validate_field_data(self, validation: Validation, data: Any) -> None:
        for field, text in _faults(data):
            self.refuse(validation, field, text)

    @property
    def _is_set(self) -> bool:
        return bool(self.topic_id and self.section_id and self.edition)

    @property
    def _minimum(self) -> int:
        return max(self.minimum_seconds or 0, 0)

    @property
    def _section(self) -> int:
        return max(self.section_seconds or 0, 0)

    # The clock's messages ---------------------------------------------------------------------------------------------

    @XBlock.json_handler
    def open(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """A new launch, for a page whose own is not known here: {launch, opened_ms, signature}."""
        return self._launch(self._counted())

    @XBlock.json_handler
    def beat(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """Take signs; see beats.py for what `data` holds. Answers {studied_ms, saved, told: sequences}: `told` are not
        to be told again, and with `saved` not to be sent again."""
        message = self._message(data, self._counted())
        now_ms = self.now_ms()
        for sign_payload in message.beats(now_ms):
            self.runtime.publish(self, BEAT, {**self._place, **sign_payload})
        known, spans = self.studied(self.course_id, self.topic_id), message.spans(now_ms)
        studied = with_spans(known, spans, now_ms)
        is_due = message.is_due(known.saved_ms, now_ms)
        if is_due and spans:
            self._save(message.launch, studied, spans)
        return {"studied_ms": studied.ms, "saved": is_due, "told": [sign.sequence for sign in message.signs]}

    def _counted(self) -> Learner:
        learner = self.learner
        if not learner.counts:
            raise JsonHandlerError(403, self.say(words.NOT_COUNTED))
        if not self._is_set:
            raise JsonHandlerError(400, self.say(words.NOT_SET))
        return learner

    def _message(self, data: Any, learner: Learner) -> Message:
        try:
            message = read_message(data)
        except ValueError as error:
            raise JsonHandlerError(400, self.say(words.UNREADABLE)) from error
        if not is_signed(self.launch_key, message.signature, learner.username, message.launch, message.opened_ms):
            raise JsonHandlerError(409, self.say(words.UNKNOWN_LAUNCH))
        return message

    def _launch(self, learner: Learner) -> dict[str, Any]:
        self.launch_key = self.launch_key or new_key()
        launch, opened_ms = token_hex(LAUNCH_BYTES), self.now_ms()
        signature = sign(self.launch_key, learner.username, launch, opened_ms)
        return {"launch": launch, "opened_ms": opened_ms, "signature": signature}

    def _save(self, launch: str, studied: Studied, spans: list[Span]) -> None:
        """Write the learner's state and tell the platform how much of the unit is done; what was once is not undone by
        an author who asks for more."""
        own = time_of(self.own_time).with_spans(spans, studied.saved_ms)
        self.own_time = kept_time(own)
        was_done = self.section_id in studied.done
        done = 1.0 if was_done else share(own.ms, studied.ms, self._section, self._minimum)
        if done >= 1.0 and not was_done:
            studied = replace(studied, done=studied.done | {self.section_id})
            progress = {"launch": launch, "sections_done": len(studied.done), "score": None}
            self.runtime.publish(self, PROGRESS, {**self._place, **progress})
        self.keep_studied(self.course_id, self.topic_id, studied)
        self.emit_completion(done)

    @property
    def _place(self) -> dict[str, str]:
        return {"topic": self.topic_id, "edition": self.edition}


def _faults(data: Any) -> Iterator[tuple[str, str]]:
    """Fields of settings and what is wrong with them."""
    for field, text in (("topic_id", words.BAD_TOPIC), ("section_id", words.BAD_SECTION)):
        if not _is_id(getattr(data, field)):
            yield field, text
    if not (data.edition or "").strip() or not data.edition.isprintable() or len(data.edition) > LONGEST_NAME:
        yield "edition", words.BAD_EDITION
    for field, text in (("minimum_seconds", words.BAD_MINIMUM), ("section_seconds", words.BAD_SHARE)):
        seconds = getattr(data, field)
        if not isinstance(seconds, int) or seconds < 0:
            yield field, text


def _is_id(value: str | None) -> bool:
    return value is not None and 0 < len(value) <= LONGEST_NAME and value.isprintable() and " " not in value
