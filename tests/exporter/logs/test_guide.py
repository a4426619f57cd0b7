"""The officer's guide to logs keeps its word."""

import json
import re
from pathlib import Path

from tests.exporter.logs.made import event, read, statement, text, told

GUIDE = (Path(__file__).parents[3] / "docs/nhat-ky-hoc-tap.md").read_text("utf-8")


def test_the_lines_it_shows_are_read_as_it_says(tmp_path: Path) -> None:
    (lines,) = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert told(read(tmp_path, lines.encode())) == ["1:Beat", "2:Progress", "3:Progress"]


def test_the_line_of_attendance_that_it_shows_is_read(tmp_path: Path) -> None:
    (said,) = re.findall(r'\n    (\{"class".*\})\n', GUIDE)
    assert told(read(tmp_path, text(event("boiduong.attendance.attended", json.loads(said))))) == ["1:Attended"]


def test_its_extension_names_class_and_topic(tmp_path: Path) -> None:
    (said,) = re.findall(r'"urn:boiduong:study": \{.*\}', GUIDE)
    context = '"context": {"extensions": {' + said + "}}}"
    (found,) = read(tmp_path, text(text(statement()).decode().rstrip()[:-1] + ", " + context))
    assert found.where.class_code == "L01"  # type: ignore[union-attr]
    assert found.where.topic == "che-do"  # type: ignore[union-attr]


def test_the_columns_of_its_query_are_those_that_are_read(tmp_path: Path) -> None:
    columns = re.findall(r"SELECT (.*)", GUIDE)[0].split(", ")
    head = ",".join(column.rpartition(".")[2] for column in columns)
    data = f"{head}\nan,g,1,cmi.core.lesson_status,passed,1795568520\n"
    assert told(read(tmp_path, data.encode())) == ["2:Progress"]
