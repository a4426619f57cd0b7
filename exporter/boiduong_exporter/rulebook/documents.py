"""Rule documents: one TOML file each, every figure with the words it rests on. A figure without them is refused."""

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc
from msgspec import Struct, ValidationError, convert

from boiduong_exporter.credit.rules import (
    Authority,
    Citation,
    Form,
    FormRule,
    Group,
    Kind,
    Printed,
    Reporting,
    RuleSet,
    Status,
)
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.rulebook.kinds import Kinds
from boiduong_exporter.rulebook.unreadable import unreadable

DUTIES = ("plans", "orients", "appraises", "organises", "supervises")
_SHORT = 8
"""How many characters of a digest tell one version from another on paper."""


class _Said(Struct, forbid_unknown_fields=True, kw_only=True):
    """What every table with a figure has; `source` may stand once for the whole document."""

    quote: str = ""
    source: str = ""
    clause: str = ""
    status: Status = Status.TEXT
    basis: str = ""


class _Group(_Said, kw_only=True):
    id: str
    label: str = ""
    managed_by: tuple[str, ...] = ()
    minimum_days: str | None = None
    minimum_in_person_days: str | None = None
    decided_by: str = ""
    definition: str = ""


class _Form(_Said, kw_only=True):
    allowed: tuple[Form, ...]


class _Kind(_Said, kw_only=True):
    kind: str
    may_be_decided: bool = False


class _Printed(_Said, kw_only=True):
    about: str


class _Authority(_Said, kw_only=True):
    duty: str
    body: str
    groups: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    starts: datetime.date | None = None
    ends: datetime.date | None = None


class _Reporting(_Said, kw_only=True):
    to: str
    due: str


class _Document(Struct, forbid_unknown_fields=True):
    """The file."""

    number: str
    issuer: str
    title: str
    date: datetime.date
    in_force: datetime.date
    scheme: str
    scope: tuple[str, ...]
    implements: str
    source: str = ""
    ends: datetime.date | None = None
    after: str = ""
    group: tuple[_Group, ...] = ()
    form: _Form | None = None
    covered: tuple[_Kind, ...] = ()
    excluded: tuple[_Kind, ...] = ()
    printed: tuple[_Printed, ...] = ()
    authority: tuple[_Authority, ...] = ()
    reporting: tuple[_Reporting, ...] = ()


def read_document(path: Path, kinds: Kinds) -> tuple[RuleSet | None, list[Problem]]:
    """The rules in `path`; `kinds` is the register of the words that they may use."""
    data = path.read_bytes()
    try:
        document = convert(tomllib.loads(nfc(data.decode("utf-8"))), _Document)
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        return None, [unreadable(path, str(error))]
    labels = kinds.classes.labels
    problems = [*_unfounded(document, path), *_bad_figures(document, path), *_unknown_kinds(document, labels, path)]
    problems += [fault(Code.BAD_RULES, Place(str(path)), *said) for said in _unsound(document, kinds)]
    return (None if problems else _ruleset(document, labels, digest(data)[:_SHORT])), problems


def _said(document: _Document) -> Iterator[tuple[str, _Said]]:
    """Everything that rests on words, with the name a person finds it by."""
    yield from ((f"[[group]] {each.id}", each) for each in document.group)
    if document.form:
        yield "[form]", document.form
    for table in ("covered", "excluded"):
        yield from ((f"[[{table}]] {each.kind}", each) for each in getattr(document, table))
    yield from ((f"[[printed]] {each.about}", each) for each in document.printed)
    yield from ((f"[[authority]] {each.duty}", each) for each in document.authority)
    yield from ((f"[[reporting]] {each.to}", each) for each in document.reporting)


def _unfounded(document: _Document, path: Path) -> Iterator[Problem]:
    for name, said in _said(document):
        missing = [
            key
            for key, value in (("quote", said.quote), ("source", said.source.strip() or document.source))
            if not value.strip()
        ]
        if said.status is not Status.TEXT and not said.basis.strip():
            missing.append("basis")
        if missing:
            message = f"{name} thiếu {', '.join(missing)}"
            hint = "chép đúng từng chữ câu làm căn cứ vào quote, nơi đã đọc vào source; cách hiểu thì ghi basis"
            yield fault(Code.UNFOUNDED_RULE, Place(str(path)), message, hint)


def _bad_figures(document: _Document, path: Path) -> Iterator[Problem]:
    for group in document.group:
        for key in ("minimum_days", "minimum_in_person_days"):
            value = getattr(group, key)
            if value is None:
                continue
            if not re.fullmatch(r"\d+(/[1-9]\d*)?", value):
                message = f"[[group]] {group.id}: {key} = «{value}» không phải số ngày"
                yield fault(Code.BAD_RULES, Place(str(path)), message, 'viết số ngày trong ngoặc kép: "7", hoặc "15/2"')
            elif Fraction(value) not in _numbers(group.quote):
                message = f"[[group]] {group.id}: {key} = «{value}», câu trích (quote) không có số ấy"
                hint = "chép đúng câu có con số vào quote, hoặc sửa con số theo câu ấy"
                yield fault(Code.UNFOUNDED_RULE, Place(str(path)), message, hint)
    if document.ends and document.ends < document.in_force:
        yield fault(Code.BAD_RULES, Place(str(path)), "ends trước in_force", "sửa ngày có hiệu lực hoặc hết hiệu lực")


def _numbers(quote: str) -> set[Fraction]:
    """The numbers in the words: 7, 6,5 or 13/2."""
    found = re.findall(r"\d+(?:,\d+|/[1-9]\d*)?", quote)
    return {Fraction(each.replace(",", ".")) for each in found}


def _unsound(document: _Document, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """What contradicts itself or uses a word that nobody knows: what, and what to do."""
    for id_, count in Counter(group.id for group in document.group).items():
        if count > 1:
            yield f"{count} mục [[group]] cùng id «{id_}»", "mỗi nhóm một mục [[group]]"
    if document.form and Form.IN_PERSON not in document.form.allowed:
        yield "[form]: allowed phải có hình thức trực tiếp", 'viết allowed = ["in_person"], hoặc thêm "blended"'
    for each in document.authority:
        if each.duty not in DUTIES:
            hint = did_you_mean(each.duty, DUTIES) or "dùng một trong: " + ", ".join(DUTIES)
            yield f"[[authority]]: không hiểu duty «{each.duty}»", hint
        for level in each.levels:
            if level not in kinds.levels.labels:
                hint = "thêm [[level]] vào danh-muc.toml, hoặc dùng mã đã có: " + ", ".join(kinds.levels.labels)
                yield f"[[authority]] {each.duty}: không có cấp «{level}»", hint


def _unknown_kinds(document: _Document, kinds: dict[str, str], path: Path) -> Iterator[Problem]:
    for kind in (*document.covered, *document.excluded):
        if kind.kind not in kinds:
            hint = "thêm [[class_kind]] vào danh-muc.toml, hoặc dùng mã đã có: " + ", ".join(kinds)
            yield fault(Code.BAD_RULES, Place(str(path)), f"loại lớp «{kind.kind}» không có trong danh mục", hint)


def _ruleset(document: _Document, kinds: dict[str, str], version: str) -> RuleSet:
    def citation(said: _Said) -> Citation:
        source = said.source or document.source
        return Citation(document.number, said.quote, source, said.clause, said.status, said.basis)

    return RuleSet(
        document.number, document.issuer, document.title, document.date, document.in_force, document.ends,
        document.after, document.scheme, document.scope, document.implements, document.source,
        tuple(_group(each, citation(each)) for each in document.group),
        FormRule(frozenset(document.form.allowed), citation(document.form)) if document.form else None,
        tuple(Kind(each.kind, kinds[each.kind], citation(each), each.may_be_decided) for each in document.covered),
        tuple(Kind(each.kind, kinds[each.kind], citation(each), each.may_be_decided) for each in document.excluded),
        tuple(Printed(each.about, citation(each)) for each in document.printed),
        tuple(
            Authority(each.duty, each.body, each.groups, each.levels, each.starts, each.ends, citation(each))
            for each in document.authority
        ),
        tuple(Reporting(each.to, each.due, citation(each)) for each in document.reporting),
        version,
    )  # fmt: skip


def _group(group: _Group, citation: Citation) -> Group:
    return Group(
        group.id, group.label or f"Nhóm {group.id}", frozenset(group.managed_by), _days(group.minimum_days),
        _days(group.minimum_in_person_days), group.decided_by, group.definition, citation,
    )  # fmt: skip


def _days(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)
