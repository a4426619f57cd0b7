"""All documents of a folder held against one another: who overlaps whom, and what a local one may say."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.rules import Group, RuleSet
from boiduong_exporter.faults import Code, fault


def held_together(found: Mapping[Path, RuleSet]) -> Iterator[Problem]:
    """Central regulations must not overlap; a local document may only tighten the one it implements."""
    yield from _overlaps(found)
    numbers = {each.number: each for each in found.values()}
    for path, document in found.items():
        if numbers[document.number] is not document:
            hint = "mỗi văn bản một tệp; sửa number, hoặc bỏ một tệp"
            yield _bad(path, f"hai tệp cùng số văn bản {document.number}", hint)
            continue
        above, problems = _above(path, document, numbers)
        yield from problems
        if not problems:
            yield from _against(path, document, above)


def _overlaps(found: Mapping[Path, RuleSet]) -> Iterator[Problem]:
    central = sorted((each for each in found.values() if each.is_central), key=lambda each: each.in_force)
    for former, latter in pairwise(central):
        if former.ends is None or former.ends >= latter.in_force:
            path = next(path for path, each in found.items() if each is former)
            message = f"{former.number} và {latter.number} cùng có hiệu lực từ {show_date(latter.in_force)}"
            hint = f"ghi ends trước ngày {latter.number} có hiệu lực"
            yield fault(Code.RULES_OVERLAP, Place(str(path)), message, hint)


def _above(path: Path, document: RuleSet, numbers: Mapping[str, RuleSet]) -> tuple[list[RuleSet], list[Problem]]:
    """The documents that a local one implements, up to the central one; or what is wrong on the way."""
    chain, current = [document], document
    while not current.is_central:
        parent = numbers.get(current.implements)
        if parent is None or parent in chain:
            message = f"{current.number} thi hành «{current.implements}», trong thư mục không có văn bản ấy ở trên"
            return [], [_bad(path, message, "ghi implements đúng số văn bản của một tệp khác")]
        chain.append(parent)
        current = parent
    return chain[1:], []


def _against(path: Path, document: RuleSet, above: list[RuleSet]) -> Iterator[Problem]:
    """A document held against all those above it."""
    if above:
        yield from _implements(path, document, above[0])
    for parent in above:
        hint = f"văn bản địa phương chỉ có thể chặt hơn {parent.number}"
        yield from (fault(Code.LOOSER_RULE, Place(str(path)), said, hint) for said in _loosened(document, parent))
    for said in (*_impossible(document, above), *_unknown_groups(document, above)):
        yield _bad(path, said, "sửa tệp này theo đúng văn bản")


def _bad(path: Path, message: str, hint: str) -> Problem:
    return fault(Code.BAD_RULES, Place(str(path)), message, hint)


# What a local document may say ----------------------------------------------------------------------------------------


def _implements(path: Path, document: RuleSet, parent: RuleSet) -> Iterator[Problem]:
    if not parent.holds(document.in_force):
        message = f"in_force {show_date(document.in_force)}: ngày ấy {parent.number} không có hiệu lực"
        yield _bad(path, message, "sửa in_force, hoặc ghi implements đúng văn bản đang có hiệu lực ngày ấy")
    if parent.scheme != document.scheme:
        message = f"scheme «{document.scheme}» khác với «{parent.scheme}» của {parent.number}"
        yield _bad(path, message, f'ghi scheme = "{parent.scheme}"')
    for group in document.groups:
        if group.managed_by:
            message = f"[[group]] {group.id}: managed_by chỉ văn bản trung ương mới quy định"
            yield _bad(path, message, "bỏ managed_by; văn bản địa phương lấy theo văn bản mà nó thi hành")


def _loosened(document: RuleSet, parent: RuleSet) -> Iterator[str]:
    for group in document.groups:
        yield from _looser_group(group, parent)
    yield from _looser_form(document, parent)
    yield from _looser_kinds(document, parent)


def _looser_group(group: Group, parent: RuleSet) -> Iterator[str]:
    above = parent.group(group.id)
    if above is None:
        if parent.is_central:
            yield f"{parent.number} không có nhóm «{group.id}»"
        return
    for what in ("minimum_days", "minimum_in_person_days"):
        least, asked = getattr(above, what), getattr(group, what)
        if least is not None and asked is not None and asked < least:
            yield f"{group.label}: {what} {asked} ngày, ít hơn {least} ngày"


def _looser_form(document: RuleSet, parent: RuleSet) -> Iterator[str]:
    if document.form and parent.form:
        for form in sorted(document.form.allowed - parent.form.allowed):
            yield f"hình thức «{form.label}» {parent.number} không nhận"


def _looser_kinds(document: RuleSet, parent: RuleSet) -> Iterator[str]:
    """What is not covered above is not covered; an excluded kind is not left to a decision further down either."""
    fixed = {each.id: each.may_be_decided for each in parent.excluded}
    covered = {each.id for each in parent.covered}
    for kind in document.covered:
        if kind.id in fixed:
            yield f"«{kind.label}» bị {parent.number} loại trừ"
        elif kind.id not in covered and (covered or parent.is_central):
            yield f"«{kind.label}» không thuộc loại mà {parent.number} tính ([[covered]])"
    for kind in document.excluded:
        if kind.may_be_decided and fixed.get(kind.id) is False:
            yield f"«{kind.label}» bị {parent.number} loại trừ, không để quyết định khác (may_be_decided)"


# What no document can say ---------------------------------------------------------------------------------------------


def _impossible(document: RuleSet, above: list[RuleSet]) -> Iterator[str]:
    """More days in person than there are days, by the strictest of the documents."""
    for group in document.groups:
        each = [same for parent in (document, *above) if (same := parent.group(group.id))]
        days = max((same.minimum_days for same in each if same.minimum_days is not None), default=None)
        asked = group.minimum_in_person_days
        if asked is not None and days is not None and asked > days:
            yield f"[[group]] {group.id}: minimum_in_person_days {asked} ngày, nhiều hơn minimum_days {days} ngày"


def _unknown_groups(document: RuleSet, above: list[RuleSet]) -> Iterator[str]:
    known = {group.id for each in (document, *above) for group in each.groups}
    for each in document.authority:
        for group in each.groups:
            if group not in known:
                yield f"[[authority]] {each.duty}: không có nhóm «{group}»"
