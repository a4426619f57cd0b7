"""The `boiduong` command: a dispatcher that imports a subcommand only when it is called.

Wings register subcommands as entry points of this distribution (group `boiduong.commands`), each a `Command`.
Exit codes: 0 fine, 1 problems the user can mend, 2 wrong usage.
"""

import argparse
import errno
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoints, distribution
from typing import NoReturn

from boiduong_vocabulary.vietnamese import did_you_mean

GROUP = "boiduong.commands"
FINE, PROBLEMS, USAGE = 0, 1, 2

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"unrecognized arguments: (-\S*)$", r"không hiểu «\1»; gõ --help để xem các tùy chọn"),
    (r"unrecognized arguments: (.+)", r'không hiểu «\1»; tên có dấu cách thì đặt trong ngoặc kép thẳng "…"'),
    (r"argument (.+): expected (?:one|at least one) argument", r"\1 cần một giá trị"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 không nhận \2; chọn một trong: \3"),
    (r"argument (.+): invalid int value: (.+)", r"\1 cần một số, không nhận \2"),
    (r"argument (.+): invalid \w+ value: (.+)", r"\1 không nhận giá trị \2"),
    (r"argument (.+): not allowed with argument (.+)", r"chỉ dùng một trong hai: \1, \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 chưa rõ, có thể là \2"),
    (r"argument (\S+): (.+)", r"\1: \2"),
)
"""argparse's own messages, said in Vietnamese."""


_REASONS = {
    errno.ENOENT: "không có tệp hoặc thư mục này; kiểm tra tên và nơi đang gõ lệnh",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "đường dẫn đi qua một tệp không phải thư mục",
    errno.EEXIST: "đã có tệp này; đặt tên khác",
    errno.EACCES: "không có quyền, hoặc tệp đang mở trong chương trình khác",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EFBIG: "ổ đĩa không cho tệp lớn đến thế",
    errno.ENAMETOOLONG: "tên quá dài",
}
"""What the system says of a file, in Vietnamese."""


class Parser(argparse.ArgumentParser):
    """argparse that speaks Vietnamese."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog=prog, description=description, add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "cách dùng:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "cách dùng:", 1)

    def error(self, message: str) -> NoReturn:
        for pattern, vietnamese in _MESSAGES:
            message = re.sub(pattern, vietnamese, message)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


@dataclass(frozen=True)
class Command:
    """A subcommand: one line of summary, what it adds to its parser, and what it does; `run` gives the exit code."""

    summary: str
    configure: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `boiduong NAME …`; `arguments` are those of the process unless given."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    commands = distribution("boiduong").entry_points.select(group=GROUP)
    if not words or words[0] in ("-h", "--help"):
        print(_overview(commands))
        return FINE if words else USAGE
    return _dispatch(commands, words[0], words[1:])


def _dispatch(commands: EntryPoints, name: str, words: list[str]) -> int:
    if name not in commands.names:
        print(f"boiduong: không có lệnh «{name}». {did_you_mean(name, commands.names)}".rstrip(), file=sys.stderr)
        print("Gõ «boiduong --help» để xem các lệnh.", file=sys.stderr)
        return USAGE
    command: Command = commands[name].load()
    parser = Parser(f"boiduong {name}", command.summary)
    command.configure(parser)
    try:
        return command.run(parser.parse_args(words))
    except KeyboardInterrupt:
        return PROBLEMS
    except ModuleNotFoundError as missing:  # a subcommand imports what it needs when it runs
        extras = ",".join(commands[name].extras)
        if not extras or (missing.name or "").startswith("boiduong_"):
            raise
        hint = f"pip install 'boiduong[{extras}]'"
        print(f"boiduong {name} cần thêm phần «{extras}» (thiếu {missing.name}): {hint}", file=sys.stderr)
        return USAGE
    except OSError as error:  # a full disk, a folder without rights: the user's to mend
        if error.filename is None:
            raise
        why = _REASONS.get(error.errno or 0, error.strerror)
        print(f"Không đọc hoặc ghi được «{error.filename}»: {why}.", file=sys.stderr)
        return PROBLEMS


def _overview(commands: EntryPoints) -> str:
    names = sorted(commands.names)
    lines = [f"  boiduong {name:10} {commands[name].load().summary}" for name in names]
    return "\n".join(
        ["cách dùng: boiduong LỆNH [tùy chọn]", "", "các lệnh:", *lines, "", "boiduong LỆNH --help: chi tiết"]
    )
