"""The words a report rests on: every figure of a document with its quotation, and how to redo the sums."""

from collections.abc import Iterable, Iterator, Mapping

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.rules import Authority, Citation, Group, RuleSet, Status
from boiduong_exporter.credit.telling import DUTIES, in_order, verify_command
from boiduong_exporter.credit.words import days
from boiduong_exporter.reports.figures import Basis

QUOTED = "Trích theo nguồn đã đọc"
"""Over the quotations: some sources are the document itself, others tell of it."""
SOURCE_SAYS = "nguồn nói rõ, chưa đối chiếu văn bản gốc"
CONVERSION = "Tiết, phút và ngày"
"""Over the sentence that begins «Cách quy đổi»."""


def origin(basis: Basis) -> tuple[tuple[str, str], ...]:
    """Where the figures come from."""
    return (
        ("Mã của sổ theo dõi bồi dưỡng", basis.head),
        ("Mã đối chiếu (cuối mỗi trang)", basis.mark),
        ("Đơn vị, tổ chức", basis.organizations),
        ("Bản quy tắc tính", basis.rulebook_version),
        ("Phần mềm", f"boiduong, {basis.program}"),
    )


def recompute(head: str) -> tuple[tuple[str, str], ...]:
    """What redoes a report, and the command for it."""
    return (
        ("Kiểm tra sổ còn nguyên vẹn đến mã ở trên", verify_command(head)),
        ("In cả phép tính của một người để tính lại bằng tay (thay MÃ bằng mã cán bộ)", "boiduong explain MÃ"),
    )


def quotations(rules: RuleSet) -> Iterator[tuple[str, Citation]]:
    """What the document says, point by point, each with its words."""
    for group in rules.groups:
        yield _of_group(group), group.citation
    if rules.form:
        yield "Hình thức: " + "; ".join(sorted(form.label for form in rules.form.allowed)), rules.form.citation
    for kind in rules.covered:
        yield f"Thuộc chế độ: {kind.label}", kind.citation
    for kind in rules.excluded:
        yield f"Không thuộc chế độ: {kind.label}", kind.citation
    for printed in rules.printed:
        yield printed.about, printed.citation


def duties(rules: RuleSet, levels: Mapping[str, str]) -> Iterator[tuple[str, Citation]]:
    """Who does what, for which groups and levels, and when that is limited; `levels` are their labels."""
    for each in in_order(rules.authority):
        whom = listed(filter(None, (_groups(rules, each), _levels(each, levels), _during(each))))
        yield f"{DUTIES.get(each.duty, each.duty)}{f' ({whom})' if whom else ''}: {each.body}", each.citation


def parts(rules: RuleSet, levels: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, Citation]]]]:
    """All that the document says, by parts; the first has no title."""
    yield "", [*quotations(rules)]
    yield "Ai làm gì", [*duties(rules, levels)]
    yield "Báo cáo", [*reports_due(rules)]


def _groups(rules: RuleSet, duty: Authority) -> str:
    return ", ".join(found.label if (found := rules.group(each)) else f"Nhóm {each}" for each in duty.groups)


def _levels(duty: Authority, levels: Mapping[str, str]) -> str:
    names = ", ".join(levels.get(each, each) for each in duty.levels)
    return f"cấp: {names}" if names else ""


def _during(duty: Authority) -> str:
    since = f"từ {show_date(duty.starts)} " if duty.starts else ""
    return f"{since}đến {show_date(duty.ends)}" if duty.ends else since.rstrip()


def reports_due(rules: RuleSet) -> Iterator[tuple[str, Citation]]:
    for each in rules.reporting:
        yield f"Gửi báo cáo: {each.to}, {each.due}", each.citation


def _of_group(group: Group) -> str:
    if group.minimum_days is None:
        return f"{group.label}: do {group.decided_by} quyết định"
    least = f"{group.label}: ít nhất {days(group.minimum_days)}/nhiệm kỳ"
    if group.minimum_in_person_days:
        least += f", trong đó ít nhất {days(group.minimum_in_person_days)} trực tiếp"
    return least


def standing_of(citation: Citation) -> str:
    """ "văn bản nói rõ" where the article itself was read, else that a source says so; or the reading and what it rests
    on."""
    if citation.status is Status.TEXT:
        return citation.status.label if citation.clause else SOURCE_SAYS
    return f"{citation.status.label}: {citation.basis}"


def force(rules: RuleSet) -> str:
    """Since when the document holds, until when, and what is known of it afterwards."""
    since = f"Có hiệu lực từ {show_date(rules.in_force)}"
    if rules.ends:
        since += f" đến {show_date(rules.ends)}"
    return f"{since}. {rules.after}".rstrip()


def reach(rules: RuleSet) -> str:
    """When and where the document holds."""
    return f"{force(rules)} Áp dụng: {listed(rules.scope) or 'mọi nơi'}."


def applied(rules: RuleSet) -> str:
    """When and where the document holds, and which version of its file of rules was read."""
    return f"{reach(rules)} Bản của tệp quy tắc: {rules.version}."


def named(rules: RuleSet) -> str:
    """ "145-QĐ/TW ngày 10/05/2024 của Bộ Chính trị: chế độ bồi dưỡng…"."""
    return f"{rules.number} ngày {show_date(rules.issued)} của {rules.issuer}: {rules.title}"


def listed(words: Iterable[str]) -> str:
    return "; ".join(words)
