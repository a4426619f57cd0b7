"""`boiduong build`: packages for every target."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from boiduong_vocabulary.command import FINE, USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import did_you_mean

from boiduong_packager.command.options import add_program, find_program, tell
from boiduong_packager.targets.names import TARGETS, TOPIC_TARGETS


def configure(parser: Parser) -> None:
    add_program(parser)
    parser.add_argument(
        "--target", metavar="ĐÍCH", action="append", choices=TARGETS,
        help="chỉ đóng gói cho đích này: scorm12, scorm2004, olx, web (lặp lại được; mặc định: tất cả)",
    )  # fmt: skip
    parser.add_argument("--topic", metavar="MÃ", action="append", help="chỉ gói SCORM của chuyên đề này (lặp lại được)")
    parser.add_argument(
        "--jobs", metavar="SỐ", type=int, default=1, help="số tiến trình song song (0: theo số lõi máy)"
    )
    parser.add_argument(
        "--blocks", action="store_true", help="khóa Open edX dùng khối boiduong (phải cài boiduong-xblocks)"
    )
    parser.add_argument("--single-file", action="store_true", help="web: thêm mỗi chuyên đề một tệp HTML để gửi")


def run(arguments: Namespace) -> int:
    from boiduong_packager.build import Request, UnknownTopicError, build  # noqa: PLC0415

    program = find_program(arguments)
    targets = tuple(arguments.target or (TOPIC_TARGETS if arguments.topic else TARGETS))
    if program is None or not _is_consistent(arguments, targets):
        return USAGE
    jobs = arguments.jobs if arguments.jobs > 0 else os.cpu_count() or 1
    request = Request(
        program, arguments.out, targets, tuple(arguments.topic or ()), jobs, arguments.blocks, arguments.single_file
    )
    try:
        outcome = build(request, _progress())
    except UnknownTopicError as error:
        guess = did_you_mean(error.unknown[0], error.known)
        print(f"Không có chuyên đề mã: {', '.join(error.unknown)}. {guess}".rstrip(), file=sys.stderr)
        return USAGE
    code = tell(outcome.problems)
    if outcome.catalog is None:
        print("Chưa ghi gì: hãy sửa các lỗi trên.", file=sys.stderr)
        return code
    where, topics = arguments.out / outcome.catalog.id, len(outcome.catalog.topics)
    if outcome.written:
        print(f"Đã ghi {outcome.written} gói vào {where} ({topics} chuyên đề).")
    else:
        print(f"Không có gì đổi: các gói trong {where} vẫn như cũ ({topics} chuyên đề).")
    return FINE


def _is_consistent(arguments: Namespace, targets: tuple[str, ...]) -> bool:
    whole = [target for target in targets if target not in TOPIC_TARGETS]
    if arguments.topic and whole:
        print(f"--topic chỉ dùng cho gói SCORM; {', '.join(whole)} luôn là cả chương trình.", file=sys.stderr)
        return False
    return True


def _progress() -> Callable[[str, int, int], None]:
    """A bar on a terminal, a line a step elsewhere."""
    if not sys.stderr.isatty():
        return lambda what, done, total: print(f"{what} {done}/{total}", file=sys.stderr) if done == total else None
    from tqdm import tqdm  # noqa: PLC0415

    bars: dict[str, tqdm[Any]] = {}

    def report(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = tqdm(total=total, desc=what, leave=False)
        bar = bars[what]
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return report


COMMAND = Command("đóng gói chương trình: SCORM 1.2, SCORM 2004, Open edX, trang in", configure, run)
