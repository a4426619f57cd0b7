"""`boiduong backup`: everything that belongs together in one file, while the server runs."""

from argparse import ArgumentTypeError, Namespace
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import now_ms
from boiduong_vocabulary.command import FINE, PROBLEMS, Command, Parser

from boiduong_server.command.options import add_places
from boiduong_server.command.places import places_of, with_places

if TYPE_CHECKING:
    from boiduong_server.backups.places import Places
    from boiduong_server.backups.writing import Written


def _how_many(text: str) -> int:
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise ArgumentTypeError(f"«{text}» không phải số bản giữ lại; viết như 14")


def configure(parser: Parser) -> None:
    parser.add_argument(
        "--to", metavar="TỆP_HOẶC_THƯ_MỤC", type=Path, required=True,
        help="tệp .zip chưa có, hoặc thư mục đã có (tệp mang tên ngày giờ: sao-luu-boiduong-20261126-0030.zip)",
    )  # fmt: skip
    parser.add_argument(
        "--keep", metavar="SỐ", type=_how_many,
        help="với thư mục: chỉ giữ bấy nhiêu tệp mang tên ngày giờ mới nhất, xóa những tệp cũ hơn",
    )  # fmt: skip
    add_places(parser)


def run(arguments: Namespace) -> int:
    return with_places(lambda: _backup(arguments, places_of(arguments)))


def _backup(arguments: Namespace, places: "Places") -> int:
    from tqdm import tqdm

    from boiduong_server.backups.words import size
    from boiduong_server.backups.writing import thin_out, write_backup

    at_ms, target = now_ms(), _target(arguments)
    with tqdm(desc="sao lưu", unit="B", unit_scale=True, leave=False, disable=None) as bar:
        written = write_backup(places, target, at_ms, bar.update)
    _remember(places, written)
    print(f"Đã sao lưu vào {written.path} ({size(written.size)}), mã đầu sổ {written.manifest.known.head}.")
    for path in thin_out(target.parent, arguments.keep) if arguments.keep else []:
        print(f"Đã xóa bản cũ {path.name}.")
    return _tell_missing(written.manifest.missing)


def _target(arguments: Namespace) -> Path:
    from boiduong_server.backups.writing import dated
    from boiduong_server.errors import ServerError

    to: Path = arguments.to
    if to.is_dir():
        return dated(to, now_ms())
    if arguments.keep:
        raise ServerError("«--keep» chỉ dùng khi «--to» là một thư mục đã có", "nêu thư mục, hoặc bỏ «--keep»")
    if to.suffix != ".zip":
        raise ServerError(f"không có thư mục «{to}»", "tạo thư mục trước, hoặc nêu một tệp có đuôi .zip")
    return to


def _remember(places: "Places", written: "Written") -> None:
    """For the page that tells how the server is; books beside which none has run have no place for it."""
    from boiduong_server.backups.words import size
    from boiduong_server.errors import StoreError
    from boiduong_server.store import open_store, store_of
    from boiduong_server.upkeep import Upkeep, Work, remember

    if not written.manifest.known.versions[1]:
        return
    missing = written.manifest.missing
    said = (written.path.name, size(written.size), *(f"thiếu {name}" for name in missing))
    with suppress(StoreError), closing(open_store(store_of(places.books))) as store:  # the backup is there all the same
        store.write(lambda connection: remember(connection, Work.BACKUP, Upkeep(now_ms(), not missing, said)))


def _tell_missing(missing: tuple[str, ...]) -> int:
    if not missing:
        return FINE
    print("\nNhững tệp này có ghi trong sổ hoặc trên máy chủ nhưng không còn trên đĩa, nên bản sao lưu không có:")
    print(*missing, sep="\n")
    print("    → tìm chúng ở bản sao lưu cũ hơn; «boiduong restore» bản cũ hơn cũng lấy lại được")
    return PROBLEMS


COMMAND = Command("sao lưu sổ, tài khoản, nhịp học và gói bài vào một tệp, cả khi máy chủ đang chạy", configure, run)
