"""The web target: static pages for reading and for printing on A4, without any script.

A topic comes out twice, without and with answers, and on demand a third time as one file to send by mail or chat.
"""

from collections.abc import Iterator
from pathlib import Path

from boiduong_packager.model import Program, Topic
from boiduong_packager.targets.archive import Content
from boiduong_packager.targets.package import Package, media
from boiduong_packager.targets.web_fragment import Place
from boiduong_packager.targets.web_index import index_page
from boiduong_packager.targets.web_page import INDEX, STYLESHEET, Copy, page_name
from boiduong_packager.targets.web_topic import Setting, topic_page

STYLE = Path(__file__).parents[1] / "vendor/player/web.css"


def package(program: Program, single_file: bool) -> Package:
    """The program's pages under `web/`; with `single_file`, also one self-contained page a topic."""
    copies = (Copy.READING, Copy.ANSWERS, *((Copy.SINGLE_FILE,) if single_file else ()))
    files: dict[str, Content] = {STYLESHEET: STYLE, INDEX: index_page(program, copies)}
    for topic in program.topics:
        files |= media(topic.assets, _folder(topic))
    for copy in copies:
        files |= {page_name(setting.topic.id, copy): topic_page(setting) for setting in _settings(program, copy)}
    return Package(standard="web", path="web/", identifier=INDEX, files=files)


def _settings(program: Program, copy: Copy) -> Iterator[Setting]:
    topics = program.topics
    pages = {topic.id: page_name(topic.id, copy) for topic in topics}
    style = STYLE.read_text(encoding="utf-8") if copy is Copy.SINGLE_FILE else ""
    for before, topic, after in zip((None, *topics), topics, (*topics[1:], None), strict=False):
        yield Setting(program, topic, copy, _place(topic, copy, pages), before, after, style)


def _place(topic: Topic, copy: Copy, pages: dict[str, str]) -> Place:
    assets = {asset.name: asset for asset in topic.assets}
    if copy is Copy.SINGLE_FILE:
        return Place(pages={}, assets=assets, folder="")
    return Place(pages=pages, assets=assets, folder=_folder(topic))


def _folder(topic: Topic) -> str:
    """Where a topic's media stand: their names are unique within a topic, not among topics."""
    return f"media/{topic.id}/"
