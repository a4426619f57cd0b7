"""The guide for Open edX keeps its word: its commands are ones the program takes, its code does what it says."""

import json
import re
import shlex
from collections import Counter
from importlib.metadata import entry_points
from typing import Any

import pytest
from boiduong_exporter.logs.openedx import TrackingLog
from boiduong_exporter.logs.record import Beat
from boiduong_exporter.logs.xapi import Statements

from tests.openedx_guide import GUIDE, ROOT, STATEMENT, code, event, names_of, tracking_line, transformer
from tests.test_docs_officers import parser

COMMANDS = re.findall(r"^(?:[^`\n|]*xargs -0 )?(boiduong .+)$", GUIDE.replace("|\n    ", ""), re.MULTILINE)
BEAT = {
    "topic": "che-do", "edition": "2026.1", "launch": "7f3a", "sequence": 1,
    "opened_ms": 1795488000000, "elapsed_ms": 30000, "age_ms": 0,
}  # fmt: skip
EVENT = event("an.nv", "2026-11-24T03:00:30.123456+00:00", "course-v1:truong+145-2026+L01", BEAT)
NAME = EVENT["name"]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_one_that_the_program_takes(line: str) -> None:
    _, name, *words = shlex.split(line)
    fed = ["tracking.log"] if name == "import" and words[1].startswith("--") else []  # by xargs
    parser(name).parse_args([*words, *fed])


def test_every_command_of_the_guide_is_looked_at() -> None:
    kinds = Counter(tuple(line.split()[1:3]) for line in COMMANDS)
    assert {("build", "content/145-2026"), ("import", "accounts"), ("import", "log"), ("account", "token")} <= set(
        kinds
    )
    assert "seal" in {kind for kind, _ in kinds}


def test_every_file_that_the_guide_points_to_is_there() -> None:
    links = re.findall(r"\]\(([\w.-]+\.md)\)", GUIDE)
    assert links
    for link in links:
        assert (ROOT / "docs" / link).is_file(), link


def test_every_block_that_is_installed_is_described() -> None:
    ours = {entry.name for entry in entry_points(group="xblock.v1") if entry.name.startswith("boiduong_")}
    assert set(re.findall(r"^\| `(boiduong_\w+)`", GUIDE, re.MULTILINE)) == ours


def test_the_transformer_makes_of_a_beat_the_statement_that_the_real_backend_made() -> None:
    made = json.loads(json.dumps(transformer()(EVENT).transform()))
    for part in ("actor", "verb", "timestamp"):
        assert made[part] == STATEMENT[part]
    assert made["object"]["id"] == STATEMENT["object"]["id"]
    assert made["object"]["definition"] == STATEMENT["object"]["definition"]
    assert made["context"]["extensions"].items() <= STATEMENT["context"]["extensions"].items()


@pytest.mark.parametrize(
    "context",
    [
        {"event_source": "browser"},
        {"module": {"usage_key": "block-v1:truong+ct+L01+type@drag-and-drop-v2+block@1"}},
        {"module": None},
    ],
    ids=["posted to /event", "by another block", "by no block"],
)
def test_the_transformer_makes_nothing_of_a_beat_that_no_clock_published(context: dict[str, Any]) -> None:
    assert transformer()({**EVENT, "context": {**EVENT["context"], **context}}).transform() is None


@pytest.mark.parametrize("made_by", ["the stand-in", "event-routing-backends"])
def test_the_books_read_the_same_span_from_the_statement_as_from_the_log(made_by: str) -> None:
    statement = STATEMENT if made_by == "event-routing-backends" else transformer()(EVENT).transform()
    stored = {**statement, "stored": EVENT["timestamp"]}
    (from_lrs,) = Statements().read(1, [json.dumps(stored).encode()])
    (from_log,) = TrackingLog({}).read(1, [tracking_line(EVENT)])
    assert _span(from_lrs) == _span(from_log)
    assert from_log.end_ms - from_log.start_ms == 30_000


def _span(record: object) -> tuple[Any, ...]:
    assert isinstance(record, Beat), record
    return (record.learner, record.where.topic, record.where.edition, record.launch, record.start_ms, record.end_ms)


def test_signs_of_one_moment_are_statements_of_their_own() -> None:
    signs = [event("an.nv", EVENT["timestamp"], "course-v1:a+b+c", {**BEAT, "sequence": n}) for n in range(3)]
    assert len({transformer()(sign).transform()["id"] for sign in signs}) == 3


def test_the_plugin_lets_the_sign_through_both_gates() -> None:
    """The shape is that of event_tracking_backends_config in event-routing-backends."""
    gates = [{"processors": [{"OPTIONS": {"whitelist": names}}]} for names in ({"other"}, ["other"])]
    options: dict[str, Any] = {**gates[0], "backends": {"xapi": {"OPTIONS": gates[1]}}}
    settings: dict[str, Any] = {
        "INSTALLED_APPS": [],
        "EVENT_BUS_TRACKING_LOGS": {"other"},
        "EVENT_TRACKING_BACKENDS": {"event_transformer": {"OPTIONS": options}},
    }
    exec(_patch("boiduong_aspects.py"), settings)
    for gate in gates:
        assert set(gate["processors"][0]["OPTIONS"]["whitelist"]) == {"other", NAME}
    assert settings["EVENT_BUS_TRACKING_LOGS"] == {"other", NAME}
    assert settings["INSTALLED_APPS"] == ["boiduong_xapi.apps.BoiduongXapi"]


def test_the_plugin_of_the_days_names_what_the_block_reads() -> None:
    settings: dict[str, Any] = {"XBLOCK_SETTINGS": {}}
    exec(_patch("boiduong.py"), settings)
    (key,) = settings["XBLOCK_SETTINGS"]
    (block,) = (entry.load() for entry in entry_points(group="xblock.v1") if entry.name == "boiduong_days")
    assert block.block_settings_key == key
    assert set(settings["XBLOCK_SETTINGS"][key]) == {"server", "token"}


def _patch(file: str) -> str:
    """The settings that a plugin of the guide adds."""
    added: list[tuple[str, str]] = []
    hooks = f"class hooks:\n class Filters:\n  class ENV_PATCHES:\n   add_item = added.append\n{code(file)}"
    exec(hooks.replace("from tutor import hooks\n", ""), {"added": added})
    ((place, text),) = added
    assert place == "openedx-lms-common-settings"
    return text


def test_all_python_of_the_guide_compiles() -> None:
    for file in re.findall(r"^```python\n# (\S+)$", GUIDE, re.MULTILINE):
        compile(code(file), file, "exec")
    assert "studied" in names_of("hoc.py")
