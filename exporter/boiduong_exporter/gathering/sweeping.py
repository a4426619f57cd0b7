"""Day files that the books no longer name, or never did, leave the folder."""

from boiduong_records.beats import days
from boiduong_records.ledger import lock
from boiduong_records.store import Books

from boiduong_exporter.study.archive import Archive


def sweep(books: Books, archive: Archive) -> None:
    """Under the books' lock, and by what they say then: whoever wrote a file has named it by now, or never will."""
    with books.writing() as connection:
        lock(connection)
        archive.sweep({day: file.digest for day, file in days(connection).items()})
