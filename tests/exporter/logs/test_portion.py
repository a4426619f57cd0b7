"""A log gathered in one portion, or in two that are joined: the same."""

import json
import tempfile
from pathlib import Path

import pytest
from boiduong_exporter.logs.portion import Portion
from boiduong_exporter.logs.reading import Log, read_log
from boiduong_exporter.logs.record import Progress, Where
from hypothesis import given
from hypothesis import strategies as st

from tests.exporter.logs.made import (
    AT,
    beat,
    commit,
    event,
    grade,
    packed,
    payload,
    portion,
    progress,
    statement,
    text,
)

SIGN, BEAT = payload(beat()), "boiduong.study.beat"
KINDS: dict[str, list[object]] = {
    "own": [
        beat(), beat(learner="ba"), beat(launch="hai"), beat(topic="khac"), beat(age_ms=5), beat(elapsed_ms=0),
        beat(learner=""), progress(), commit(), {"name": "khac"},
    ],
    "open edx": [
        event(BEAT, SIGN), event(BEAT, SIGN, username="ba", context={"user_id": 8}), event("problem_check", {}),
        event(BEAT, SIGN, username="tu", context={"user_id": 7}), grade(username=""), grade(username="", user="8"),
    ],
    "xapi": [
        statement(), statement(context={"extensions": {"urn:boiduong:beat": SIGN}}),
        statement("http://adlnet.gov/expapi/verbs/voided"), statement(actor=5),
    ],
}  # fmt: skip
ODD: list[object] = ["", "{broken", b"\xef\xbb\xbf", b"\x1f\x8b", "khong phai json"]


def joined(log: Log, at: int) -> Portion:
    """Its portion, in two where it can be cut there."""
    halves = log.cut(at)
    if halves is None:
        return log.portion()
    first, second = (half.portion() for half in halves)
    first.join(second)
    return first


def test_beats_lie_in_columns_and_the_rest_as_it_was_told(tmp_path: Path) -> None:
    lines = (beat(), progress(), beat(learner="ba"), "", "{", beat(launch="hai", age_ms=5), "{")
    found = portion(tmp_path, text(*lines))
    beats = found.beats
    here = Where("L01", "", "che-do", "2026.1")
    assert (found.keys, found.launches) == ([("an.nv", here), ("ba", here)], ["7f3a", "hai"])
    assert list(zip(beats.line, beats.key, beats.launch, beats.offline, strict=True)) == [
        (1, 0, 0, 0), (3, 1, 0, 0), (6, 0, 1, 1),
    ]  # fmt: skip
    assert (list(beats.start_ms), list(beats.end_ms)) == ([AT - 30_000] * 2 + [AT - 30_005], [AT] * 2 + [AT - 5])
    assert found.told == [Progress(2, "an.nv", here, AT, sections_done=3)]
    assert {refusal.code: list(lines) for refusal, lines in found.refused.items()} == {"L03": [5, 7]}
    assert [list(lines) for lines in found.skipped.values()] == [[4]]
    assert found.last == 7


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_two_portions_joined_are_the_portion_of_the_whole(kind: str, data: st.DataObject) -> None:
    """Cut at every line's end, also where the last line breaks off or has no end."""
    lines = data.draw(st.lists(st.sampled_from(KINDS[kind] + ODD), max_size=12))
    log = text(KINDS[kind][0], *lines)
    log = log[: len(log) - data.draw(st.sampled_from([0, 1, 9]))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "nhat-ky")
        path.write_bytes(data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + log)
        found = read_log(path)
        whole = found.portion()
        for at, byte in enumerate(path.read_bytes()):
            if byte == ord("\n"):
                assert joined(found, at) == whole


def test_a_cut_lies_behind_the_line_that_it_falls_in(tmp_path: Path) -> None:
    path = tmp_path / "nhat-ky"
    path.write_bytes(text(beat(), beat(), beat()))
    length = path.stat().st_size // 3
    ends = [halves and halves[0].end for halves in map(read_log(path).cut, (0, length - 1, length, 3 * length - 1))]
    assert ends == [length, length, 2 * length, None]


@pytest.mark.parametrize(
    "data",
    [
        packed(text(*(beat(launch=str(number)) for number in range(5000)))),
        json.dumps([statement(), statement()], indent=1).encode(),
        b"username,manifest,attempt,element,value,timemodified\nan,g,1,cmi.core.lesson_status,passed,1795568520\n",
        b"khong phai nhat ky\n" * 3,
    ],
    ids=["packed", "one document", "a table", "no log"],
)
def test_what_is_packed_or_not_of_lines_is_not_cut(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "nhat-ky"
    path.write_bytes(data)
    assert b"\n" in data[6:-1]
    assert read_log(path).cut(5) is None
