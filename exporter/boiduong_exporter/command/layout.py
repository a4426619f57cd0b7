"""How papers look, for the commands that write them in Word."""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import tell

if TYPE_CHECKING:
    from boiduong_exporter.rulebook.layout import Layout


def with_layout(arguments: Namespace, work: "Callable[[Layout], int]") -> int:
    """Read the layout and do the work; what does not hold in it is told."""
    from boiduong_exporter.rulebook.layout import read_layout
    from boiduong_exporter.rulebook.read import rules_folder

    layout, problems = read_layout(rules_folder(arguments.rules))
    return tell(problems) if layout is None else work(layout)
