"""One topic file to one `Topic`, with every fault that the file by itself can show."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import cast

from boiduong_vocabulary.problem import Place, Problem, any_error

from boiduong_packager.assumptions import assumptions
from boiduong_packager.faults import Code, fault
from boiduong_packager.model import Asset, Classification, Orientation, Topic
from boiduong_packager.read.body import Body, read_body
from boiduong_packager.read.front_matter import FrontMatter, Value, read_front_matter
from boiduong_packager.read.reading import Reading, find_id
from boiduong_packager.read.source import Source


def read_topic(source: Source, program: Path, topic_ids: Mapping[str, str], inherited: Mapping[str, Value]) -> Reading:
    """The topic in `source`. `program` is the folder that media are relative to, `topic_ids` maps the programme's
    topic files to their ids, `inherited` holds, by key, where its front matter says nothing."""
    head, problems = read_front_matter(source, inherited)
    if head is None:
        return Reading(None, tuple(problems), (), ())
    body = read_body(source, head.body, program, topic_ids)
    topic = _topic(source, head, body) if head.is_whole else None
    problems += [
        *body.problems,
        *_id_faults(source, head),
        *_classified_faults(source, head),
        *_minimum_faults(source, head, topic),
    ]
    is_sound = not any_error(problems)
    return Reading(
        topic if is_sound else None, tuple(problems), body.ids, body.outgoing, None if is_sound else topic
    )  # fmt: skip


def _topic(source: Source, head: FrontMatter, body: Body) -> Topic:
    get = head.values.__getitem__
    questions = [question for section in body.sections for question in section.questions]
    scored = sum(question.scored for question in questions)
    return Topic(
        id=cast(str, get("id")),
        path=source.path,
        title=cast(str, get("title")),
        orientation=cast(Orientation, get("orientation")),
        periods=cast(int, get("periods")),
        audience=cast(str, get("audience")),
        authors=cast(tuple[str, ...], get("authors")),
        issuing_body=cast(str, get("issuing_body")),
        sources=cast(tuple[str, ...], get("sources")),
        edition=cast(str, get("edition")),
        derived_from=cast(str, get("derived_from")),
        review_by=cast(date, get("review_by")),
        classification=cast(Classification, get("classification")),
        pass_mark=cast(int, get("pass_mark")) if scored else 0,
        minimum_seconds=cast(int, get("minimum_minutes")) * 60,
        reading_seconds=sum(section.seconds for section in body.sections)
        + assumptions().reading.question_seconds(scored, len(questions) - scored),
        sections=body.sections,
        assets=body.assets,
        digest=_digest(source, head, body.assets),
    )


def _digest(source: Source, head: FrontMatter, assets: tuple[Asset, ...]) -> str:
    """SHA-256 over the topic's text, what it takes from the programme, and its media, so that a printed page names
    exactly what it shows."""
    taken = [f"{name}: {value}" for name, value in sorted(head.values.items()) if name not in head.lines]
    media = [f"{asset.name} {asset.digest}" for asset in assets]
    lines = [hashlib.sha256(source.text.encode()).hexdigest(), *taken, *media]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _id_faults(source: Source, head: FrontMatter) -> Iterator[Problem]:
    """Links and sessions look for a topic's id before its YAML is read, so both must find the same."""
    if head.values.get("id", "") not in ("", find_id(source.text)):
        place = Place(source.path, head.lines["id"])
        message, hint = "dòng mã của chuyên đề viết khác thường", f"viết trọn một dòng: «mã: {head.values['id']}»"
        yield fault(Code.BAD_VALUE, place, message, hint)


def _classified_faults(source: Source, head: FrontMatter) -> Iterator[Problem]:
    """A classified text must not lie on, or be sent to, any machine that is on a network (facts F9). Said here, so
    that such a topic is no topic for whatever comes after, the build's cache too."""
    found = head.values.get("classification", Classification.NONE)
    if found is not Classification.NONE:
        message = f"chuyên đề có độ mật «{found}»: không đóng gói cho hệ thống trực tuyến"
        hint = "đưa tệp ra khỏi thư mục này; soạn và lưu giữ theo quy định về bảo vệ bí mật nhà nước"
        yield fault(Code.CLASSIFIED, Place(source.path, head.lines.get("classification", 1)), message, hint)


def _minimum_faults(source: Source, head: FrontMatter, topic: Topic | None) -> Iterator[Problem]:
    if topic is not None and topic.minimum_seconds > topic.reading_seconds:
        place = Place(source.path, head.lines["minimum_minutes"])
        most, wanted = topic.reading_seconds // 60, topic.minimum_seconds // 60
        message = f"thời gian tối thiểu {wanted} phút dài hơn thời gian học ước tính {most} phút"
        hint = f"ghi nhiều nhất {most} phút" if most else "bỏ dòng này, hoặc viết thêm nội dung"
        yield fault(Code.MINIMUM_OVER_READING, place, message, hint)
