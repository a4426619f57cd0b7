"""A topic's page: title block, contents, sections with their questions, sources, end line."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from boiduong_packager.model import AnyPart, Program, Prose, Question, Reflection, Topic, Video
from boiduong_packager.page.markup import E, Markup, join
from boiduong_packager.targets.web_answer import answer_block
from boiduong_packager.targets.web_fragment import Place, elsewhere, fragment
from boiduong_packager.targets.web_page import DIGEST_SHOWN, INDEX, Copy, Shell, facts, heading, page, page_name
from boiduong_packager.targets.web_question import Paper, question_block

_CONTENTS = "_muc-luc"
_SOURCES = "_nguon"


@dataclass(frozen=True)
class Setting:
    """A topic as it is set on one page. `before` and `after` are its neighbours in the program; `style` is the style
    sheet to inline, or empty for a link to it."""

    program: Program
    topic: Topic
    copy: Copy
    place: Place
    before: Topic | None
    after: Topic | None
    style: str


def topic_page(setting: Setting) -> bytes:
    topic, copy = setting.topic, setting.copy
    shell = Shell(
        title=f"{topic.title} – {setting.program.title}",
        running=topic.title,
        footer=topic_mark(topic),
        notice="" if copy is Copy.READING else copy.notice,
        style=setting.style,
        indexed=copy is Copy.READING,
    )
    main = join(_title_block(setting), _contents(topic), _sections(setting), _sources(topic), _end_line(setting))
    if copy is Copy.SINGLE_FILE:
        return page(shell, main)
    return page(shell, main, _way_back(setting.program), _turning(setting))


def topic_mark(topic: Topic) -> str:
    """What a signed copy is known by: the topic, its edition, and the beginning of its source's digest."""
    return f"{topic.id} · Bản {topic.edition} · Mã nguồn: {topic.digest[:DIGEST_SHOWN]}"


def _way_back(program: Program) -> Markup:
    return E("header", E("a", program.title, href=INDEX), class_="bar")


def _title_block(setting: Setting) -> Markup:
    topic, copy = setting.topic, setting.copy
    return E(
        "div",
        E("p", topic.issuing_body, class_="issuer"),
        E("p", setting.program.title, class_="program"),
        heading(topic.title),
        E("p", copy.notice, class_=f"notice notice-{copy.value or 'doc'}"),
        facts(
            ("Định hướng", f"{topic.orientation.value}) {topic.orientation.label}"),
            ("Đối tượng", topic.audience),
            ("Số tiết", f"{topic.periods} tiết"),
            ("Biên soạn", ", ".join(topic.authors)),
            ("Soạn từ", topic.derived_from),
            ("Bản", topic.edition),
            ("Rà soát trước", f"{topic.review_by:%d/%m/%Y}"),
        ),
        class_="title-block",
    )


def _contents(topic: Topic) -> Markup:
    items = (E("li", E("a", section.title, href=f"#{section.id}")) for section in topic.sections)
    return E("nav", E("h2", "Nội dung", id=_CONTENTS), E("ol", *items), class_="contents", aria_labelledby=_CONTENTS)


def _sections(setting: Setting) -> Markup:
    numbers = count(1)
    return join(
        *(
            E(
                "section",
                E("h2", section.title),
                *(_part(part, setting, numbers) for part in section.parts),
                id=section.id,
            )
            for section in setting.topic.sections
        )
    )


def _part(part: AnyPart, setting: Setting, numbers: Iterator[int]) -> Markup:
    """`numbers` runs on through the whole topic."""
    if isinstance(part, Prose):
        return fragment(part.html, setting.place)
    if isinstance(part, Video):
        return _video(part, setting.place)
    heading = "Suy ngẫm" if isinstance(part, Reflection) else f"Câu {next(numbers)}"
    return _question(part, Paper(heading, f"{setting.topic.id}/{part.id}", setting.place), setting.copy)


def _question(question: Question, paper: Paper, copy: Copy) -> Markup:
    return question_block(question, paper, answer_block(question, paper) if copy is Copy.ANSWERS else "")


def _video(video: Video, place: Place) -> Markup:
    note = elsewhere(f"Phim «{video.title}»", place, "xem")
    if place.single:
        screen = E("p", note, class_="elsewhere")
    else:
        screen = join(
            E("video", controls=True, preload="metadata", src=place.source(video.asset), title=video.title),
            E("p", note, class_="elsewhere paper"),
        )
    caption = E("figcaption", video.caption) if video.caption else ""
    return E("div", E("figure", screen, caption, class_="video", id=video.id), class_="prose")


def _sources(topic: Topic) -> Markup:
    items = E("div", E("ol", *(E("li", source) for source in topic.sources)), class_="prose")
    return E("section", E("h2", "Nguồn"), items, id=_SOURCES, class_="sources")


def _end_line(setting: Setting) -> Markup:
    """The mark in the text itself, for browsers that leave the margins of a sheet empty."""
    return E("p", f"{setting.copy.notice} · {topic_mark(setting.topic)}", class_="end-line")


def _turning(setting: Setting) -> Markup:
    neighbours = (("prev", "Chuyên đề trước: ", setting.before), ("next", "Chuyên đề sau: ", setting.after))
    links = [
        E("a", E("span", label), topic.title, class_=kind, rel=kind, href=page_name(topic.id, setting.copy))
        for kind, label, topic in neighbours
        if topic
    ]
    return E("nav", *links, class_="turning", aria_label="Các chuyên đề khác") if links else Markup("")
