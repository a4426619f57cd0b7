"""Are the files of the days still what the books say they are?"""

from collections.abc import Iterator, Mapping
from datetime import date

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.day_file import digest_of


def damaged(archive: Archive, kept: Mapping[date, str]) -> Iterator[str]:
    """What is wrong with the files of these days, each told by its digest."""
    for day, digest in sorted(kept.items()):
        path = archive.path(day, digest)
        if not path.is_file():
            yield f"ngày {show_date(day)}: thiếu tệp nhịp học «{path.name}» trong «{archive.folder}»"
        elif digest_of(path) != digest:
            yield f"ngày {show_date(day)}: tệp nhịp học «{path.name}» đã bị sửa hoặc bị hỏng"
