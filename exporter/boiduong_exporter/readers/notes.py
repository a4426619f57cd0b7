"""What is told of a table as a whole: columns that are missing, unknown or not to be read, and what was converted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.cell import letters, veiled
from boiduong_exporter.readers.fields import Field, Spec
from boiduong_exporter.readers.grid import Grid
from boiduong_exporter.readers.header import Column, Head, Header, is_identifier_column, is_number_column, near_field

_LISTED = 12


def header_problems(grid: Grid, header: Header) -> Iterator[Problem]:
    """Errors and warnings of the header."""
    near = _near(header)
    place = grid.place(header.top)
    missing = [field for field in header.missing if field.required]
    if missing:
        yield _missing(place, missing, {field.key: near.pop(field.key) for field in missing if field.key in near})
    for key, column in near.items():
        yield _near_header(place, next(field for field in header.missing if field.key == key), column)
    yield from _unread(place, grid, header, {column.index for column in near.values()})
    yield from _repeated(place, header)


def _near(header: Header) -> dict[str, Column]:
    """For each missing field the unread column that was probably meant to be it."""
    near: dict[str, Column] = {}
    for column in header.unread:
        if is_number_column(column) or is_identifier_column(column):
            continue
        field = near_field(column.title, header.missing)
        if field:
            near.setdefault(field.key, column)
    return near


def _missing(place: Place, missing: Sequence[Field], near: Mapping[str, Column]) -> Problem:
    labels = ", ".join(f"«{field.label}»" for field in missing)
    told = [
        f"cột {_named(near[field.key])}: có phải là cột «{field.label}»? Nếu phải, sửa tiêu đề cho đúng tên này"
        for field in missing
        if field.key in near
    ]
    lost = ", ".join(f"«{field.label}»" for field in missing if field.key not in near)
    told += [f"thêm cột {lost}, hoặc sửa dòng tiêu đề cho đúng tên này"] if lost else []
    return fault(Code.MISSING_COLUMN, place, f"bảng thiếu cột {labels}", "; ".join(told))


def _near_header(place: Place, field: Field, column: Column) -> Problem:
    hint = f"Có phải là cột «{field.label}»? Nếu phải, sửa tiêu đề cho đúng tên này"
    return fault(Code.NEAR_HEADER, place, f"cột {_named(column)} không được đọc", hint)


def _named(column: Column) -> str:
    return f"{letters(column.index)} «{veiled(column.title)}»"


def _unread(place: Place, grid: Grid, header: Header, told: set[int]) -> Iterator[Problem]:
    beside = {fold(title) for title in header.spec.beside}
    told |= {column.index for column in header.unread if fold(column.title) in beside}
    unread = [column for column in header.unread if not is_number_column(column) and column.index not in told]
    personal = [column for column in unread if is_identifier_column(column)]
    if personal:
        hint = "sổ không nhận số định danh, số thẻ Đảng; nên xóa cột này trước khi gửi tệp"
        yield fault(Code.IDENTIFIER_COLUMN, place, f"không đọc cột {_listed(map(_named, personal))}", hint)
    others = [_named(column) for column in unread if column not in personal]
    others += [f"{letters(column)} (không có tiêu đề)" for column in _untitled(grid, header)]
    if others:
        hint = "không cần làm gì nếu các cột này không thuộc mẫu; cần nhập thì sửa tiêu đề theo mẫu"
        yield fault(Code.UNKNOWN_COLUMN, place, f"không đọc cột {_listed(others)}", hint)


def _untitled(grid: Grid, header: Header) -> list[int]:
    titled = {column.index for column in header.columns}
    if grid.delimited:
        titled |= set(range(max(titled) + 1, 401))
    below = {column for number, cells in grid.rows.items() if number > header.bottom for column in cells}
    return sorted(below - titled)


def _listed(names: Iterator[str] | Sequence[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:_LISTED]) + (f" và {len(listed) - _LISTED} cột nữa" if len(listed) > _LISTED else "")


def _repeated(place: Place, header: Header) -> Iterator[Problem]:
    counted = Counter(header.open.values())
    for value, times in counted.items():
        if times > 1:
            columns = [letters(index) for index, found in header.open.items() if found == value]
            title = next(column.title for column in header.columns if header.open.get(column.index) == value)
            message = f"các cột {', '.join(columns)} cùng mang tiêu đề «{veiled(title)}»"
            yield fault(Code.REPEATED_COLUMN, place, message, "mỗi buổi chỉ một cột: sửa tiêu đề hoặc xóa cột thừa")


def converted_notes(grid: Grid) -> list[Problem]:
    if not grid.converted:
        return []
    typed, told = grid.converted[0]
    message = f"đã chuyển {len(grid.converted)} ô từ phông cũ sang Unicode, ví dụ «{veiled(typed)}» → «{veiled(told)}»"
    return [fault(Code.CONVERTED, grid.place(), message, "xem lại các ô này; lần sau gõ thẳng bằng phông Unicode")]


def no_table(grids: Sequence[Grid], specs: Sequence[Spec], name: str) -> Problem:
    """The refusal of a file without any table of ours: what was looked for, and what came near."""
    spec, near = max(((spec, _near_cells(grids, spec)) for spec in specs), key=lambda pair: len(pair[1]))
    expected = "; ".join(f"{one.title}: {_labels(one)}" for one in specs)
    message = f"không thấy dòng tiêu đề của bảng nào trong {30} dòng đầu. Cần có các cột: {expected}"
    hint = f"sửa tiêu đề theo mẫu «{spec.title}»"
    if near:
        hint += f": {_listed(near)}"
    return fault(Code.NO_TABLE, Place(name), message, hint)


def _labels(spec: Spec) -> str:
    fields = [field for field in spec.fields if field.required] or spec.fields
    return ", ".join(f"«{field.label}»" for field in fields)


def _near_cells(grids: Sequence[Grid], spec: Spec) -> list[str]:
    """What stands in the sheets' first rows and is almost a header of `spec`."""
    found: dict[str, str] = {}
    for grid in grids:
        for number, texts in Head(grid).texts.items():
            for column, text in list(texts.items())[:50]:
                field = near_field(text, spec.fields) if len(text) < 60 else None
                if field and field.key not in found:
                    found[field.key] = f"ô {letters(column)}{number} «{veiled(text)}»: có phải là cột «{field.label}»?"
    return list(found.values())
