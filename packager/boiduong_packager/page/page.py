"""The player's page: a topic's whole text in one HTML file, readable before and without any script.

The script (player/player.js) finds what it needs in the page and in the configuration: it shows one section at a time,
keeps the time, marks answers and speaks to the LMS. Ids beginning with "boiduong-" are the page's own.
"""

import json
import re
from typing import Any

from boiduong_packager.model import Part, Program, Prose, Question, Section, Topic, Video
from boiduong_packager.page.key import key
from boiduong_packager.page.markup import E, Markup, join
from boiduong_packager.page.question import card

RESULT = "boiduong-ket-qua"
"""The id of the last step: the result, the sources and who answers for the text."""
DIGEST_LENGTH = 8
"""Characters of the digest that a printed copy carries, so that a signed sheet names its exact text."""

_DOCUMENT_NUMBER = re.compile(r"(\d+[-/][\w/-]*[A-ZĐ][\w/-]*)")


def player_page(program: Program, topic: Topic, standard: str, style: str) -> str:
    """The index.html of a package; `standard` is what its player speaks: "scorm12" or "scorm2004".

    `style` (CSS of ours) stands in the page: on a weak signal a file of its own costs the first text a round trip.
    """
    page = E("html", _head(program, topic, style), _body(program, topic, standard), lang="vi")
    return f"<!DOCTYPE html>\n{page}\n"


def imprint(topic: Topic) -> str:
    """What tells one printed copy from another: id, edition, the digest's beginning."""
    return f"{topic.id} · bản {topic.edition} · {topic.digest[:DIGEST_LENGTH]}"


def _head(program: Program, topic: Topic, style: str) -> Markup:
    return E(
        "head",
        E("meta", charset="utf-8"),
        E("meta", name="viewport", content="width=device-width, initial-scale=1"),
        E("meta", name="color-scheme", content="light dark"),
        E("title", f"{topic.title} – {program.title}"),
        E("style", Markup(style + _paper(topic))),
        E("noscript", E("style", Markup(".contents{display:block}html:not(.js) .bar{display:none}"))),
        E("script", src="player.js", defer=True),
    )


def _body(program: Program, topic: Topic, standard: str) -> Markup:
    return E(
        "body",
        E("a", "Đến nội dung", class_="skip", href="#boiduong-main"),
        _masthead(program, topic),
        _bar(topic),
        E("div", _contents(topic), _main(program, topic), class_="shell"),
        E("footer", imprint(topic), class_="imprint"),
        _configuration(topic, standard),
    )


def _masthead(program: Program, topic: Topic) -> Markup:
    facts = (f"{topic.periods} tiết", f"Bản {topic.edition}", topic.issuing_body)
    return E(
        "header",
        E("p", program.title, class_="program"),
        E("h1", _whole_numbers(topic.title)),
        E("p", " · ".join(fact for fact in facts if fact), class_="facts"),
        class_="masthead",
    )


def _whole_numbers(title: str) -> Markup:
    """A title in which no document's number ("145-QĐ/TW") is broken between two lines."""
    pieces = _DOCUMENT_NUMBER.split(title)
    return join(*(E("span", piece, class_="whole") if place % 2 else piece for place, piece in enumerate(pieces)))


def _bar(topic: Topic) -> Markup:
    """What stays in sight: where one is, and the clock. All of it lives by the script."""
    toggle = E("button", "Mục lục", type="button", class_="toggle", id="boiduong-toggle", aria_expanded="false",
               aria_controls="boiduong-contents")  # fmt: skip
    place = E("span", f"Mục 1/{len(topic.sections)}", class_="place", id="boiduong-place")
    studied = E("span", "Đã học ", class_="studied")
    clock = E("span", studied, E("span", id="boiduong-clock"), class_="clock")
    progress = E("span", E("span", id="boiduong-progress"), class_="progress", aria_hidden="true")
    pause = E("p", "Đồng hồ tạm dừng – chạm màn hình để tiếp tục", class_="pause", id="boiduong-pause", hidden=True)
    row = E("div", toggle, place, clock, class_="bar-row")
    return E("div", row, progress, pause, _go_on(), class_="bar needs-script", role="region", aria_label="Tiến độ học")


def _go_on() -> Markup:
    """Asks, after ten minutes of a film without a sign of anyone; any input answers it."""
    button = E("button", "Học tiếp", type="button", class_="button")
    text = "Đã mười phút không có thao tác, đồng hồ tạm dừng. Đồng chí còn theo dõi chứ?"
    return E("p", text, " ", button, class_="go-on", id="boiduong-go-on", hidden=True)


def _contents(topic: Topic) -> Markup:
    entries = [*((section.id, section.title) for section in topic.sections), (RESULT, "Kết quả và nguồn")]
    items = (E("li", E("a", title, href=f"#{id_}")) for id_, title in entries)
    heading = E("h2", "Mục lục", id="boiduong-contents-title")
    name = {"aria_labelledby": "boiduong-contents-title"}
    return E("nav", heading, E("ol", *items), class_="contents", id="boiduong-contents", **name)


def _main(program: Program, topic: Topic) -> Markup:
    labels = _labels(topic)
    last = len(topic.sections) - 1
    steps = (_step(topic, place, labels, place == last) for place in range(len(topic.sections)))
    return E("main", _notices(), *steps, _result(program, topic), id="boiduong-main", tabindex="-1")


def _notices() -> Markup:
    without = E("p", "Trang này đọc được khi trình duyệt không chạy JavaScript, nhưng thời gian học và câu trả lời ",
                E("strong", "không được ghi lại"), ".", class_="notice")  # fmt: skip
    return join(
        E("noscript", without),
        E("div", id="boiduong-notice", class_="notices", role="status"),
        E("div", id="boiduong-news", class_="unseen", role="status"),
        E("p", "Nghe xong mục này thì bấm, để thời gian nghe được tính.", id="boiduong-nghe", hidden=True),
    )


def _labels(topic: Topic) -> dict[str, str]:
    """What each question is called, by id: scored ones are counted through the whole topic."""
    labels, count = {}, 0
    for question in topic.questions:
        count += question.scored
        labels[question.id] = f"Câu {count}" if question.scored else "Suy ngẫm"
    return labels


def _step(topic: Topic, place: int, labels: dict[str, str], last: bool) -> Markup:
    section = topic.sections[place]
    following = RESULT if last else topic.sections[place + 1].id
    return E(
        "section",
        E("h2", _whole_numbers(section.title), tabindex="-1", id=f"boiduong-{section.id}-title"),
        *(_part(part, labels, topic.id) for part in section.parts),
        _read(section),
        _walk(topic.sections[place - 1].id if place else "", following, "Xem kết quả" if last else "Mục tiếp"),
        class_="step",
        id=section.id,
        aria_labelledby=f"boiduong-{section.id}-title",
    )


def _part(part: Part, labels: dict[str, str], topic_id: str) -> Markup:
    match part:
        case Prose():
            return E("div", Markup(part.html), class_="prose")
        case Video():
            return _video(part)
        case Question():
            return card(part, labels[part.id], topic_id)
    raise TypeError(f"no such part: {type(part).__name__}")


def _video(video: Video) -> Markup:
    source = f"media/{video.asset}"
    film = E("video", src=source, controls=True, preload="metadata", playsinline=True, title=video.title)
    caption = E("figcaption", video.caption) if video.caption else Markup("")
    return E("div", E("figure", film, caption, class_="video", id=video.id), class_="prose")


def _read(section: Section) -> Markup:
    """For whoever reads by ear: a screen reader gives no sign of its own that someone is there."""
    button = E("button", "Đã đọc mục này", type="button", class_="quiet", data_read=section.id,
               aria_describedby="boiduong-nghe")  # fmt: skip
    return E("p", button, class_="read needs-script")


def _walk(before: str, after: str, onward: str) -> Markup:
    back = E("a", "Mục trước", class_="back", rel="prev", href=f"#{before}") if before else Markup("")
    on = E("a", onward, class_="on", rel="next", href=f"#{after}") if after else Markup("")
    return E("nav", back, on, class_="walk needs-script", aria_label="Chuyển mục")


def _result(program: Program, topic: Topic) -> Markup:
    return E(
        "section",
        E("h2", "Kết quả học tập", tabindex="-1", id="boiduong-ket-qua-title", class_="needs-script"),
        E("div", id="boiduong-result", class_="result needs-script"),
        _colophon(program, topic),
        _walk(topic.sections[-1].id if topic.sections else "", "", ""),
        class_="step",
        id=RESULT,
        aria_label="Kết quả và nguồn",
    )


def _colophon(program: Program, topic: Topic) -> Markup:
    sources = E("ul", *(E("li", source) for source in topic.sources))
    terms = [
        ("Biên soạn", ", ".join(topic.authors)),
        ("Cơ quan ban hành", topic.issuing_body),
        ("Chương trình", program.title),
        ("Đối tượng", topic.audience),
        ("Định hướng nội dung", f"{topic.orientation.value}. {topic.orientation.label}"),
        ("Bản", topic.edition),
        ("Soạn từ", topic.derived_from),
        ("Rà soát trước ngày", topic.review_by.strftime("%d/%m/%Y")),
    ]
    rows = (E("div", E("dt", name), E("dd", value)) for name, value in terms if value)
    about = join(E("h3", "Về chuyên đề"), E("dl", *rows, class_="terms"))
    return E("div", E("h3", "Nguồn"), sources, about, class_="prose colophon")


def _paper(topic: Topic) -> str:
    """The printed page's foot. Browsers without margin boxes print the imprint once, at the end."""
    text = imprint(topic).replace("\\", "").replace('"', "").replace("<", "")
    return (
        "@page{size:A4;margin:18mm 18mm 20mm;"
        f'@bottom-left{{content:"{text}";font:8.5pt sans-serif}}'
        '@bottom-right{content:"Trang " counter(page) "/" counter(pages);font:8.5pt sans-serif}}'
    )


def _configuration(topic: Topic, standard: str) -> Markup:
    data: dict[str, Any] = {
        "standard": standard,
        "topic": topic.id,
        "edition": topic.edition,
        "passMark": topic.pass_mark,
        "minimumSeconds": topic.minimum_seconds,
        "sections": [{"id": section.id, "seconds": section.seconds} for section in topic.sections],
        "questions": [key(question, topic.id) for question in topic.questions],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return E("script", Markup(text), type="application/json", id="boiduong-config")
