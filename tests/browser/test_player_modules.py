"""The player's pure modules as tables: comparing, marking, remembering, and what each standard is told."""

from typing import Any

import pytest
from boiduong_packager.page.veil import veil
from playwright.sync_api import Page


def call(page: Page, module: str, function: str, *values: Any) -> Any:
    script = "async ([module, name, values]) => (await import(`/player/${module}.js`))[name](...values)"
    return page.evaluate(script, [module, function, values])


@pytest.mark.parametrize(
    ("given", "accepted", "same"),
    [
        ("nhiệm kỳ", "nhiệm kỳ", True),
        ("Nhiệm  Kỳ ", "nhiệm kỳ", True),
        ("nhiệmkỳ", "nhiệm kỳ", True),
        ("nhiệm kỳ.", "nhiệm kỳ", True),
        ("hòa", "hoà", True),
        ("THUỶ", "thủy", True),
        ("nhie\u0323\u0302m ky\u0300", "nhiệm kỳ", True),
        ("nhiem ky", "nhiệm kỳ", False),
        ("nhiệm ky", "nhiệm kỳ", False),
        ("mà", "má", False),
        ("da", "đa", False),
        ("3.5", "3,5", True),
        ("05", "5", True),
        ("1.500", "1500", True),
        ("5", "năm", False),
        ("", "5", False),
    ],
)
def test_written_answers_are_compared_as_a_reader_would(modules: Page, given: str, accepted: str, same: bool) -> None:
    assert call(modules, "compare", "sameText", given, accepted) is same


@pytest.mark.parametrize(
    ("given", "value", "tolerance", "same"),
    [
        ("3,5", 3.5, 0, True),
        ("3.5", 3.5, 0, True),
        (" 3,5 ngày", 3.5, 0, True),
        ("70%", 70, 0, True),
        ("1.500", 1500, 0, True),
        ("1 500", 1500, 0, True),
        ("1.234.567,5", 1234567.5, 0, True),
        ("-2", -2, 0, True),
        ("0,3", 0.1 + 0.2, 0, True),
        ("7,4", 7, 0.5, True),
        ("7,6", 7, 0.5, False),
        ("bảy", 7, 0, False),
        ("7 hoặc 8", 7, 0, False),
        ("", 0, 0, False),
    ],
)
def test_numbers_are_read_with_comma_or_point(
    modules: Page, given: str, value: float, tolerance: float, same: bool
) -> None:
    assert call(modules, "compare", "sameNumber", given, value, tolerance) is same


@pytest.mark.parametrize(
    ("kind", "key", "answer", "lines"),
    [
        ("choice", ["b"], ["b"], [True]),
        ("choice", ["b"], ["a"], [False]),
        ("several", ["a", "c"], ["c", "a"], [True]),
        ("several", ["a", "c"], ["a"], [False]),
        ("several", ["a", "c"], ["a", "b", "c"], [False]),
        ("truefalse", ["false"], ["false"], [True]),
        ("blanks", [["nhiệm kỳ"], ["5", "năm"]], ["nhiệm kỳ", "Năm"], [True, True]),
        ("blanks", [["nhiệm kỳ"], ["5"]], ["nhiệm kỳ", "6"], [True, False]),
        ("number", ["3.5", "0"], "3,5", [True]),
        ("matching", {"a": "x", "b": "y"}, {"a": "x", "b": "x"}, [True, False]),
        ("ordering", ["a", "b", "c"], ["a", "c", "b"], [True, False, False]),
    ],
)
def test_answers_are_all_or_nothing_with_a_mark_for_each_line(
    modules: Page, kind: str, key: Any, answer: Any, lines: list[bool]
) -> None:
    assert call(modules, "grading", "grade", kind, key, answer) == {"right": all(lines), "lines": lines}


@pytest.mark.parametrize("text", ["", "a", '["nhiệm kỳ"]', "Đáp án dài hơn bốn byte: «ế» 🙂"])
def test_the_veil_is_lifted_by_the_player(modules: Page, text: str) -> None:
    veiled = veil(text, "chuyen-de", "cau-1", "answer")
    assert call(modules, "veil", "unveil", veiled, "chuyen-de", "cau-1", "answer") == text


REMEMBER = """async ([questions, sections, limit, edited]) => {
  const { emptyState, encode, decode, short, pack } = await import("/player/state.js");
  const state = emptyState();
  sections.forEach((id) => state.seen.add(short(id)));
  questions.forEach((id, place) => {
    state.results.set(short(id), { right: place % 2 === 0, used: 2 });
    state.answers.set(short(id), pack("several", [`${id}-mot`, `${id}-hai`, `${id}-ba`]));
  });
  ["r1", "r2", "r3"].forEach((id) => state.notes.set(short(id), "Việc sẽ làm trong tuần. ".repeat(40)));
  state.seconds = 123456;
  const text = encode(state, limit, new Set([...edited, ...sections].map(short)));
  const back = decode(text);
  return { text, seconds: back.seconds, notes: back.notes.size, answers: back.answers.size, seen: back.seen.size,
    newest: back.answers.has(short(questions[questions.length - 1])),
    right: edited.filter((id) => (back.results.get(short(id)) || {}).right).length, results: back.results.size };
}"""


def long_ids(count: int, word: str = "cau-hoi") -> list[str]:
    return [f"{word}-ve-che-do-boi-duong-cap-nhat-kien-thuc-ky-nang-cho-can-bo-{number}" for number in range(count)]


def test_sixty_questions_with_long_ids_fit_into_scorm_12(modules: Page) -> None:
    ids = long_ids(60)
    kept = modules.evaluate(REMEMBER, [ids, long_ids(12, "muc"), 4096, ids])
    assert len(kept["text"]) <= 4096
    assert (kept["right"], kept["results"], kept["seen"], kept["seconds"]) == (30, 60, 12, 123456)
    assert kept["answers"] == 60


def test_when_room_is_short_reflections_go_first_and_results_never(modules: Page) -> None:
    ids = long_ids(60)
    kept = modules.evaluate(REMEMBER, [ids, long_ids(12, "muc"), 1200, ids])
    assert len(kept["text"]) <= 1200
    assert kept["notes"] == 0
    assert 0 < kept["answers"] < 60
    assert kept["newest"] is True
    assert kept["right"] == 30


def test_what_an_edit_removed_is_kept_while_there_is_room(modules: Page) -> None:
    ids = long_ids(20)
    assert modules.evaluate(REMEMBER, [ids, [], 16000, ids[:5]])["results"] == 20
    assert modules.evaluate(REMEMBER, [ids, [], 110, ids[:5]])["results"] == 5


@pytest.mark.parametrize("text", ["", "{", "null", '{"v":99}', '"x"', "viewed=1,2,3"])
def test_a_state_that_is_none_of_ours_is_an_empty_one(modules: Page, text: str) -> None:
    script = "async (text) => (await import('/player/state.js')).decode(text).results.size"
    assert modules.evaluate(script, text) == 0


PROGRESS = """async ([points, right, seen, seconds, passMark, minimumSeconds, done]) => {
  const { emptyState, short } = await import("/player/state.js");
  const { progress } = await import("/player/progress.js");
  const state = emptyState();
  state.done = done;
  const questions = points.map((point, place) => ({ id: `q${place}`, points: point, attempts: 1 }));
  right.forEach((good, place) => state.results.set(short(`q${place}`), { right: good, used: 1 }));
  ["a", "b"].slice(0, seen).forEach((id) => state.seen.add(short(id)));
  const config = { sections: [{ id: "a" }, { id: "b" }], questions, passMark, minimumSeconds };
  const now = progress(config, state, seconds);
  return [now.done, now.score, now.measure];
}"""


@pytest.mark.parametrize(
    ("case", "expected"),  # points, right answers, sections seen, seconds; pass mark, minimum
    [
        ([[7, 3], [True, False], 2, 900, 70, 900], [True, 70, 1]),
        ([[7, 3], [True, False], 2, 900, 71, 900], [False, 70, 0.99]),
        ([[7, 3], [True, False], 1, 900, 70, 900], [False, 70, 0.83]),
        ([[7, 3], [True, False], 2, 899, 70, 900], [False, 70, 0.99]),
        ([[1, 1, 1], [True, True, False], 2, 0, 66, 0], [True, 66.66, 1]),
        ([[1, 1, 1], [True, True, False], 2, 0, 67, 0], [False, 66.66, 0.99]),
        ([[1, 0], [], 2, 0, 70, 0], [False, None, 0.66]),
        ([[0], [], 2, 0, 70, 0], [True, None, 1]),
        ([[], [], 0, 0, 70, 900], [False, None, 0.33]),
    ],
)
def test_completion_is_all_sections_and_the_pass_mark_and_the_time(
    modules: Page, case: list[Any], expected: list[Any]
) -> None:
    assert modules.evaluate(PROGRESS, [*case, False]) == expected


def test_what_was_complete_stays_complete(modules: Page) -> None:
    assert modules.evaluate(PROGRESS, [[1], [False], 0, 0, 70, 900, True])[0] is True


@pytest.mark.parametrize(
    ("seconds", "scorm12", "scorm2004"),
    [(0, "00:00:00.00", "PT0H0M0S"), (65, "00:01:05.00", "PT0H1M5S"), (360000, "100:00:00.00", "PT100H0M0S")],
)
def test_each_standard_gets_the_time_as_it_wants_it(modules: Page, seconds: int, scorm12: str, scorm2004: str) -> None:
    assert call(modules, "dialects", "clockTime", seconds) == scorm12
    assert call(modules, "dialects", "duration", seconds) == scorm2004


INTERACTION = """async ([dialect, given]) => {
  const at = new Date(2026, 10, 2, 3, 4, 5, 678);
  return Object.fromEntries((await import("/player/dialects.js"))[dialect].interaction({ ...given, at }));
}"""


@pytest.mark.parametrize(
    ("dialect", "kind", "answer", "expected"),
    [
        ("SCORM12", "choice", ["bay-ngay"], "bay-ngay"),
        ("SCORM2004", "choice", ["bay-ngay"], "bay_ngay"),
        ("SCORM12", "several", ["a-1", "b"], "a-1,b"),
        ("SCORM2004", "several", ["a-1", "b"], "a_1[,]b"),
        ("SCORM12", "truefalse", ["false"], "f"),
        ("SCORM2004", "truefalse", ["false"], "false"),
        ("SCORM2004", "blanks", ["nhiệm\nkỳ", "5"], "nhiệm kỳ[,]5"),
        ("SCORM12", "number", "3,5 ngày", "3.5"),
        ("SCORM12", "matching", {"a": "x-1", "b": "y"}, "a.x-1,b.y"),
        ("SCORM2004", "matching", {"a": "x-1", "b": "y"}, "a[.]x_1[,]b[.]y"),
        ("SCORM2004", "ordering", ["a-b", "c"], "a_b[,]c"),
    ],
)
def test_an_answer_is_told_in_the_words_of_the_standard(
    modules: Page, dialect: str, kind: str, answer: Any, expected: str
) -> None:
    given = {"id": "câu-2", "kind": kind, "right": False, "points": 1, "answer": answer}
    fields = modules.evaluate(INTERACTION, [dialect, given])
    assert fields["id"].isascii()
    assert fields["student_response" if dialect == "SCORM12" else "learner_response"] == expected
    time = ("time", "03:04:05") if dialect == "SCORM12" else ("timestamp", "2026-11-02T03:04:05")
    assert fields[time[0]] == time[1]
    assert fields["result"] == ("wrong" if dialect == "SCORM12" else "incorrect")
