"""`boiduong check`: every fault of a programme at once."""

from argparse import ArgumentTypeError, Namespace
from datetime import date

from boiduong_vocabulary.command import USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import parse_date

from boiduong_packager.command.options import add_program, find_program, tell


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise ArgumentTypeError(f"ngày «{text}» không hiểu được; viết 31/12/2026") from None


def configure(parser: Parser) -> None:
    add_program(parser)
    parser.add_argument(
        "--as-of", metavar="NGÀY", type=_day, default=date.today(),
        help="kiểm tra văn bản, tên gọi và hạn rà soát theo ngày này (mặc định: hôm nay)",
    )  # fmt: skip


def run(arguments: Namespace) -> int:
    from boiduong_packager.build import check  # noqa: PLC0415  (no subcommand imports what it does not use)

    program = find_program(arguments)
    if program is None:
        return USAGE
    problems = check(program, arguments.out, arguments.as_of)
    if not problems:
        print("Không có lỗi.")
    return tell(problems)


COMMAND = Command("kiểm tra chuyên đề, nêu mọi lỗi kèm cách sửa", configure, run)
