"""`boiduong new topic|program`: a commented start, which `boiduong check` finds sound as it stands."""

import re
import sys
from argparse import Namespace
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser
from boiduong_vocabulary.vietnamese import nfc, show_date, slug

from boiduong_packager.command.options import CONTENT, find_program

_PROGRAM_FILE = "program.toml"
_LONGEST_ID = 60
_QUOTES = 'Tên có dấu cách thì đặt trong ngoặc kép thẳng "…"'


def configure(parser: Parser) -> None:
    parser.add_argument(
        "kind", metavar="LOẠI", choices=("topic", "program"), help="topic (chuyên đề) hoặc program (chương trình)"
    )
    parser.add_argument("title", metavar="TÊN", help="tên chuyên đề hoặc chương trình, đặt trong ngoặc kép")
    parser.add_argument(
        "program", metavar="CHƯƠNG_TRÌNH", type=Path, nargs="?", help="chuyên đề mới thuộc chương trình nào"
    )


def run(arguments: Namespace) -> int:
    title = " ".join(nfc(arguments.title).split())
    if not slug(title):
        print("Tên cần có ít nhất một chữ cái hoặc chữ số.", file=sys.stderr)
        return USAGE
    if arguments.kind == "topic":
        return _new_topic(title, arguments)
    if arguments.program is not None:
        print(f"{_QUOTES}: boiduong new program {_example(arguments)}", file=sys.stderr)
        return USAGE
    return _new_program(title)


def _example(arguments: Namespace) -> str:
    """The two words that the shell has made of a title, as they were meant."""
    return f'"{nfc(arguments.title)} {nfc(str(arguments.program))}"'


def _new_program(title: str) -> int:
    folder = CONTENT / _id(title)
    code = _write(folder / _PROGRAM_FILE, "program.toml", {"title": title, "edition": _edition()})
    if code == FINE:
        print(f'Tiếp theo: boiduong new topic "Tên chuyên đề" {folder.name}')
    return code


def _new_topic(title: str, arguments: Namespace) -> int:
    program = find_program(arguments)
    if program is None:
        if arguments.program is not None:
            print(f"{_QUOTES}, thư mục chương trình đứng sau tên.", file=sys.stderr)
        return USAGE
    if not (program / _PROGRAM_FILE).is_file():
        print(f"{program} không phải thư mục chương trình (không có {_PROGRAM_FILE}).", file=sys.stderr)
        return USAGE
    id_ = _id(title)
    namesake = _topic_called(id_, program)
    if namesake is not None:
        print(f"{namesake} đã có mã «{id_}»; hãy đặt tên khác.", file=sys.stderr)
        return PROBLEMS
    code = _write(program / f"{_next_number(program):02}-{id_}.md", "topic.md", _topic_fields(title))
    if code == FINE:
        print(_enlist(program / _PROGRAM_FILE, id_))
    return code


def _id(title: str) -> str:
    """The title's slug, cut between two words where it is long: it names files, packages, lines of a sheet."""
    whole = slug(title)
    return whole if len(whole) <= _LONGEST_ID else whole[: _LONGEST_ID + 1].rpartition("-")[0] or whole[:_LONGEST_ID]


def _topic_called(id_: str, program: Path) -> Path | None:
    from boiduong_packager.read.reading import find_id  # noqa: PLC0415

    return next((path for path in program.glob("*.md") if find_id(path.read_text("utf-8", "replace")) == id_), None)


def _next_number(program: Path) -> int:
    """One more than the highest number that a file's name begins with, so that a new topic comes last."""
    found = (re.match(r"\d{1,2}(?!\d)", path.name) for path in program.glob("*.md"))
    return max((int(number[0]) for number in found if number), default=0) + 1


def _enlist(path: Path, topic: str) -> str:
    """Put `topic` into the programme's first self-paced session, comments and layout kept; what to tell the author."""
    import tomlkit  # noqa: PLC0415

    from boiduong_packager.write import write_text  # noqa: PLC0415

    try:
        program = tomlkit.parse(path.read_text("utf-8"))
        session = next(entry for entry in program["session"] if entry.get("delivery") == Delivery.SELF_PACED)
        session.setdefault("topics", tomlkit.array()).append(topic)
    except (StopIteration, AttributeError, TypeError, tomlkit.exceptions.TOMLKitError):
        return f"Nhớ thêm «{topic}» vào topics của một buổi trong {path}."
    write_text(path, tomlkit.dumps(program))
    return f"Đã ghi «{topic}» vào phần «{session.get('title', '')}» trong {path}."


def _topic_fields(title: str) -> dict[str, str]:
    today = date.today()
    return {
        "id": _id(title),
        "title": title,
        "edition": _edition(),
        "review_by": show_date(date(today.year + 1, 12, 31)),
    }


def _edition() -> str:
    return f"{date.today().year}.1"


def _write(path: Path, template: str, fields: dict[str, str]) -> int:
    """Write `template` to `path`; what is there already is never overwritten."""
    text = Template(files("boiduong_packager").joinpath("templates", template).read_text("utf-8")).substitute(
        {name: _quoted(value) if template.endswith(".toml") else value for name, value in fields.items()}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        print(f"{path} đã có; không ghi đè.", file=sys.stderr)
        return PROBLEMS
    print(f"Đã tạo {path}")
    return FINE


def _quoted(text: str) -> str:
    """`text` for the inside of a TOML string."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


COMMAND = Command("tạo chuyên đề hoặc chương trình mới, có lời nhắc sẵn", configure, run)
