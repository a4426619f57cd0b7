"""What the last build complained of, in full: each with its place, code and hint."""

from boiduong_vocabulary.problem import Problem, Severity

from boiduong_packager.page.markup import E, Markup
from boiduong_packager.preview.shelf import Shelf


def problem_list(shelf: Shelf) -> Markup:
    """Errors first; empty when there is nothing to tell."""
    if not shelf.problems and not shelf.trouble:
        return Markup("")
    ordered = sorted(shelf.problems, key=lambda problem: problem.severity is not Severity.ERROR)
    return E(
        "section",
        E("h2", _headline(shelf)),
        E("p", shelf.trouble) if shelf.trouble else "",
        E("p", _what_is_shown(shelf)) if shelf.failed else "",
        E("ol", *map(_problem, ordered)) if ordered else "",
        class_="problems failed" if shelf.failed else "problems",
        aria_label="Lỗi và cảnh báo",
    )


def counts(shelf: Shelf) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in shelf.problems)
    return f"{errors} lỗi, {len(shelf.problems) - errors} cảnh báo"


def _headline(shelf: Shelf) -> str:
    if shelf.trouble or shelf.failed:
        return f"Chưa dựng được: {counts(shelf)}"
    return f"Đã dựng, có {counts(shelf)}"


def _what_is_shown(shelf: Shelf) -> str:
    if shelf.catalog is None:
        return "Sửa xong và lưu lại, trang này tự dựng lại."
    return "Các gói bên dưới là bản dựng được gần nhất. Sửa xong và lưu lại, trang này tự dựng lại."


def _problem(problem: Problem) -> Markup:
    return E(
        "li",
        E("p", E("code", str(problem.place)), " ", E("b", f"{problem.severity} {problem.code}"), class_="place"),
        E("p", problem.message),
        E("p", f"→ {problem.hint}", class_="hint") if problem.hint else "",
        class_="error" if problem.severity is Severity.ERROR else "warning",
    )
