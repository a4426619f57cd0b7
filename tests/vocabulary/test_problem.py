"""How a Problem is told."""

from boiduong_vocabulary.problem import Place, Problem, Severity, any_error, in_order


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem("Q03", Place("a.md", 3, 1), "câu hỏi chưa có đáp án đúng", "đánh dấu bằng [x]")
    assert str(problem) == "a.md:3:1: Q03 câu hỏi chưa có đáp án đúng\n    → đánh dấu bằng [x]"


def test_a_warning_says_that_it_is_one_and_unknown_numbers_are_left_out() -> None:
    warning = Problem("T01", Place("a.md"), "m", "h", Severity.WARNING)
    assert str(warning).startswith("a.md: T01 (cảnh báo) m")


def test_problems_come_once_each_by_file_line_and_code() -> None:
    places = [("b.md", 1), ("a.md", 10), ("a.md", 9), ("a.md", 9)]
    problems = [Problem("S01", Place(*place), "m", "h") for place in places]
    assert [str(problem.place) for problem in in_order(problems)] == ["a.md:9", "a.md:10", "b.md:1"]


def test_warnings_alone_are_no_error() -> None:
    warning = Problem("T01", Place("a.md"), "m", "h", Severity.WARNING)
    assert not any_error([warning])
    assert any_error([warning, Problem("S01", Place("a.md"), "m", "h")])
