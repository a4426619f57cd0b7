"""`boiduong restore`: what a backup holds comes back, also while the server runs."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import now_ms
from boiduong_vocabulary.command import FINE, PROBLEMS, Command, Parser
from boiduong_vocabulary.vietnamese import slug

from boiduong_server.command.options import add_places
from boiduong_server.command.places import places_of, with_places

if TYPE_CHECKING:
    from boiduong_server.backups.known import Known
    from boiduong_server.backups.places import Places
    from boiduong_server.backups.restoring import Plan, Restored, Standing

_WORD = "khôi phục"


def configure(parser: Parser) -> None:
    parser.add_argument("file", metavar="TỆP", type=Path, help="bản sao lưu do «boiduong backup» ghi")
    parser.add_argument("--yes", action="store_true", help="không hỏi lại trước khi thay sổ đang có")
    add_places(parser)


def run(arguments: Namespace) -> int:
    return with_places(lambda: _restore(arguments, places_of(arguments)))


def _restore(arguments: Namespace, places: "Places") -> int:
    from tqdm import tqdm

    from boiduong_server.backups.restoring import planned, restore

    bar = tqdm(desc="kiểm tra", unit="B", unit_scale=True, leave=False, disable=None)
    with planned(arguments.file, places, bar.update) as plan:
        bar.close()
        _show(plan)
        if plan.standing and not arguments.yes and not _is_confirmed():
            print("Chưa làm gì.")
            return PROBLEMS
        _tell(plan, restore(plan, now_ms()))
    return FINE


def _show(plan: "Plan") -> None:
    from boiduong_server.backups.words import size
    from boiduong_server.desk.words import moment

    manifest = plan.manifest
    print(f"Bản sao lưu {plan.path.name}, lập {moment(manifest.at_ms)}, {size(manifest.sizes)}, nguyên vẹn:")
    print(f"    {_told(manifest.known)}")
    for name in manifest.missing:
        print(f"    không có {name}: lúc sao lưu tệp ấy đã mất")
    if plan.unfinished:
        print("Lần khôi phục trước chưa xong; lần này làm lại từ đầu.")
    elif plan.standing is None:
        print("Nơi nhận còn trống.")
    else:
        print(f"Đang có:\n    {_told(plan.standing.known)}")
        for warning in _warnings(plan.standing, manifest.known):
            print(warning)


def _told(known: "Known") -> str:
    from boiduong_server.desk.words import moment

    sample = ", SỔ MẪU" if known.sample else ""
    written = f", mục cuối ghi {moment(known.at_ms)}" if known.seq else ""
    return f"sổ {known.seq} mục, mã đầu sổ {known.head}{written}{sample}; {len(known.packages)} gói bài"


def _warnings(standing: "Standing", coming: "Known") -> list[str]:
    said = []
    lost = standing.known.seq - coming.seq
    if not standing.continues:
        said.append("Hai bên đã ghi khác nhau: sổ đang có không phải bản sao ấy được ghi tiếp.")
    elif lost:
        said.append(f"{lost} mục ghi sau lúc sao lưu, cùng mọi việc khác từ lúc ấy, sẽ không còn ở đây.")
    if standing.erased:
        said.append(f"Trong đó có {standing.erased} lần xóa dữ liệu cá nhân: phải xóa lại sau khi khôi phục.")
    return said


def _is_confirmed() -> bool:
    print(f"Gõ «{_WORD}» rồi Enter để thay sổ đang có: ", end="", flush=True)
    return slug(sys.stdin.readline()) == slug(_WORD)


def _tell(plan: "Plan", restored: "Restored") -> None:
    print(f"Đã khôi phục: {_told(plan.manifest.known)}.")
    if restored.undo:
        print(f"Những gì có trước đó nằm ở {restored.undo}")
        print("    → muốn quay lại như cũ thì khôi phục tệp này; khi đã yên tâm thì chuyển đi hoặc xóa")
    if plan.manifest.known.versions[1]:
        print("Mọi người đăng nhập lại. Mật khẩu và vai trò là của lúc sao lưu: xem lại những gì đã đổi từ lúc ấy.")
    if restored.kept:
        print(f"Quy tắc đang dùng khác bản sao và được giữ nguyên: {', '.join(restored.kept)}.")


COMMAND = Command("khôi phục từ một bản sao lưu, cả khi máy chủ đang chạy", configure, run)
