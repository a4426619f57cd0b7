"""What the packager's subcommands share: finding the programme, and telling Problems."""

import sys
from argparse import Namespace
from pathlib import Path

from boiduong_vocabulary.command import FINE, PROBLEMS, Parser
from boiduong_vocabulary.problem import Problem, Severity, any_error
from boiduong_vocabulary.vietnamese import did_you_mean

CONTENT = Path("content")
OUT = Path("dist")
_PROGRAM_FILE = "program.toml"


def add_program(parser: Parser, out: Path = OUT) -> None:
    parser.add_argument(
        "program", metavar="CHƯƠNG_TRÌNH", type=Path, nargs="?",
        help="thư mục chương trình (có program.toml); bỏ trống nếu content/ chỉ có một chương trình",
    )  # fmt: skip
    parser.add_argument("--out", metavar="THƯ_MỤC", type=Path, default=out, help=f"nơi ghi kết quả (mặc định: {out})")


def find_program(arguments: Namespace) -> Path | None:
    """The programme's folder: as given, by its name in content/, or the only one there; None after telling why."""
    given: Path | None = arguments.program
    found = sorted(path.parent for path in CONTENT.glob(f"*/{_PROGRAM_FILE}"))
    if given is not None:
        return _named(given, [path.name for path in found])
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.name for path in found) or _none_here()
    print(f"Hãy cho biết thư mục chương trình ({names}).", file=sys.stderr)
    return None


def _none_here() -> str:
    where = "" if CONTENT.is_dir() else "; lệnh gõ ở thư mục có content/, đây là " + str(Path.cwd())
    return f"chưa có; tạo bằng «boiduong new program»{where}"


def _named(given: Path, known: list[str]) -> Path | None:
    for folder in (given, CONTENT / given):
        if folder.is_dir():
            return folder
    guess = did_you_mean(given.name, known) or "Gõ tên thư mục có tệp program.toml."
    print(f"Không có thư mục chương trình «{given}». {guess}", file=sys.stderr)
    return None


def tell(problems: list[Problem]) -> int:
    """Print `problems`, errors and warnings counted; the exit code they mean."""
    for problem in problems:
        print(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if problems:
        print(f"\n{errors} lỗi, {len(problems) - errors} cảnh báo.")
    return PROBLEMS if any_error(problems) else FINE
