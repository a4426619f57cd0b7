"""The operator's guide keeps its word: its commands and options are the program's, and its files fit one another."""

import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import pytest
from boiduong_exporter.command.ledger import COMMAND as LEDGER
from boiduong_server.backups.writing import _DATED
from boiduong_server.command.backup import COMMAND as BACKUP
from boiduong_server.command.restore import COMMAND as RESTORE
from boiduong_server.command.serve import COMMAND as SERVE
from boiduong_server.desk.app import _BODY_BYTES
from boiduong_server.serving.hosts import require_apart
from boiduong_vocabulary.command import Parser

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/operations.md").read_text("utf-8")
COMMANDS = {"backup": BACKUP, "restore": RESTORE, "serve": SERVE, "ledger": LEDGER}
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
UNITS = [text for kind, text in BLOCKS if kind == "ini"]
((NGINX,), (CADDY,)) = ([text for kind, text in BLOCKS if kind == of] for of in ("nginx", "caddy"))
ENVIRONMENT = dict(re.findall(r"^(BOIDUONG_\w+)=(\S+)$", GUIDE, re.MULTILINE))
SAID = re.findall(r"^(?:ExecStart=\S*/)?boiduong (\w+) (.+)$", GUIDE.replace("\\\n", " "), re.MULTILINE)


def parser(name: str) -> Parser:
    made = Parser(f"boiduong {name}", COMMANDS[name].summary)
    COMMANDS[name].configure(made)
    return made


def unit(text: str) -> ConfigParser:
    found = ConfigParser(interpolation=None, strict=True)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string(text)
    return found


@pytest.mark.parametrize(("name", "words"), SAID)
def test_a_command_is_one_that_the_program_takes(name: str, words: str) -> None:
    parser(name).parse_args(shlex.split(words))


def test_every_command_of_the_operator_is_shown() -> None:
    assert {name for name, _ in SAID} == {*COMMANDS}


@pytest.mark.parametrize("name", ["serve", "backup", "restore"])
def test_every_option_is_told(name: str) -> None:
    options = re.findall(r"--[a-z-]+", parser(name).format_help())
    assert [option for option in set(options) - {"--help"} if option not in GUIDE] == []


def test_every_variable_is_one_that_the_program_reads() -> None:
    code = "\n".join(path.read_text("utf-8") for path in ROOT.glob("*/boiduong_*/command/options.py"))
    assert set(re.findall(r"BOIDUONG_[A-Z]+", GUIDE)) == set(re.findall(r"BOIDUONG_[A-Z]+", code))


def test_the_units_fit_the_place_of_the_data() -> None:
    service, saving, timer = map(unit, UNITS)
    data = ENVIRONMENT["BOIDUONG_BOOKS"].rpartition("/")[0]
    for each in (service, saving):
        assert data in each["Service"]["ReadWritePaths"].split()
        assert each["Service"]["EnvironmentFile"] in GUIDE.split("```sh")[2]
        assert each["Service"]["User"] == "boiduong"
    target = parser("backup").parse_args(shlex.split(saving["Service"]["ExecStart"])[2:]).to
    assert str(target) in saving["Service"]["ReadWritePaths"].split()
    assert timer["Timer"]["OnCalendar"].split()[1] > "00:30:00"  # the night's work comes first


def test_the_servers_in_front_lead_to_where_ours_listens() -> None:
    serve = parser("serve").parse_args(shlex.split(unit(UNITS[0])["Service"]["ExecStart"])[2:])
    names = [ENVIRONMENT[f"BOIDUONG_{which}"].removeprefix("https://") for which in ("APPLICATION", "CONTENT")]
    doors = [serve.listen, serve.listen_content]
    upstream = dict(re.findall(r"upstream (\w+) \{\s+server ([\d.:]+);", NGINX))
    secure = [block for block in NGINX.split("\nserver {") if "listen 443 ssl" in block]
    for name, door, block in zip(names, doors, secure, strict=True):
        assert f"server_name {name};" in block
        assert {upstream[target] for target in re.findall(r"proxy_pass http://(\w+);", block)} == {door}
        assert "proxy_set_header Host $host;" in block
        assert "proxy_set_header X-Forwarded-For $remote_addr;" in block
        limit = re.search(r"client_max_body_size (\d+)m;", block)
        assert limit
        assert int(limit[1]) << 20 > _BODY_BYTES
    assert re.findall(r"^(\S+) \{\n\treverse_proxy (\S+)$", CADDY, re.MULTILINE) == [*zip(names, doors, strict=True)]
    assert NGINX.count("{") == NGINX.count("}")


def test_its_two_names_are_taken() -> None:
    assert require_apart(ENVIRONMENT["BOIDUONG_APPLICATION"], ENVIRONMENT["BOIDUONG_CONTENT"]) == ""


def test_its_backups_have_the_names_that_ours_have() -> None:
    assert {name for name in re.findall(r"sao-luu-[\w-]+\.zip", GUIDE) if not _DATED.fullmatch(name)} == set()
