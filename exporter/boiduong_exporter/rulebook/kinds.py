"""The register of kinds (danh-muc.toml): levels, kinds of organization, kinds of class, as spreadsheets write them."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import nfc
from msgspec import Struct, ValidationError, convert

from boiduong_exporter.rulebook.unreadable import unreadable

FILE = "danh-muc.toml"


class _Entry(Struct, forbid_unknown_fields=True):
    id: str
    label: str
    aliases: tuple[str, ...] = ()
    authority: str = ""
    form: Literal["party", "state"] = "state"


class _Register(Struct, forbid_unknown_fields=True):
    level: tuple[_Entry, ...]
    organization_kind: tuple[_Entry, ...]
    class_kind: tuple[_Entry, ...]


@dataclass(frozen=True)
class Words:
    """The words of one column: from each label or alias to its id; `labels` the other way, labels only."""

    ids: dict[str, str]
    labels: dict[str, str]


@dataclass(frozen=True)
class Kinds:
    levels: Words
    organizations: Words
    classes: Words
    authority_kinds: dict[str, str]
    forms: dict[str, str] = field(default_factory=dict)
    """From an organization's kind to the form of its papers: the Party's or the State's ("party", "state")."""
    schemes: tuple[str, ...] = ()
    """By which regulations a class may be counted, the latest first; the documents say them."""


def read_kinds(path: Path) -> tuple[Kinds | None, list[Problem]]:
    try:
        register = convert(tomllib.loads(nfc(path.read_bytes().decode("utf-8"))), _Register)
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        return None, [unreadable(path, str(error))]
    authority = {entry.id: entry.authority for entry in register.organization_kind}
    forms: dict[str, str] = {entry.id: entry.form for entry in register.organization_kind}
    levels, organizations, classes = map(_words, (register.level, register.organization_kind, register.class_kind))
    return Kinds(levels, organizations, classes, authority, forms), []


def _words(entries: tuple[_Entry, ...]) -> Words:
    ids = {word: entry.id for entry in entries for word in (entry.label, *entry.aliases)}
    return Words(ids, {entry.id: entry.label for entry in entries})
