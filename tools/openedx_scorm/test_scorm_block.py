"""Packages of ours in openedx-scorm-xblock 19.0.5: uploaded by an author in Studio's form, studied in the browser."""

import html
import json
from pathlib import Path
from time import sleep
from typing import Any

from boiduong_packager.model import Program, Topic, TrueFalseQuestion
from msgspec.structs import replace
from playwright.sync_api import Route

from tests.browser.conftest import NewPage
from tests.browser.test_built_program import first_question, right_answer, study
from tools.openedx_scorm.conftest import TOPIC, ScormWorkbench, Student
from tools.openedx_scorm.places import RESOURCES

VERSION = {"scorm12": "SCORM_12", "scorm2004": "SCORM_2004"}
PASSED = {
    "scorm12": {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "100"},
    "scorm2004": {"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "1"},
}
SCORE = {"scorm12": "cmi.core.score.raw", "scorm2004": "cmi.score.raw"}


def is_passed(state: dict[str, Any]) -> bool:
    return (state.get("lesson_status"), state.get("success_status")) == ("completed", "passed")


def assert_passed(student: Student) -> None:
    """In the words of the standard and in the block's own, which keep completion and success apart in either."""
    state = student.state
    assert state["scorm_data"].items() >= PASSED[student.standard].items()
    assert (state["lesson_status"], state["success_status"], state["lesson_score"]) == ("completed", "passed", 1.0)
    assert student.completions[-1] == 1
    assert student.grades[-1] == {"value": 1.0, "max_value": 1.0}


def assert_incomplete(student: Student, success: str) -> None:
    assert "Chưa hoàn thành" in student.result
    state = student.state
    assert (state["lesson_status"], state.get("success_status", "unknown")) == ("incomplete", success)
    assert all(completion < 1 for completion in student.completions)


def test_a_package_is_taken_without_a_warning_and_launched_at_its_page(
    standard: str, workbench: ScormWorkbench
) -> None:
    """The block warns an author of a package that never tells of its completion (its issue 110)."""
    authored = workbench.authored(standard)
    assert authored["package_warnings"] == []
    assert (authored["index_page_path"], authored.get("scorm_version", "SCORM_12")) == ("index.html", VERSION[standard])


def test_a_topic_studied_to_its_end_is_passed_with_its_score(student: Student, topic: Topic) -> None:
    study(student, topic)
    student.until(is_passed)
    assert_passed(student)
    assert student.page.locator(".completion-status").inner_text() == "completed"


def test_right_answers_do_not_complete_it_before_the_minimum_time(student: Student, topic: Topic) -> None:
    study(student, replace(topic, minimum_seconds=0))  # a minute for each section, and no longer
    student.until(lambda state: state.get("lesson_score") == 1.0)
    # SCORM 2004 tells success apart from completion, so there the grade is known already.
    assert_incomplete(student, "unknown" if student.standard == "scorm12" else "passed")


def test_a_learner_whose_answers_are_wrong_is_not_passed(student: Student, topic: Topic) -> None:
    for section in topic.sections:
        for question in section.questions:
            if isinstance(question, TrueFalseQuestion):
                assert "Chưa đúng" in student.answer(question.id, "Sai" if question.right else "Đúng")
        student.onward()
    student.read(topic.minimum_seconds + 60)
    student.until(lambda state: state["scorm_data"].get(SCORE[student.standard]) == "0")
    assert_incomplete(student, "unknown")
    assert student.grades == []


def test_what_is_passed_stays_so_at_every_return(student: Student, topic: Topic) -> None:
    """The block gives a package neither status nor score back, so the package must know by itself."""
    study(student, topic)
    student.until(is_passed)
    student.page.reload()
    student.frame.wait_for_selector("html.js")
    for _ in range(2):
        assert "Đã hoàn thành chuyên đề" in student.result
        student.read(60)
        assert_passed(student)
        student.close()
        student.open()
    assert_passed(student)
    first = student.completions.index(1)
    assert set(student.completions[first:]) == {1}


def test_a_learner_returns_to_the_place_the_answers_and_the_time(student: Student, program: Program) -> None:
    """As they were at the last save, at most half a minute before: what is set on leaving never arrives, because the
    block sends it in a request that the browser breaks off."""
    section, question = first_question(program)
    student.go(section)
    assert "Đúng" in student.answer(question.id, right_answer(question))
    student.read(120)
    student.until(lambda state: json.loads(state["scorm_data"]["cmi.suspend_data"])["t"] >= 60)
    student.close()
    student.open()
    assert student.frame.locator(f"#{section}").is_visible()
    assert "Đúng" in student.question(question.id).locator(".verdict").inner_text()
    assert student.frame.locator("#boiduong-clock").inner_text()[:2] in ("1/", "2/")


def test_another_learner_is_apart(student: Student, new_page: NewPage, program: Program) -> None:
    section, question = first_question(program)
    student.go(section)
    student.answer(question.id, right_answer(question))
    student.until(lambda state: state.get("lesson_score", 0) > 0)
    other = Student(new_page(), student.workbench, student.standard).open()
    other.go(section)
    assert other.question(question.id).locator(".verdict").inner_text() == ""
    other.until(lambda state: state.get("lesson_status") == "incomplete")
    assert other.state.get("lesson_score", 0) == 0


def test_a_package_that_is_faster_than_the_block_is_kept_by_the_block(
    standard: str, workbench: ScormWorkbench, new_page: NewPage
) -> None:
    """The block puts the package into its frame before its own script has run (its #78)."""

    def answer_late(route: Route) -> None:
        sleep(1)
        route.continue_()

    page = new_page()
    page.route("**/js/runtime/1.js", answer_late)
    student = Student(page, workbench, standard).open()
    student.until(lambda state: state.get("lesson_status") == "incomplete")


def test_a_package_that_comes_with_a_course_is_played_too(
    standard: str, workbench: ScormWorkbench, packages: Path, new_page: NewPage, program: Program
) -> None:
    """As an export of the platform has it. Only the files are read at import: the element itself must say which page is
    launched and which standard it is."""
    path = f"scorm/{standard}/package.zip"
    archive = workbench.folder / RESOURCES / path
    archive.parent.mkdir(parents=True)
    archive.write_bytes((packages / standard / f"{TOPIC}.zip").read_bytes())
    meta = html.escape(json.dumps({"sha1": workbench.authored(standard)["package_meta"]["sha1"]}))
    element = f'<scorm package_meta="{meta}" scorm_version="{VERSION[standard]}" index_page_path="index.html"'
    unit = workbench.add(f'{element} scorm_package_path="{path}"/>')
    student = Student(new_page(), workbench, unit).open()
    section, question = first_question(program)
    student.go(section)
    assert "Đúng" in student.answer(question.id, right_answer(question))
    student.until(lambda state: state.get("lesson_score", 0) > 0)
