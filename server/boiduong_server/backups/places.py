"""Where everything lies that belongs together: what a backup takes and a restore puts back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boiduong_records.store import url_of

from boiduong_server.backups.known import Known
from boiduong_server.errors import ServerError
from boiduong_server.store import store_of

BEATS, SHELF, RULES = "nhip-hoc", "goi-bai", "quy-tac"
"""Folders within a backup."""
_MARK = ".dang-khoi-phuc"


@dataclass(frozen=True)
class Places:
    """`books` is a file or an address; `beats` and `shelf` are folders; `rules` is the province's own folder of rules,
    None where the program's are used."""

    books: str
    beats: Path
    shelf: Path
    rules: Path | None = None

    def __post_init__(self) -> None:
        if self.on_server and url_of(self.books).get_backend_name() != "postgresql":
            raise ServerError(f"không sao lưu được loại sổ «{self.books}»", "dùng đường dẫn tệp, hoặc postgresql://…")

    @property
    def on_server(self) -> bool:
        """Books and tables share a database of PostgreSQL; else they are two files."""
        return "://" in self.books

    @property
    def books_file(self) -> Path:
        return Path(self.books)

    @property
    def store_file(self) -> Path:
        return Path(store_of(self.books))

    @property
    def mark(self) -> Path:
        """Stands beside the books while they are being put back."""
        return mark_beside(self.books_file)

    @property
    def folders(self) -> dict[str, Path]:
        """Where the files of each folder of a backup belong."""
        found = {BEATS: self.beats, SHELF: self.shelf}
        return found | ({RULES: self.rules} if self.rules else {})

    def files(self, known: Known) -> Iterator[tuple[str, Path]]:
        """The files that belong to databases that say this, by their names in a backup. A day's file that is not there
        is among them; of a package all that its folder holds, or the folder where that is gone."""
        for name in known.days:
            yield f"{BEATS}/{name}", self.beats / name
        for key in known.packages:
            yield from _within(f"{SHELF}/{key}", self.shelf / key)
        if self.rules:
            yield from _within(RULES, self.rules)


def mark_beside(books: Path) -> Path:
    """The file that says that a restore of these books has not come to its end."""
    return books.with_name(_MARK)


def _within(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    yield from ((f"{name}/{path.relative_to(folder).as_posix()}", path) for path in found)
    if not found:
        yield name, folder
