"""`boiduong preview`: the real packages under a strict LMS stand-in, rebuilt on every save."""

from argparse import Namespace
from pathlib import Path

from boiduong_vocabulary.command import USAGE, Command, Parser

from boiduong_packager.command.options import add_program, find_program

PORT = 8145
OUT = Path(".preview")
"""Apart from dist/: a preview builds at every save, and must not pass for what was last built to be handed out."""


def configure(parser: Parser) -> None:
    add_program(parser, OUT)
    parser.add_argument("--port", metavar="CỔNG", type=int, default=PORT, help=f"cổng trên máy này (mặc định: {PORT})")


def run(arguments: Namespace) -> int:
    from boiduong_packager.build import Request, build  # noqa: PLC0415
    from boiduong_packager.preview.server import serve  # noqa: PLC0415

    program = find_program(arguments)
    if program is None:
        return USAGE
    request = Request(program, arguments.out, targets=("scorm12", "scorm2004", "web"))
    return serve(program, arguments.out, arguments.port, lambda: build(request))


COMMAND = Command("xem trước gói thật trong một LMS thử, có nhật ký từng lệnh gọi", configure, run)
