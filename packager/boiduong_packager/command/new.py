"""`boiduong new topic|program`: a commented start, which `boiduong check` finds sound as it stands."""

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
    return _new_program(title) if arguments.kind == "program" else _new_topic(title, arguments)


def _new_program(title: str) -> int:
    folder = CONTENT / slug(title)
    code = _write(folder / _PROGRAM_FILE, "program.toml", {"title": title, "edition": _edition()})
    if code == FINE:
        print(f'Tiếp theo: boiduong new topic "Tên chuyên đề" {folder.name}')
    return code


def _new_topic(title: str, arguments: Namespace) -> int:
    program = find_program(arguments)
    if program is None:
        return USAGE
    if not (program / _PROGRAM_FILE).is_file():
        print(f"{program} không phải thư mục chương trình (không có {_PROGRAM_FILE}).", file=sys.stderr)
        return USAGE
    number = len(list(program.glob("*.md"))) + 1
    code = _write(program / f"{number:02}-{slug(title)}.md", "topic.md", _topic_fields(title))
    if code == FINE:
        print(_enlist(program / _PROGRAM_FILE, slug(title)))
    return code


def _enlist(path: Path, topic: str) -> str:
    """Put `topic` into the programme's first self-paced session, comments and layout kept; what to tell the author."""
    import tomlkit  # noqa: PLC0415

    try:
        program = tomlkit.parse(path.read_text("utf-8"))
        session = next(entry for entry in program["session"] if entry.get("delivery") == Delivery.SELF_PACED)
        session.setdefault("topics", tomlkit.array()).append(topic)
    except (StopIteration, AttributeError, TypeError, tomlkit.exceptions.TOMLKitError):
        return f"Nhớ thêm «{topic}» vào topics của một buổi trong {path}."
    path.write_text(tomlkit.dumps(program), encoding="utf-8", newline="\n")
    return f"Đã ghi «{topic}» vào phần «{session['title']}» trong {path}."


def _topic_fields(title: str) -> dict[str, str]:
    today = date.today()
    return {
        "id": slug(title),
        "title": title,
        "audience": "Ghi đối tượng học",
        "issuing_body": "Ghi cơ quan ban hành",
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
