"""The sessions held in person or at one time: dated pages, for Open edX can neither hold nor count them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, timezone

from boiduong_vocabulary.vietnamese import show_date
from lxml import etree
from lxml.builder import E
from msgspec.structs import replace

from boiduong_packager.model import Session
from boiduong_packager.targets.olx_fragment import JUMP, Atlas, lines
from boiduong_packager.targets.olx_tree import Element, Tree, container, url_name

ATTENDANCE = "boiduong_attendance"
VIETNAM = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh has kept UTC+7 since 1975; no time zone database is needed."""


def sessions_chapter(sessions: list[Session], atlas: Atlas, tree: Tree, blocks: bool) -> Element:
    """Add the pages of the sessions that are not self-paced and answer the pointer to their chapter."""
    sequentials = [_sequential(session, atlas, tree, blocks) for session in sessions]
    chapter = container("chapter", sequentials, display_name="Các buổi học tập trung")
    return tree.block(url_name("sessions"), chapter)


def starts_at(session: Session) -> str:
    """When the session starts, in UTC (the local day's first minute while the hour is open); empty without a date."""
    if session.date is None:
        return ""
    return utc(datetime.combine(session.date, session.starts or time(), VIETNAM))


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def when(session: Session) -> str:
    """The session's time in words."""
    if session.date is None:
        return "theo thông báo triệu tập"
    hour = f"{session.starts.hour} giờ {session.starts.minute:02}, " if session.starts else ""
    return f"{hour}ngày {show_date(session.date)}"


def _sequential(session: Session, atlas: Atlas, tree: Tree, blocks: bool) -> Element:
    vertical = container("vertical", _children(session, atlas, tree, blocks), display_name=session.title)
    pointer = tree.block(url_name("session-vertical", session.id), vertical)
    # People come before the hour: with attendance in it, a session is shown from the first minute of its day.
    start = {"start": starts_at(replace(session, starts=None) if blocks else session)} if session.date else {}
    sequential = container("sequential", [pointer], display_name=_dated_title(session), **start)
    return tree.block(url_name("session", session.id), sequential)


def _dated_title(session: Session) -> str:
    """With its date: before it starts, the outline shows a session's title and nothing else."""
    return f"{session.title} ({when(session)})" if session.date else session.title


def _children(session: Session, atlas: Atlas, tree: Tree, blocks: bool) -> Iterator[Element]:
    if blocks:
        yield _attendance(session)
    yield tree.html(url_name("session-page", session.id), session.title, _page(session, atlas))


def _page(session: Session, atlas: Atlas) -> Iterator[Element]:
    yield lines(
        f"Hình thức: {session.delivery.label}",
        f"Thời lượng: {session.periods} tiết",
        f"Thời gian: {when(session)}",
        *([f"Địa điểm: {session.place}"] if session.place else []),
    )
    topics = [(atlas.topics[id_].title, atlas.find(id_, "")) for id_ in session.topics if id_ in atlas.topics]
    if topics:
        yield E.p("Chuyên đề trong buổi học:")
        yield E.ul(*(E.li(E.a(title, href=f"{JUMP}{target}") if target else title) for title, target in topics))


def _attendance(session: Session) -> Element:
    """Its field is never called `start`: that is the platform's own date of release, before which the block would be
    hidden from learners and monitors alike. Without an hour the half day is that of the opening."""
    block = etree.Element(
        ATTENDANCE,
        url_name=url_name("attendance", session.id),
        display_name=f"Điểm danh: {session.title}",
        session_id=session.id,
        periods=str(session.periods),
    )
    if session.date and session.starts:
        block.set("starts_at", starts_at(session))
    return block
