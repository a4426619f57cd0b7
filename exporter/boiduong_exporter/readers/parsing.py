"""What all parsers of cells share: an empty cell is None, and some contents no parser takes."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from boiduong_exporter.faults import Code
from boiduong_exporter.readers.cell import Cell, CellError, Kind, display, veiled

T = TypeVar("T")


def parser(read: Callable[[Cell], T]) -> Callable[[Cell], T | None]:
    """`read`, spared the cells that are empty or that nobody can read."""

    @wraps(read)
    def guarded(cell: Cell) -> T | None:
        if cell.kind is Kind.BLANK or (cell.kind is Kind.TEXT and not cell.line):
            return None
        refuse_unreadable(cell)
        return read(cell)

    return guarded


def refuse_unreadable(cell: Cell) -> None:
    """Raises CellError for Excel's errors, formulas without a result, and text of an old encoding."""
    match cell.kind:
        case Kind.ERROR:
            raise CellError(
                f"công thức báo lỗi {veiled(cell.text)}", "sửa công thức, hoặc gõ thẳng giá trị", Code.CELL_ERROR
            )
        case Kind.UNCOMPUTED:
            raise CellError(
                "công thức chưa có kết quả trong tệp",
                "mở tệp bằng Excel rồi bấm Lưu, hoặc gõ thẳng giá trị",
                Code.NOT_COMPUTED,
            )
        case Kind.OLD_TEXT:
            raise CellError(
                f"«{veiled(cell.text)}» gõ bằng bảng mã cũ (TCVN3 hoặc VNI)",
                "chuyển sang Unicode bằng UniKey (Ctrl+Shift+F6) rồi dán lại",
                Code.OLD_TEXT,
            )


def not_a(cell: Cell, wanted: str, hint: str, code: Code = Code.BAD_VALUE) -> CellError:
    """The refusal of a value that is not what the column holds."""
    return CellError(f"«{veiled(display(cell))}» không phải {wanted}", hint, code)
