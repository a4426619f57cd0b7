"""In what two folders of rules differ: documents, readings and kinds, point by point, in words."""

from collections.abc import Iterator, Mapping

from boiduong_exporter.credit.rules import Citation, RuleSet
from boiduong_exporter.credit.telling import ground
from boiduong_exporter.credit.words import days
from boiduong_exporter.reports.compare import Difference
from boiduong_exporter.reports.legal import duties, named, reach, reports_due, standing_of
from boiduong_exporter.rulebook.kinds import Kinds
from boiduong_exporter.rulebook.read import Rules

Point = tuple[str, str]
"""What a document says of something, and the words that it rests on."""


def differences(now: Rules, then: Rules) -> Iterator[Difference]:
    """Nothing where both folders say the same."""
    yield from _documents(now, then)
    yield from _readings(now, then)
    yield from _kinds(now.kinds, then.kinds)


def _documents(now: Rules, then: Rules) -> Iterator[Difference]:
    before, after = ({each.number: each for each in rules.rulebook.rulesets} for rules in (now, then))
    levels = now.kinds.levels.labels | then.kinds.levels.labels
    for number in {**before, **after}:
        one, other = before.get(number), after.get(number)
        yield from _points(number, _said(one, levels), _said(other, levels))


def _points(where: str, now: Mapping[str, Point], then: Mapping[str, Point]) -> Iterator[Difference]:
    """Where the figure is the same, its words may still differ."""
    for what in {**now, **then}:
        (one, quoted), (other, requoted) = now.get(what, ("", "")), then.get(what, ("", ""))
        if one != other:
            yield Difference(where, what, one, other)
        elif quoted != requoted:
            yield Difference(where, f"{what}: trích dẫn", quoted, requoted)


def _said(rules: RuleSet | None, levels: Mapping[str, str]) -> dict[str, Point]:
    if rules is None:
        return {}
    told = {
        "Văn bản": (named(rules), ""),
        "Hiệu lực": (reach(rules), ""),
        "Thi hành văn bản": (rules.implements, ""),
        "Theo quy định": (rules.scheme, ""),
        **dict(_groups(rules)),
        **dict(_kinds_of_class(rules)),
    }
    if rules.form:
        forms = "; ".join(sorted(form.label for form in rules.form.allowed))
        told["Hình thức"] = (forms, _words(rules.form.citation))
    told |= {each.about: (each.citation.quote, _words(each.citation)) for each in rules.printed}
    for about, citation in (*duties(rules, levels), *reports_due(rules)):
        told[about] = ("có", _words(citation))
    return told


def _groups(rules: RuleSet) -> Iterator[tuple[str, Point]]:
    for group in rules.groups:
        least = f"do {group.decided_by} quyết định" if group.minimum_days is None else days(group.minimum_days)
        yield f"{group.label}: số ngày tối thiểu", (least, _words(group.citation))
        if group.minimum_in_person_days is not None:
            yield f"{group.label}: số ngày trực tiếp tối thiểu", (days(group.minimum_in_person_days), "")
        yield f"{group.label}: gồm ai", (group.definition, "")
        yield f"{group.label}: loại cấp quản lý", (", ".join(sorted(group.managed_by)), "")


def _kinds_of_class(rules: RuleSet) -> Iterator[tuple[str, Point]]:
    for kind in rules.covered:
        yield f"Loại lớp «{kind.label}»", ("thuộc chế độ", _words(kind.citation))
    for kind in rules.excluded:
        unless = ", trừ khi có quyết định khác" if kind.may_be_decided else ""
        yield f"Loại lớp «{kind.label}»", (f"không thuộc chế độ{unless}", _words(kind.citation))


def _words(citation: Citation) -> str:
    return f"«{citation.quote}» ({citation.source}; {citation.where}; {standing_of(citation)})"


def _readings(now: Rules, then: Rules) -> Iterator[Difference]:
    before, after = ({each.key: each for each in rules.rulebook.readings.entries} for rules in (now, then))
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        title = next(each.title for each in (one, other) if each)
        yield from _points("Cách hiểu", *({title: (each.said, ground(each))} if each else {} for each in (one, other)))
    marks = [f"{rules.rulebook.readings.pass_score}" for rules in (now, then)]
    if marks[0] != marks[1]:
        yield Difference("Cách hiểu", "Điểm đạt, thang 10", *marks)


def _kinds(now: Kinds, then: Kinds) -> Iterator[Difference]:
    """The register's words: which kinds there are, and what managing bodies of a kind are called by the regulation."""
    for what, pair in (
        ("Các cấp, cao nhất trước", [", ".join(kinds.levels.labels.values()) for kinds in (now, then)]),
        ("Loại tổ chức", [", ".join(kinds.organizations.labels.values()) for kinds in (now, then)]),
        ("Loại lớp", [", ".join(kinds.classes.labels.values()) for kinds in (now, then)]),
    ):
        if pair[0] != pair[1]:
            yield Difference("Danh mục loại", what, *pair)
    for kind in {**now.authority_kinds, **then.authority_kinds}:
        one, other = now.authority_kinds.get(kind, ""), then.authority_kinds.get(kind, "")
        if one != other:
            label = (then.organizations.labels | now.organizations.labels)[kind]
            yield Difference("Danh mục loại", f"«{label}» là loại cấp quản lý", one, other)
