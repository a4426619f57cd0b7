"""The officer's guides keep their word: their commands are ones the program takes, their rules load, and every command
is named."""

import re
import shlex
from importlib.metadata import distribution
from pathlib import Path

import pytest
from boiduong_exporter.rulebook.read import read_rules
from boiduong_vocabulary.command import GROUP, Command, Parser

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/so-boi-duong.md").read_text("utf-8")
RULES = (ROOT / "docs/quy-dinh.md").read_text("utf-8")
SHIPPED = ROOT / "content/rules"
WALK = (ROOT / "docs/can-bo-to-chuc.md").read_text("utf-8")
COMMANDS = re.findall(r"^boiduong .+$", GUIDE + RULES + WALK, re.MULTILINE)
OFFICERS = [entry for entry in distribution("boiduong").entry_points.select(group=GROUP) if "exporter" in entry.value]


def parser(name: str) -> Parser:
    command: Command = distribution("boiduong").entry_points.select(group=GROUP)[name].load()
    made = Parser(f"boiduong {name}", command.summary)
    command.configure(made)
    return made


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_one_that_the_program_takes(line: str) -> None:
    _, name, *words = shlex.split(line)
    parser(name).parse_args(words)


@pytest.mark.parametrize("entry", OFFICERS, ids=lambda entry: entry.name)
def test_every_command_of_the_officer_is_shown(entry: object) -> None:
    assert any(line.split()[1] == entry.name for line in COMMANDS)  # type: ignore[attr-defined]


def test_every_action_of_a_command_is_shown() -> None:
    from boiduong_exporter.command import decide, ledger, person  # noqa: PLC0415

    shown = {tuple(line.split()[1:3]) for line in COMMANDS}
    actions = {"ledger": ledger.ACTIONS, "person": person.ACTIONS, "decide": decide.ABOUT_PEOPLE | decide.ABOUT_CLASSES}
    assert {(name, action) for name, known in actions.items() for action in known} <= shown


def test_the_provinces_example_of_the_rules_guide_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", RULES, re.DOTALL)
    for path in SHIPPED.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "10-qd-tu.toml").write_text(example, "utf-8")
    rules, problems = read_rules(tmp_path)
    assert rules, problems
    assert "10-QĐ/TU" in {document.number for document in rules.rulebook.rulesets}


def test_every_shipped_file_of_rules_is_described() -> None:
    assert {path.name for path in SHIPPED.iterdir()} == set(re.findall(r"^\| `([\w.-]+)`", RULES, re.MULTILINE))
