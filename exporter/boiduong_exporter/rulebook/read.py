"""The rulebook of a folder: all its documents, held against one another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.problem import Place, Problem

from boiduong_exporter.credit.rules import Rulebook, RuleSet
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.rulebook import kinds as register
from boiduong_exporter.rulebook import layout, readings
from boiduong_exporter.rulebook.documents import read_document
from boiduong_exporter.rulebook.together import held_together

WORKING_COPY = Path("content/rules")


@dataclass(frozen=True)
class Rules:
    """What a folder of rules gives: the rulebook that credit is counted by, and the words that readers take."""

    rulebook: Rulebook
    kinds: register.Kinds


def rules_folder(given: Path | None) -> Path:
    """The folder asked for, the working copy, or the copy that came with the program."""
    if given is not None:
        return given
    if WORKING_COPY.is_dir():
        return WORKING_COPY
    shipped = Path(str(files("boiduong_exporter") / "rules"))
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / WORKING_COPY


def read_rules(folder: Path) -> tuple[Rules | None, list[Problem]]:
    """The rules in `folder`; None with the Problems when anything in it does not hold."""
    paths = sorted(path for path in folder.glob("*.toml") if path.name != layout.FILE)
    named = {path.name: path for path in paths}
    missing = [_missing(folder, name) for name in (register.FILE, readings.FILE) if name not in named]
    if missing:
        return None, missing
    kinds, problems = register.read_kinds(named.pop(register.FILE))
    read, more = readings.read_readings(named.pop(readings.FILE))
    problems += more
    if kinds is None or read is None:
        return None, problems
    found: dict[Path, RuleSet] = {}
    for path in named.values():
        document, more = read_document(path, kinds)
        problems += more
        if document:
            found[path] = document
    problems = problems or [*held_together(found)]
    if problems:
        return None, problems
    version = digest(b"".join(path.name.encode() + path.read_bytes() for path in paths))[:8]
    kinds = replace(kinds, schemes=_schemes(found.values()))
    return Rules(Rulebook(tuple(found.values()), *read, kinds.classes.labels, version), kinds), []


def _schemes(documents: Iterable[RuleSet]) -> tuple[str, ...]:
    """Those of the central regulations, the latest first."""
    central = sorted((each for each in documents if each.is_central), key=lambda each: each.in_force, reverse=True)
    return tuple(dict.fromkeys(each.scheme for each in central))


def _missing(folder: Path, name: str) -> Problem:
    hint = "chỉ đúng thư mục bằng --rules, hoặc chép tệp này từ content/rules"
    return fault(Code.BAD_RULES, Place(str(folder / name)), "không tìm thấy tệp quy tắc này", hint)
