"""From the model to the catalog: what the other wings will know of a built programme."""

import re
from html import unescape

from boiduong_vocabulary.catalog import Catalog, ItemEntry, PackageEntry, SessionEntry, TopicEntry

from boiduong_packager.model import Program, Question, Session, Topic

_TITLE_LENGTH = 120


def catalog_of(
    program: Program, packages: dict[str, tuple[PackageEntry, ...]], whole: tuple[PackageEntry, ...]
) -> Catalog:
    """The catalog of `program`; `packages` go by topic id, `whole` are those of the programme itself."""
    return Catalog(
        id=program.id,
        title=program.title,
        scheme=program.scheme,
        audience=program.audience,
        edition=program.edition,
        issuing_body=program.issuing_body,
        terms=program.terms,
        sessions=tuple(_session(session) for session in program.sessions),
        topics=tuple(_topic(topic, packages.get(topic.id, ())) for topic in program.topics),
        packages=whole,
    )


def _session(session: Session) -> SessionEntry:
    day = session.date.isoformat() if session.date else ""
    return SessionEntry(session.id, session.title, session.delivery, session.periods, session.topics, day)


def _topic(topic: Topic, packages: tuple[PackageEntry, ...]) -> TopicEntry:
    return TopicEntry(
        id=topic.id,
        title=topic.title,
        orientation=topic.orientation.value,
        periods=topic.periods,
        audience=topic.audience,
        edition=topic.edition,
        issuing_body=topic.issuing_body,
        classification=topic.classification.value,
        digest=topic.digest,
        pass_mark=topic.pass_mark,
        minimum_seconds=topic.minimum_seconds,
        reading_seconds=topic.reading_seconds,
        sections=tuple(ItemEntry(section.id, section.title) for section in topic.sections),
        questions=tuple(ItemEntry(question.id, _first_words(question)) for question in topic.questions),
        packages=packages,
    )


def _first_words(question: Question) -> str:
    """The stem as plain text, cut to a title's length."""
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", question.stem)).split())
    return text if len(text) <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1].rstrip() + "…"
