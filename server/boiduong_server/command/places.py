"""What backup and restore share: where everything lies, and how they say what is refused."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import tell_refusal
from boiduong_vocabulary.command import PROBLEMS

from boiduong_server.command.options import shelf_of, tell

if TYPE_CHECKING:
    from boiduong_server.backups.places import Places


def places_of(arguments: Namespace) -> "Places":
    """Raises ServerError where a folder is not known."""
    from boiduong_server.backups.places import Places
    from boiduong_server.errors import ServerError

    if not arguments.beats and "://" in arguments.books:
        raise ServerError("chưa biết thư mục giữ nhịp học của sổ này", "chỉ thư mục bằng --beats")
    beats = Path(arguments.beats or Path(arguments.books).with_suffix(".beats"))
    return Places(arguments.books, beats, shelf_of(arguments), arguments.rules)


def with_places(work: Callable[[], int]) -> int:
    """Do the work; what is refused is told."""
    from boiduong_records.errors import BooksError

    from boiduong_server.errors import ServerError

    try:
        return work()
    except ServerError as error:
        tell(error)
    except BooksError as error:
        tell_refusal(error)
    return PROBLEMS
