"""The block of days: how many days of bồi dưỡng a learner must have, has, and still owes, as the province's books say.

Which books, the operator of the platform says in its settings:

    XBLOCK_SETTINGS["boiduong"] = {"server": "https://hoc.tinh.example", "token": "bd_…"}

`token` is made by `boiduong account token` on that server for an organization, and opens the days of its people alone.
Without settings the block shows what the course itself knows. The page is there at once, with what was heard last; it
asks for newer figures afterwards, and the platform asks the server (asking.py). The token stays in the settings.
"""

from datetime import date
from typing import Any

from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Dict, Scope, String

from boiduong_xblocks.editing import Edited
from boiduong_xblocks.known import Known
from boiduong_xblocks.learner import Learner, Role
from boiduong_xblocks.moments import HALVES
from boiduong_xblocks.owed.asking import Heard, Outcome, Server, ask, ask_now, server_of
from boiduong_xblocks.owed.kept import kept
from boiduong_xblocks.owed.words import UNASKED, Course, shown
from boiduong_xblocks.words import EXPIRED, marked

_FOR_LEARNERS = marked("Số ngày chỉ hiện cho học viên, mỗi người thấy số của mình.")
_NOTES = {
    Role.WATCHING: marked("Đang xem thử: số ngày chỉ hiện cho học viên, mỗi người thấy số của mình."),
    Role.NOBODY: marked("Đăng nhập để xem số ngày bồi dưỡng của mình."),
}
_IN_STUDIO = marked("Ở đây học viên thấy số ngày bồi dưỡng của mình: tối thiểu, được tính, còn thiếu và hạn.")


@XBlock.wants("settings")
class DaysBlock(Known, Edited):
    """A display: it counts for nothing in the completion of its unit."""

    completion_mode = XBlockCompletionMode.EXCLUDED
    block_settings_key = "boiduong"
    editable_fields = ("display_name",)

    display_name = String(
        display_name=marked("Tên hiển thị"), default=marked("Số ngày bồi dưỡng"), scope=Scope.settings
    )
    topic_titles = Dict(default={}, scope=Scope.content)
    """By topic id, as the course's maker knows them; a topic without one is shown by its id."""
    heard_days = Dict(default={}, scope=Scope.user_state)
    """What the server said last (kept.Kept)."""

    # Views ------------------------------------------------------------------------------------------------------------

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """Answers at once; the server is asked later, by the page."""
        learner = self.learner
        if learner.counts:
            return self._page_of_learner()
        if learner.role is Role.STAFF:
            return self._page_of_staff()
        return self._note(_NOTES[learner.role])

    def public_view(self, context: Any = None) -> Fragment:
        """Open courses show this to those who are not enrolled: what the books say does not depend on that. Blocks that
        take something of a learner have none, and the platform shows its own word instead."""
        return self.student_view(context)

    def author_view(self, context: Any = None) -> Fragment:
        return self._note(_IN_STUDIO)

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """For the mobile app, which shows the page itself."""
        return {}

    def _page_of_learner(self) -> Fragment:
        own, server = kept(self.heard_days), self._server()
        connected = isinstance(server, Server)
        now = shown(own, self._course(), self.say, connected)
        arguments = {
            "shown": now,
            "ask": connected and own.is_due(self.now_ms()),
            "unasked": self.say(UNASKED),
            **self._expired,
        }
        return self.live_page(
            "days.html", "days", arguments,
            id=self._html_id, title=self.heading,
            course_title=self.say(marked("Riêng khóa học này ghi được")),
            course_note=self.say(marked("Tạm tính: chỉ thành số ngày sau khi sổ nhận dữ liệu của khóa học.")),
        )  # fmt: skip

    def _page_of_staff(self) -> Fragment:
        server = self._server()
        said = self.say(_CONNECTED, address=server.address) if isinstance(server, Server) else self._unset(server)
        return self.live_page(
            "days_staff.html", "days", {"unasked": self.say(_UNTRIED), **self._expired},
            id=self._html_id, title=self.heading, note=self.say(_FOR_LEARNERS), server=said,
            action=self.say(marked("Thử kết nối")),
        )  # fmt: skip

    def _note(self, sentence: str) -> Fragment:
        return self.page("days_note.html", id=self._html_id, title=self.heading, note=self.say(sentence))

    # Handlers ---------------------------------------------------------------------------------------------------------

    @XBlock.json_handler
    def days(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """What the page shows, asked of the server where what is known is older than ten minutes."""
        learner, server, now_ms = self.learner, self._server(), self.now_ms()
        if not learner.counts:
            raise JsonHandlerError(403, self.say(_FOR_LEARNERS))
        own = kept(self.heard_days)
        if isinstance(server, Server) and own.is_due(now_ms):
            own = own.after(ask(server, _names(learner), own.tag, now_ms), now_ms)
            self.heard_days = own.written()
        return shown(own, self._course(), self.say, isinstance(server, Server))

    @XBlock.json_handler
    def try_connection(self, data: Any, suffix: str = "") -> dict[str, str]:
        """Whether the server answers and takes the token: for an operator who has just set them."""
        if self.learner.role is not Role.STAFF:
            raise JsonHandlerError(403, self.say(marked("Chỉ đội ngũ khóa học thử được kết nối.")))
        server = self._server()
        if not isinstance(server, Server):
            return {"state": self._unset(server)}
        return {"state": self._tried(server, ask_now(server, _names(self.learner), "", self.now_ms()))}

    # What it knows ----------------------------------------------------------------------------------------------------

    def _server(self) -> Server | str:
        service = self.runtime.service(self, "settings")
        return server_of(service.get_settings_bucket(self, default={}) if service else {})

    def _course(self) -> Course:
        """What this course knows of the learner."""
        topics = self.boiduong_studied.get(self.course_id, {})
        sessions = self.boiduong_attended.get(self.course_id, {}).values()
        return Course(
            {topic: self.studied(self.course_id, topic).ms for topic in topics},
            sorted(filter(None, map(_half_day, sessions)), key=lambda each: (each[0], HALVES.index(each[1]))),
            self.topic_titles or {},
        )

    @property
    def _expired(self) -> dict[str, str]:
        return {"expired": self.say(EXPIRED)}

    @property
    def _html_id(self) -> str:
        return f"boiduong-days-{self.scope_ids.usage_id}"

    def _unset(self, wrong: str) -> str:
        return self.say(_UNCONNECTED, why=self.say(wrong))

    def _tried(self, server: Server, heard: Heard) -> str:
        if heard.outcome is Outcome.SILENT:
            return self.say(_FAILED, address=server.address, why=self.say(heard.why))
        return self.say(_ANSWERED, address=server.address)


_CONNECTED = marked(
    "Máy chủ sổ theo dõi bồi dưỡng: {address}. Học viên chỉ thấy số của mình khi tài khoản đã khai trong sổ."
)
_UNCONNECTED = marked("Chưa nối với sổ theo dõi bồi dưỡng: {why}. Học viên chỉ thấy những gì khóa học tự ghi.")
_ANSWERED = marked("{address} trả lời và nhận mã truy cập.")
_FAILED = marked("Chưa nối được với {address}: {why}.")
_UNTRIED = marked("Chưa thử được; kiểm tra kết nối mạng rồi bấm lại.")


def _names(learner: Learner) -> list[str]:
    return [name for name in (learner.username, learner.email) if name]


def _half_day(session: Any) -> tuple[str, str] | None:
    """Date and half of a session that was attended, where it is kept in a shape of ours."""
    try:
        day, half = session["date"], session["half"]
        date.fromisoformat(day)
    except (KeyError, TypeError, ValueError):
        return None
    return (day, half) if half in HALVES else None
