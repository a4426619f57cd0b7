"""The program as one Open edX course (OLX): a chapter for each topic, one for the sessions held in person,
and with our blocks one for the days."""

from boiduong_vocabulary.catalog import Delivery
from lxml import etree

from boiduong_packager.model import Program
from boiduong_packager.targets.olx_days import days_chapter
from boiduong_packager.targets.olx_fragment import Atlas
from boiduong_packager.targets.olx_policy import add_policies
from boiduong_packager.targets.olx_session import sessions_chapter
from boiduong_packager.targets.olx_topic import chapter
from boiduong_packager.targets.olx_tree import CourseKey, Element, Tree, container, course_key, static_names, xml_bytes
from boiduong_packager.targets.package import Package, media


def package(program: Program, blocks: bool) -> Package:
    """The course archive of `program`; with `blocks` it takes time and attendance and shows days by our own
    XBlocks, else it holds native blocks alone."""
    key, tree = course_key(program), Tree()
    course = container("course", _chapters(program, tree, blocks))
    tree.add("course/course.xml", xml_bytes(_pointer(key)))
    tree.add(f"course/course/{key.run}.xml", xml_bytes(course))
    add_policies(program, key, tree, blocks)
    _add_media(program, tree)
    return Package("olx", f"olx/{program.id}.tar.gz", str(key), tree.files)


def _pointer(key: CourseKey) -> Element:
    return etree.Element("course", url_name=key.run, org=key.org, course=key.course)


def _chapters(program: Program, tree: Tree, blocks: bool) -> list[Element]:
    atlas = Atlas(program)
    chapters = [chapter(topic, atlas, tree, blocks) for topic in program.topics if topic.sections]
    attended = [session for session in program.sessions if session.delivery is not Delivery.SELF_PACED]
    days = [days_chapter(program, tree)] if blocks else []
    sessions = [sessions_chapter(attended, atlas, tree, blocks)] if attended else []
    return [*days, *chapters, *sessions]


def _add_media(program: Program, tree: Tree) -> None:
    for topic in program.topics:
        names = static_names(topic)
        for name, content in media(topic.assets, folder="").items():
            tree.add(f"course/static/{names[name]}", content)
