"""The program's page: what it is for, how it is completed, its sessions and the pages of its topics."""

from collections.abc import Mapping
from datetime import date, time

from boiduong_vocabulary.catalog import Delivery

from boiduong_packager.model import Program, Session, Topic
from boiduong_packager.page.markup import E, Markup, join
from boiduong_packager.targets.web_page import DIGEST_SHOWN, Copy, Shell, facts, heading, page, page_name, paragraphs

_COLUMNS = ("Buổi", "Hình thức", "Số tiết", "Ngày", "Địa điểm")
_COPY_LINKS = {Copy.ANSWERS: "bản có đáp án", Copy.SINGLE_FILE: "một tệp để gửi"}


def index_page(program: Program, copies: tuple[Copy, ...]) -> bytes:
    """The page `index.html`, which links to every topic in each of `copies`."""
    mark = f"{program.id} · Bản {program.edition}"
    main = join(
        _title_block(program),
        E("div", paragraphs(program.summary), class_="prose summary") if program.summary else "",
        _terms(program),
        _sessions(program),
        _topics(program, copies),
        E("p", mark, class_="end-line"),
    )
    return page(Shell(title=program.title, running=program.title, footer=mark), main)


def _title_block(program: Program) -> Markup:
    return E(
        "div",
        E("p", program.issuing_body, class_="issuer"),
        heading(program.title),
        facts(
            ("Đối tượng", program.audience),
            ("Số tiết", _periods(program.sessions)),
            ("Điểm đạt", f"{program.pass_mark}%"),
            ("Bản", program.edition),
        ),
        class_="title-block",
    )


def _periods(sessions: tuple[Session, ...]) -> str:
    """The total and its shares, in the order of Delivery."""
    total = {delivery: sum(s.periods for s in sessions if s.delivery is delivery) for delivery in Delivery}
    shares = [f"{delivery.label.lower()} {periods} tiết" for delivery, periods in total.items() if periods]
    return f"{sum(total.values())} tiết: {'; '.join(shares)}" if shares else ""


def _terms(program: Program) -> Markup:
    if not program.terms.strip():
        return Markup("")
    return E("section", E("h2", "Điều kiện hoàn thành"), E("div", paragraphs(program.terms), class_="prose"))


def _sessions(program: Program) -> Markup:
    topics = {topic.id: topic for topic in program.topics}
    head = E("tr", *(E("th", column, scope="col") for column in _COLUMNS))
    rows = (_session(session, topics) for session in program.sessions)
    table = E("table", E("thead", head), E("tbody", *rows), class_="sessions")
    return E("section", E("h2", "Các buổi"), E("div", table, class_="prose"))


def _session(session: Session, topics: Mapping[str, Topic]) -> Markup:
    values = (
        session.delivery.label,
        str(session.periods),
        _when(session.date, session.starts),
        session.place,
    )
    unknown = "–" if session.delivery is Delivery.SELF_PACED else "chưa ấn định"
    cells = (
        E("td", E("span", f"{column}: ", class_="column"), value or unknown)
        for column, value in zip(_COLUMNS[1:], values, strict=True)
    )
    return E("tr", E("th", _session_name(session, topics), scope="row"), *cells)


def _session_name(session: Session, topics: Mapping[str, Topic]) -> Markup:
    """The title, which is itself the link where it is that of the session's only topic."""
    named = [topics[topic_id] for topic_id in session.topics if topic_id in topics]
    if [topic.title for topic in named] == [session.title]:
        return _link(named[0])
    links = E("ul", *(E("li", _link(topic)) for topic in named), class_="of-session") if named else ""
    return join(session.title, links)


def _link(topic: Topic) -> Markup:
    return E("a", topic.title, href=page_name(topic.id, Copy.READING))


def _when(day: date | None, starts: time | None) -> str:
    if day is None:
        return ""
    return f"{day:%d/%m/%Y}" + (f", {starts.hour}\u00a0giờ\u00a0{starts:%M}" if starts else "")


def _topics(program: Program, copies: tuple[Copy, ...]) -> Markup:
    items = (_topic(topic, copies) for topic in program.topics)
    return E("section", E("h2", "Các chuyên đề"), E("ol", *items, class_="topics"))


def _topic(topic: Topic, copies: tuple[Copy, ...]) -> Markup:
    mark = f"{topic.id} · Bản {topic.edition} · {topic.periods} tiết · Mã nguồn: {topic.digest[:DIGEST_SHOWN]}"
    links = (E("li", _copy_link(topic, copy)) for copy in copies if copy in _COPY_LINKS)
    return E("li", _link(topic), E("p", mark, class_="mark"), E("ul", *links, class_="copies"))


def _copy_link(topic: Topic, copy: Copy) -> Markup:
    text = _COPY_LINKS[copy]
    return E("a", text, href=page_name(topic.id, copy), aria_label=f"{topic.title}: {text}")
