"""Chart sheets: the trend, and the rate of each unit. They refer to cells, and carry the cells' values as well, because
a book that is written row by row cannot be read back."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from xlsxwriter.chart import Chart

from boiduong_exporter.reports.book import Book, set_up_paper
from boiduong_exporter.reports.columns import SHARE_STEP, shown
from boiduong_exporter.reports.figures import Part, TrendPoint

_FONT: Mapping[str, object] = {"name": "Times New Roman", "size": 11}
_ACCENT, _PALE, _LINE = "#1F4E79", "#BDD0E3", "#7F6000"
_FEW = 30
"""So many bars have room for letters of the usual size."""
Series = Callable[[int, Sequence[Any]], dict[str, Any]]


def chart_trend(book: Book, sheet: str, first: int, points: Sequence[TrendPoint]) -> None:
    """A sheet with the people of each quarter as columns and the rate as a line; none where there are fewer than two
    quarters. The figures begin in row `first` (from 0) of `sheet`: name, day, owing, enough, rate."""
    if len(points) < 2:
        return
    series = _series(sheet, first, [point.name for point in points])
    columns = book.workbook.add_chart({"type": "column"})
    for name, column, values, colour in (
        ("Phải bồi dưỡng", 2, [point.owing for point in points], _PALE),
        ("Đủ số ngày", 3, [point.enough for point in points], _ACCENT),
    ):
        look = {"name": name, "fill": {"color": colour}, "gap": 80, "data_labels": {"value": True, "font": _FONT}}
        columns.add_series(series(column, values) | look)
    rates = [_rate(point.rate) for point in points]
    line = book.workbook.add_chart({"type": "line"})
    mark = {"type": "circle", "size": 7, "fill": {"color": _LINE}, "border": {"color": _LINE}}
    look = {"name": "Tỷ lệ đủ", "y2_axis": True, "line": {"color": _LINE, "width": 2.25}, "marker": mark}
    line.add_series(series(4, rates) | look)
    columns.combine(line)
    line.set_y2_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": _FONT, "name": "Tỷ lệ đủ số ngày"} | _named())
    columns.set_y_axis({"name": "Số người", "min": 0, "num_font": _FONT, "major_gridlines": _grid()} | _named())
    columns.set_x_axis({"num_font": _FONT})
    columns.set_legend({"position": "bottom", "font": _FONT})
    _finish(book, columns, "Biểu đồ diễn biến", "Người phải bồi dưỡng và người đủ số ngày, theo quý")


def chart_units(book: Book, sheet: str, first: int, units: Sequence[Part]) -> None:
    """A sheet with a bar for the rate of each unit, in the order of the list: it is no ranking."""
    if not units:
        return
    font = {**_FONT, "size": 11 if len(units) <= _FEW else 7}
    bars = book.workbook.add_chart({"type": "bar"})
    rates = [_rate(part.summary.rate) for part in units]
    look = {
        "name": "Tỷ lệ đủ số ngày", "fill": {"color": _ACCENT}, "gap": 40,
        "data_labels": {"value": True, "num_format": "0.0%", "font": font},
    }  # fmt: skip
    bars.add_series(_series(sheet, first, [part.name for part in units])(4, rates) | look)
    bars.set_legend({"none": True})
    bars.set_y_axis({"reverse": True, "num_font": font, "interval_unit": 1})
    bars.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": _FONT, "major_gridlines": _grid()})
    title = "Tỷ lệ người đủ số ngày trên người phải bồi dưỡng, theo đơn vị trực thuộc"
    _finish(book, bars, "Biểu đồ đơn vị", title, portrait=len(units) > _FEW)


def _series(sheet: str, first: int, names: Sequence[str]) -> Series:
    """A series of a column of the table, its categories in the first column."""
    last = first + len(names) - 1

    def of(column: int, values: Sequence[Any]) -> dict[str, Any]:
        return {
            "categories": [sheet, first, 0, last, 0], "categories_data": list(names),
            "values": [sheet, first, column, last, column], "values_data": list(values),
        }  # fmt: skip

    return of


def _rate(rate: Fraction | None) -> float | str:
    """As the cell shows it; an empty text where the cell is empty."""
    return "" if rate is None else shown(rate, SHARE_STEP, up=False)


def _named() -> dict[str, object]:
    return {"name_font": {**_FONT, "bold": False}}


def _grid() -> dict[str, object]:
    return {"visible": True, "line": {"color": "#D0D7DE", "width": 0.75}}


def _finish(book: Book, chart: Chart, name: str, title: str, portrait: bool = False) -> None:
    """The sheet that the chart fills, with its title and what is printed around it."""
    basis = book.basis
    said = " · ".join(filter(None, (basis.notice, title, basis.when)))
    chart.set_title({"name": said, "name_font": {**_FONT, "size": 13, "color": _ACCENT}, "overlay": False})
    sheet = book.workbook.add_chartsheet(name)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    set_up_paper(sheet, basis)
    sheet.set_chart(chart)
