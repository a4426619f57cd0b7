"""A topic as a chapter: one sequential, a vertical for each section, its parts in order."""

from collections.abc import Iterator

from lxml import etree
from lxml.builder import E

from boiduong_packager.model import AnyPart, Prose, Question, Reflection, Section, Topic, Video
from boiduong_packager.targets.olx_fragment import Atlas, Place, fragment, lines, question_name, vertical_name
from boiduong_packager.targets.olx_problem import problem
from boiduong_packager.targets.olx_tree import Element, Tree, container, url_name

ASSIGNMENT = "Câu hỏi chuyên đề"
"""The assignment type of every topic with scored questions, as grading_policy.json weighs it."""
STUDY_CLOCK = "boiduong_study_clock"


def chapter(topic: Topic, atlas: Atlas, tree: Tree, blocks: bool) -> Element:
    """Add the topic's files to `tree` and answer the pointer to its chapter."""
    verticals = [_vertical(Place(topic, section, atlas), tree, blocks) for section in topic.sections]
    grading = {"graded": "true", "format": ASSIGNMENT} if is_graded(topic) else {}
    sequential = container("sequential", verticals, display_name=topic.title, **grading)
    pointer = tree.block(url_name("sequential", topic.id), sequential)
    return tree.block(url_name("chapter", topic.id), container("chapter", [pointer], display_name=topic.title))


def is_graded(topic: Topic) -> bool:
    return any(question.scored for question in topic.questions)


def _vertical(place: Place, tree: Tree, blocks: bool) -> Element:
    children = list(_children(place, tree, blocks))
    vertical = container("vertical", children, display_name=place.section.title)
    return tree.block(vertical_name(place.topic, place.section), vertical)


def _children(place: Place, tree: Tree, blocks: bool) -> Iterator[Element]:
    """The pointers to what stands in a section; its custom block stands inline, for pointers to those were broken in
    Open edX (issue 36390)."""
    topic, section = place.topic, place.section
    if blocks:
        yield _study_clock(topic, section)
    if section is topic.sections[0]:
        yield tree.html(url_name("imprint", topic.id), "Về chuyên đề", [_imprint(topic)])
    for name, part in zip(_prose_names(topic, section), section.parts, strict=True):
        yield from _part(part, name, place, tree)
    if section is topic.sections[-1]:
        yield tree.html(url_name("sources", topic.id), "Nguồn", _sources(topic))


def _prose_names(topic: Topic, section: Section) -> Iterator[str]:
    """A name for each part, should it be text: after the last question or video before it, so that a text put in
    elsewhere does not rename it."""
    anchors, count = ["muc", section.id], 0
    for part in section.parts:
        if isinstance(part, Prose):
            count += 1
            yield url_name("html", topic.id, *anchors, *([str(count)] if count > 1 else []))
        else:
            anchors, count = ["sau", part.id], 0
            yield ""


def _part(part: AnyPart, name: str, place: Place, tree: Tree) -> Iterator[Element]:
    match part:
        case Prose():
            yield tree.html(name, place.section.title, [fragment(part.html, place)])
        case Video():
            yield from _video(part, place, tree)
        case Reflection():
            yield tree.html(question_name(place.topic, part), "Suy ngẫm", _reflection(part, place))
        case Question():
            number = place.atlas.numbers[place.topic.id, part.id]
            yield tree.block(question_name(place.topic, part), problem(part, f"Câu {number}", place))


def _video(video: Video, place: Place, tree: Tree) -> Iterator[Element]:
    source = place.static(video.asset)
    # Without an empty youtube id the block shows a film of its own; the link to download works on every Open edX, the
    # player's own address only where the platform resolves /static/ inside its settings.
    element = etree.Element("video", display_name=video.title, youtube_id_1_0="", download_video="true")
    element.append(E.source(src=source))
    yield tree.block(url_name("video", place.topic.id, video.id), element)
    if video.caption:
        name = url_name("caption", place.topic.id, video.id)
        yield tree.html(name, video.title, [E.p(E.em(video.caption))])


def _reflection(reflection: Reflection, place: Place) -> Iterator[Element]:
    yield E.h3("Suy ngẫm (không chấm điểm)")
    yield fragment(reflection.stem, place)
    for title, html in (("Gợi ý", reflection.hint), ("Giải thích", reflection.explanation)):
        if html:
            yield E.p(E.strong(title))
            yield fragment(html, place)


def _imprint(topic: Topic) -> Element:
    """Who wrote the topic, for whom, and which edition this is."""
    return lines(
        f"Biên soạn: {', '.join(topic.authors)}",
        f"Cơ quan ban hành: {topic.issuing_body}",
        f"Đối tượng: {topic.audience}",
        f"Định hướng nội dung: {topic.orientation.label}",
        f"Thời lượng: {topic.periods} tiết",
        f"Bản: {topic.edition}",
        *([f"Soạn từ: {topic.derived_from}"] if topic.derived_from else []),
    )


def _sources(topic: Topic) -> list[Element]:
    return [E.h3("Nguồn"), E.ol(*(E.li(source) for source in topic.sources))]


def _study_clock(topic: Topic, section: Section) -> Element:
    return etree.Element(
        STUDY_CLOCK,
        url_name=url_name("clock", topic.id, section.id),
        topic_id=topic.id,
        section_id=section.id,
        edition=topic.edition,
        minimum_seconds=str(topic.minimum_seconds),
        section_seconds=str(section_seconds(topic, section)),
    )


def section_seconds(topic: Topic, section: Section) -> int:
    """The section's share of the topic's minimum, by reading time and rounded up, so that the shares add up to the
    minimum at least; a section of questions alone has a second. 0 where the topic has no minimum."""
    if not topic.minimum_seconds:
        return 0
    whole = sum(each.seconds for each in topic.sections)
    share = -(-topic.minimum_seconds * section.seconds // whole) if whole else topic.minimum_seconds
    return max(share, 1)
