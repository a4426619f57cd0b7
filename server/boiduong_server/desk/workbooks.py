"""Workbooks to be taken away."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, write: Callable[[Path], object]) -> Response:
    """What `write` makes at a path, under this name, which has no ending yet and no quotes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bang.xlsx"
        write(path)
        response = Response(path.read_bytes(), mimetype=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
