"""The sentences of a review, all of them from its figures. None says more than the figures do: causes, judgement and
proposals are for the office to write."""

from collections.abc import Iterator, Sequence

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.rules import RuleSet
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.figures import Basis, PlanRow, ProvinceReport, UnitSummary
from boiduong_exporter.reports.legal import quotations
from boiduong_exporter.reports.printed import count, share
from boiduong_exporter.reports.province_words import PLAN, RATE

_REGIME = "chế độ bồi dưỡng, cập nhật kiến thức, kỹ năng đối với cán bộ lãnh đạo, quản lý"
_OUTSIDE = (
    (Standing.EXEMPT, "được miễn theo văn bản"),
    (Standing.OUTSIDE, "không thuộc đối tượng phải bồi dưỡng"),
    (Standing.UNDETERMINED, "chưa xác định được số ngày tối thiểu"),
)
_BEHIND = (
    (Standing.SHORT, "còn thiếu ngày và còn thời gian trong nhiệm kỳ để dự tiếp"),
    (Standing.AT_RISK, "có khả năng chưa đủ khi hết nhiệm kỳ"),
    (Standing.WAITING, "chờ quyết định về các buổi đã dự"),
    (Standing.MISSED, "đã hết nhiệm kỳ mà chưa đủ số ngày"),
)


def central(basis: Basis) -> RuleSet | None:
    """The central regulation that is in force on the day."""
    return next((each for each in basis.documents if each.is_central and each.holds(basis.as_of)), None)


def regulation(basis: Basis) -> str:
    """ "Quy định số 145-QĐ/TW", or the regime where no regulation is in force."""
    rules = central(basis)
    return f"Quy định số {rules.number}" if rules else _REGIME


def subject(basis: Basis) -> str:
    """What the review is about, as it stands under its type."""
    rules = central(basis)
    if rules is None:
        return f"Sơ kết việc thực hiện {_REGIME}"
    return (
        f"Sơ kết việc thực hiện Quy định số {rules.number} ngày {show_date(rules.issued)} của {rules.issuer} về "
        f"{rules.title}"
    )


def of_people(report: ProvinceReport) -> Iterator[str]:
    """Who there is, who of them owes days, and how many days."""
    whole, basis = report.whole, report.basis
    day = show_date(basis.as_of)
    if not whole.people:
        yield f"Đến ngày {day}, sổ theo dõi bồi dưỡng chưa có cán bộ nào giữ chức vụ ở {report.issuer.name}."
    else:
        yield (
            f"Đến ngày {day}, {report.issuer.name} có {count(whole.people)} cán bộ trong sổ theo dõi bồi dưỡng, mỗi "
            f"người đếm một lần. {_owing(whole)} Số liệu xếp {basis.organizations}."
        )
    owing = [each for each in whole.terms if each.owing]
    if len(owing) > 1:
        terms = "; ".join(
            f"nhiệm kỳ {each.name} (đến {show_date(each.ends)}): {count(each.owing)} người" for each in owing
        )
        yield (f"Mỗi người được xét theo nhiệm kỳ của mình. Trong {count(whole.owing)} người phải bồi dưỡng: {terms}.")
    yield from _minimums(basis)


def _owing(whole: UnitSummary) -> str:
    if whole.owing == whole.people:
        return "Tất cả đều phải bồi dưỡng và đã xác định được số ngày tối thiểu."
    rest = _counted(whole, _OUTSIDE)
    if not whole.owing:
        return f"Chưa có ai phải bồi dưỡng mà xác định được số ngày tối thiểu: {rest}."
    owing = f"Trong đó {count(whole.owing)} người phải bồi dưỡng và đã xác định được số ngày tối thiểu"
    return f"{owing}; số còn lại gồm {rest}."


def _counted(whole: UnitSummary, words: tuple[tuple[Standing, str], ...]) -> str:
    counts = dict(whole.standings)
    return "; ".join(f"{count(counts[each])} người {said}" for each, said in words if counts.get(each))


def _minimums(basis: Basis) -> Iterator[str]:
    """How many days each document in force wants of each group; a document's quotations begin with its groups."""
    for rules in basis.documents:
        if rules.groups and rules.holds(basis.as_of):
            groups = (said for _, (said, _) in zip(rules.groups, quotations(rules), strict=False))
            yield f"Số ngày phải bồi dưỡng theo văn bản số {rules.number}: {'; '.join(groups)}."


def of_results(report: ProvinceReport) -> Iterator[str]:
    """How many have enough, of how many, and how the others stand."""
    whole = report.whole
    if not whole.owing:
        yield "Chưa có ai phải bồi dưỡng mà xác định được số ngày, nên chưa tính tỷ lệ."
        return
    yield (
        f"Có {count(whole.enough)} trên {count(whole.owing)} người phải bồi dưỡng đã đủ số ngày tối thiểu, "
        f"bằng {share(whole.rate)} (tử số là người đủ số ngày; mẫu số là người phải bồi dưỡng và đã xác định được "
        f"số ngày). {RATE}"
    )
    if behind := _counted(whole, _BEHIND):
        yield f"Số người chưa đủ gồm: {behind}."


def of_classes(report: ProvinceReport) -> Iterator[str]:
    """Classes, attendances and people: three counts that are not one another."""
    deeds, whole, day = report.deeds, report.whole, show_date(report.basis.as_of)
    if not deeds.years:
        yield f"Đến ngày {day}, sổ chưa ghi lớp nào có người của đơn vị dự."
        return
    classes = sum(row.classes for row in deeds.years)
    attendances = sum(row.attendances for row in deeds.years)
    yield (
        f"Tính mọi năm đến hết ngày {day}, những người đã từng giữ chức vụ ở đơn vị dự {count(classes)} lớp với "
        f"{count(attendances)} lượt, gồm {count(deeds.people)} người, mỗi người đếm một lần. Một người dự một lớp là "
        "một lượt, nên số lượt không phải là số người."
    )
    if whole.attendances:
        yield (
            f"Riêng những người đang giữ chức vụ, trong nhiệm kỳ của mình: {count(whole.attendances)} lượt, ở "
            f"{count(whole.events)} lớp."
        )


def of_plan(report: ProvinceReport) -> Iterator[str]:
    """The approved plan beside what was done, then the other lines; people in several classes cannot be added up."""
    plan, approved = report.deeds.plan, report.deeds.approved
    if not plan:
        return
    others = [row for row in plan if not row.approved]
    told = [_approved(approved) if approved else "Kế hoạch chưa có dòng nào được duyệt."]
    if others:
        planned, done = _classes(others)
        states = f"{len(others)} dòng chưa duyệt hoặc đã chuyển sang kế hoạch khác"
        told.append(f"Ngoài ra có {states}, {planned} lớp; đã mở {done} lớp.")
    yield f"{' '.join(told)} Một người có thể dự nhiều lớp, nên không cộng cột «Người đã dự»."
    yield PLAN


def _approved(plan: Sequence[PlanRow]) -> str:
    planned, done = _classes(plan)
    people = count(sum(row.planned_people for row in plan))
    return f"Kế hoạch đã duyệt có {planned} lớp, {people} người dự kiến, cộng theo dòng; đã mở {done} lớp."


def _classes(plan: Sequence[PlanRow]) -> tuple[str, str]:
    """Planned, and held."""
    return count(sum(row.planned_classes for row in plan)), count(sum(row.done_classes for row in plan))


def of_trend(report: ProvinceReport) -> Iterator[str]:
    if report.trend:
        yield "Diễn biến ở cuối các quý của nhiệm kỳ, tính những người giữ chức vụ khi ấy:"
