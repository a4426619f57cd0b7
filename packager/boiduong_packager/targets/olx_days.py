"""The days that a learner has and owes: a chapter of its own before all topics, shown by our block."""

import json

from lxml import etree
from lxml.builder import E

from boiduong_packager.model import Program
from boiduong_packager.targets.olx_tree import Element, Tree, container, url_name

DAYS = "boiduong_days"
_TITLE = "Số ngày bồi dưỡng"
_WORDS = (
    "Bảng trên cho biết số ngày bồi dưỡng phải có trong nhiệm kỳ, số ngày được tính và số ngày còn thiếu, đọc từ sổ.",
    "Nơi chưa nối với sổ theo dõi bồi dưỡng, bảng chỉ nêu thời gian học và các buổi đã dự của khóa này, còn tạm tính.",
    "Thời gian học và điểm danh được tính vào số ngày sau khi sổ nhận dữ liệu của khóa, thường là hôm sau.",
)


def days_chapter(program: Program, tree: Tree) -> Element:
    """Add the one unit of the days and answer the pointer to its chapter."""
    titles = {topic.id: topic.title for topic in program.topics if topic.sections}
    topic_titles = json.dumps(titles, ensure_ascii=False, sort_keys=True)
    block = etree.Element(DAYS, url_name=url_name("days"), display_name=_TITLE, topic_titles=topic_titles)
    words = tree.html(url_name("days-page"), "Các con số này là gì", [E.div(*(E.p(text) for text in _WORDS))])
    pointer = tree.block(url_name("days-vertical"), container("vertical", [block, words], display_name=_TITLE))
    pointer = tree.block(url_name("days-sequential"), container("sequential", [pointer], display_name=_TITLE))
    return tree.block(url_name("days-chapter"), container("chapter", [pointer], display_name=_TITLE))
