"""The rulebook of a folder: all its documents, held against one another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.problem import Place, Problem

from boiduong_exporter.credit.rules import Rulebook, RuleSet
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.rulebook import attending, layout, readings
from boiduong_exporter.rulebook import kinds as register
from boiduong_exporter.rulebook.documents import read_document
from boiduong_exporter.rulebook.together import held_together

WORKING_COPY = Path("content/rules")


@dataclass(frozen=True)
class Rules:
    """What a folder of rules gives: the rulebook that credit is counted by, the words that readers take, the figures of
    attendance."""

    rulebook: Rulebook
    kinds: register.Kinds
    attending: attending.AttendingRules


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
    paths = sorted(path for path in folder.glob("*.toml") if path.name not in (layout.FILE, attending.FILE))
    named = {path.name: path for path in paths}
    asked = (register.FILE, readings.FILE, attending.FILE)
    if missing := [_missing(folder, name) for name in asked if not (folder / name).is_file()]:
        return None, missing
    kinds, problems = register.read_kinds(named.pop(register.FILE))
    read, more = readings.read_readings(named.pop(readings.FILE))
    figures, others = attending.read_attending(folder / attending.FILE)
    problems += [*more, *others]
    if kinds is None or read is None or figures is None:
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
    return Rules(Rulebook(tuple(found.values()), *read, kinds.classes.labels, version), kinds, figures), []


def _schemes(documents: Iterable[RuleSet]) -> tuple[str, ...]:
    """Those of the central regulations, the latest first."""
    central = sorted((each for each in documents if each.is_central), key=lambda each: each.in_force, reverse=True)
    return tuple(dict.fromkeys(each.scheme for each in central))


def _missing(folder: Path, name: str) -> Problem:
    hint = "chỉ đúng thư mục bằng --rules, hoặc chép tệp này từ content/rules"
    return fault(Code.BAD_RULES, Place(str(folder / name)), "không tìm thấy tệp quy tắc này", hint)
