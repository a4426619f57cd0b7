"""The course in the XBlock runtime, with Open edX's own html, problem and video blocks (xblocks-contrib).

Not covered, because it lives in the platform alone: its containers, the modulestore's import, static files' upload.
"""

import json
import tarfile
from html import unescape

import pytest
from boiduong_packager.targets.archive import write_tar_gz
from boiduong_packager.targets.olx import package
from lxml import html as lxml_html
from msgspec.structs import replace

from tests.packager.targets import olx_sample
from tests.packager.targets.olx_built import OURS
from tests.packager.targets.olx_platform import CourseRuntime, capa_problem


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "blocks"])
def course(request, tmp_path_factory):
    """The sample's archive, written, unpacked and read."""
    folder = tmp_path_factory.mktemp("olx")
    built = package(olx_sample.program(folder), request.param)
    write_tar_gz(folder / "course.tar.gz", built.files)
    with tarfile.open(folder / "course.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return built, CourseRuntime(folder / "course")


def test_no_block_is_dropped_by_the_runtime(course):
    built, runtime = course
    written = {name.split("/")[-1].removesuffix(".xml") for name in built.files if name.endswith(".xml")} - {"course"}
    inline = {name for name, block in runtime.blocks.items() if block.scope_ids.block_type in OURS}
    assert set(runtime.blocks) - inline == written
    assert len(inline) == (7 if "days" in runtime.blocks else 0)


def test_every_child_is_in_its_parents_order(course):
    _, runtime = course
    names = [key.block_id for key in runtime.blocks["vertical_che-do_hinh-thuc"].children]
    assert [name for name in names if not name.startswith("clock_")] == [
        "html_che-do_muc_hinh-thuc",
        "video_che-do_phim",
        "caption_che-do_phim",
        "problem_che-do_q4",
        "problem_che-do_q5",
        "problem_che-do_q6",
        "problem_che-do_q7",
        "html_che-do_r1",
        "sources_che-do",
    ]


def test_an_html_block_holds_its_text_with_every_blank_between_words(course):
    _, runtime = course
    block = runtime.blocks["html_che-do_muc_mo-dau"]
    assert block.display_name == "Mục mo-dau"
    assert "<strong>Điều</strong> <em>khoản</em>" in block.data
    assert '<audio controls="controls"' in block.data
    assert "&lt; hai" in block.data


def test_a_video_plays_its_own_file_and_no_film_of_a_stranger(course):
    _, runtime = course
    video = runtime.blocks["video_che-do_phim"]
    assert list(video.html5_sources) == ["/static/che-do_phim.mp4"]
    assert video.youtube_id_1_0 == ""
    assert video.display_name == "Phim giới thiệu"


def test_a_problem_has_the_settings_of_its_question(course):
    _, runtime = course
    one, several = runtime.blocks["problem_che-do_q1"], runtime.blocks["problem_che-do_q2"]
    assert (one.display_name, one.weight, one.max_attempts, one.showanswer) == ("Câu 1", 1, 2, "finished")
    assert (several.weight, several.max_attempts) == (2, None)


def test_policies_are_where_the_import_looks_for_them(course):
    built, runtime = course
    run = runtime.key.run
    assert str(runtime.key) == built.identifier
    assert f"course/{run}" in json.loads(runtime.read(f"policies/{run}/policy.json"))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("q1", {"2_1": "choice_c7"}, {"2_1": "choice_c5"}),
        ("q2", {"2_1": ["choice_0", "choice_1"]}, {"2_1": ["choice_0"]}),
        ("q3", {"2_1": "choice_false"}, {"2_1": "choice_true"}),
        ("q4", {"2_1": "Năm", "3_1": " uỷ ban "}, {"2_1": "6", "3_1": "xã"}),
        ("q5", {"2_1": "7.1"}, {"2_1": "7.11"}),
        (
            "q6",
            {"2_1": "theo quy định riêng, ’đặc thù’", "3_1": "5 ngày, mỗi nhiệm kỳ", "4_1": "7 ngày"},
            {"2_1": "7 ngày", "3_1": "7 ngày", "4_1": "5 ngày, mỗi nhiệm kỳ"},
        ),
    ],
)
def test_capa_takes_the_right_answer_and_refuses_the_wrong_one(course, name, right, wrong):
    assert set(_marks(course, name, right)) == {"correct"}
    assert set(_marks(course, name, wrong)) == {"incorrect"}


def test_capa_takes_the_steps_in_the_right_order_alone(course):
    problem = capa_problem(_problem(course, "q7"))
    labels = [label.text_content().strip() for label in lxml_html.fromstring(problem.get_html()).iter("label")]
    place = {"Khảo sát nhu cầu": "1", "Xây dựng kế hoạch": "2", "Phê duyệt": "3"}
    right = {f"{number}_1": place[label] for number, label in enumerate(labels, start=2)}
    assert labels != list(place)
    assert set(_marks(course, "q7", right)) == {"correct"}
    assert set(_marks(course, "q7", dict.fromkeys(right, "4"))) == {"incorrect"}


def test_every_field_has_a_name_and_every_option_stands_in_its_list(course):
    for number in range(1, 8):
        page = lxml_html.fromstring(capa_problem(_problem(course, f"q{number}")).get_html())
        for field in page.xpath("//input|//select"):
            assert page.xpath("//label[@for=$id]", id=field.get("id"))
    options = lxml_html.fromstring(capa_problem(_problem(course, "q6")).get_html()).xpath("//select[1]/option/@value")
    assert set(options[1:4]) == {"7 ngày", "5 ngày, mỗi nhiệm kỳ", "theo quy định riêng, ’đặc thù’"}


def test_the_page_of_a_problem_holds_neither_answer_nor_explanation(course):
    page = capa_problem(_problem(course, "q4")).get_html() + capa_problem(_problem(course, "q1")).get_html()
    text = lxml_html.fromstring(page).text_content() + page
    assert "uỷ ban" not in text
    assert "Giải thích" not in lxml_html.fromstring(page).text_content()
    assert "correct=" not in page


def test_the_explanation_comes_with_the_answers(course):
    answers = capa_problem(_problem(course, "q1")).get_question_answers()
    text = lxml_html.fromstring(answers["p_solution_1"]).text_content()
    assert " ".join(text.split()) == "Giải thích Nhóm 3: 7 ngày. Mỗi nhiệm kỳ."


def test_feedback_answers_the_choice_it_belongs_to(course):
    problem = capa_problem(_problem(course, "q1"))
    wrong = problem.grade_answers({"p_2_1": "choice_c5"}).get_msg("p_2_1")
    right = problem.grade_answers({"p_2_1": "choice_c7"}).get_msg("p_2_1")
    assert "Đó là mức của <em>nhóm 2</em>." in unescape(wrong)
    assert right == ""


def test_mathematics_in_a_question_reaches_the_browser_as_mathml():
    fraction = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
    math = f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">{fraction}</math>'
    asked = replace(olx_sample.ONE, stem=f"<p>Tính {math}.</p><p>Bằng {math}?</p>", hint="")
    page = capa_problem(olx_sample.lone_problem(asked)).get_html()
    assert [element.tag for element in lxml_html.fromstring(page).iter("math", "mfrac")] == ["math", "mfrac"] * 2
    assert "ns0" not in page


def _problem(course, name: str) -> str:
    return course[1].blocks[f"problem_che-do_{name}"].data


def _marks(course, name: str, answers: dict) -> list[str]:
    problem = capa_problem(_problem(course, name))
    marks = problem.grade_answers({f"p_{field}": value for field, value in answers.items()})
    return [marks.get_correctness(answer) for answer in marks.keys()]  # noqa: SIM118  (not a dict)
