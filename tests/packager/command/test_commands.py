"""The commands as a person types them, each a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BOIDUONG = Path(sys.executable).with_name("boiduong")


def boiduong(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run([BOIDUONG, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A new programme with one topic, as `boiduong new` makes them."""
    for kind, title in (("program", "Chương trình thử"), ("topic", "Chuyên đề một")):
        made = boiduong("new", kind, title, cwd=tmp_path)
        assert made.returncode == 0, made.stderr
    return tmp_path / "content/chuong-trinh-thu"


def test_a_new_program_is_free_of_errors_as_it_stands(program: Path, tmp_path: Path) -> None:
    found = boiduong("check", cwd=tmp_path)
    assert found.returncode == 0
    assert "0 lỗi" in found.stdout


def test_a_new_topic_gets_the_next_number_and_is_free_of_errors(program: Path, tmp_path: Path) -> None:
    made = boiduong("new", "topic", "Nói trước dân: ngắn", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (program / "02-noi-truoc-dan-ngan.md").is_file()
    settings = (program / "program.toml").read_text("utf-8")
    assert 'topics = ["chuyen-de-mot", "noi-truoc-dan-ngan"]' in settings
    assert "# hội trường" in settings or "hall (hội trường)" in settings
    assert boiduong("check", cwd=tmp_path).returncode == 0


def test_new_never_overwrites(program: Path, tmp_path: Path) -> None:
    before = (program / "program.toml").read_bytes()
    again = boiduong("new", "program", "Chương trình thử", cwd=tmp_path)
    assert again.returncode == 1
    assert "không ghi đè" in again.stderr
    assert (program / "program.toml").read_bytes() == before


def test_a_new_topic_comes_last_and_a_readme_does_not_count(program: Path, tmp_path: Path) -> None:
    (program / "01-chuyen-de-mot.md").rename(program / "07-chuyen-de-mot.md")
    (program / "README.md").write_text("# Ghi chú", "utf-8")
    assert boiduong("new", "topic", "Chuyên đề hai", cwd=tmp_path).returncode == 0
    assert (program / "08-chuyen-de-hai.md").is_file()
    assert boiduong("check", cwd=tmp_path).returncode == 0


def test_a_second_topic_of_the_same_id_is_not_made(program: Path, tmp_path: Path) -> None:
    before = (program / "program.toml").read_bytes()
    again = boiduong("new", "topic", "Chuyên đề MỘT", cwd=tmp_path)
    assert again.returncode == 1
    assert "01-chuyen-de-mot.md đã có mã «chuyen-de-mot»" in again.stderr
    assert (program / "program.toml").read_bytes() == before


def test_a_long_title_makes_a_short_id(program: Path, tmp_path: Path) -> None:
    title = "Nâng cao năng lực lãnh đạo, quản lý của người đứng đầu cấp xã trong tình hình mới và những việc cần làm"
    assert boiduong("new", "topic", title, cwd=tmp_path).returncode == 0
    assert (program / "02-nang-cao-nang-luc-lanh-dao-quan-ly-cua-nguoi-dung-dau-cap-xa.md").is_file()
    assert boiduong("check", cwd=tmp_path).returncode == 0


def test_a_title_with_quotes_makes_a_sound_program(tmp_path: Path) -> None:
    assert boiduong("new", "program", 'Lớp "thử" \\ 1', cwd=tmp_path).returncode == 0
    assert boiduong("check", cwd=tmp_path).returncode == 0


def test_build_writes_every_target_and_the_catalog(program: Path, tmp_path: Path) -> None:
    built = boiduong("build", cwd=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    out = tmp_path / "dist/chuong-trinh-thu"
    catalog = json.loads((out / "catalog.json").read_text("utf-8"))
    standards = {package["standard"] for topic in catalog["topics"] for package in topic["packages"]}
    assert standards == {"scorm12", "scorm2004"}
    assert {package["standard"] for package in catalog["packages"]} == {"olx", "web"}
    entries = [p for topic in catalog["topics"] for p in topic["packages"]] + catalog["packages"]
    assert all((out / package["path"]).exists() for package in entries)


def test_build_of_one_topic_makes_its_packages_only(program: Path, tmp_path: Path) -> None:
    boiduong("new", "topic", "Chuyên đề hai", cwd=tmp_path)
    assert boiduong("build", "--topic", "chuyen-de-hai", cwd=tmp_path).returncode == 0
    names = {path.name for path in (tmp_path / "dist").rglob("*.zip")}
    assert names == {"chuyen-de-hai.zip"}


def test_an_unknown_topic_is_wrong_usage(program: Path, tmp_path: Path) -> None:
    told = boiduong("build", "--topic", "khong-co", cwd=tmp_path)
    assert told.returncode == 2
    assert "khong-co" in told.stderr


def test_a_topic_of_a_whole_program_target_is_wrong_usage(program: Path, tmp_path: Path) -> None:
    assert boiduong("build", "--topic", "chuyen-de-mot", "--target", "olx", cwd=tmp_path).returncode == 2


def test_a_fault_keeps_everything_from_being_written(program: Path, tmp_path: Path) -> None:
    topic = program / "01-chuyen-de-mot.md"
    topic.write_text(topic.read_text("utf-8").replace("- [x]", "- [ ]"), "utf-8")
    told = boiduong("build", cwd=tmp_path)
    assert told.returncode == 1
    assert "Q03" in told.stdout
    assert not list((tmp_path / "dist").rglob("*.zip"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("biuld",), "Có phải là «build»?"),
        (("build", "--target", "pdf"), "chọn một trong"),
        (("new", "topic"), "thiếu TÊN"),
        (("check", "--as-of", "32/1/2026"), "không hiểu được"),
        (("check", "--nhanh"), "không hiểu «--nhanh»; gõ --help"),
        (("preview", "--port", "một"), "--port cần một số"),
        (("new", "program", "Bồi", "dưỡng"), '"Bồi dưỡng"'),
        (("new", "topic", "Tổ", "chức"), "đặt trong ngoặc kép"),
        (("check", "chuong-trinh"), "Không có thư mục chương trình"),
        (("check",), "lệnh gõ ở thư mục có content/"),
        ((), "cách dùng"),
    ],
)
def test_wrong_usage_is_told_in_vietnamese(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    told = boiduong(*words, cwd=tmp_path)
    assert told.returncode == 2
    assert says in told.stdout + told.stderr
    assert "usage:" not in told.stderr


def test_help_lists_the_commands_and_ends_well(tmp_path: Path) -> None:
    told = boiduong("--help", cwd=tmp_path)
    assert told.returncode == 0
    assert all(f"boiduong {name}" in told.stdout for name in ("build", "check", "new", "preview"))


def imports_of(*words: str, cwd: Path) -> set[str]:
    """The top-level packages, and our own modules, that one run of the command loads."""
    code = (
        "import sys; from boiduong_vocabulary.command import main\n"
        f"main({list(words)!r})\n"
        "print(' '.join(n for n in sys.modules if '.' not in n or n.startswith('boiduong')), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
    return set(ran.stderr.split("\n")[-2].split())


THIRD_PARTY = {"flask", "sqlalchemy", "duckdb", "ibis", "playwright", "mutagen", "tqdm", "PIL", "tornado", "http"}


def test_build_of_one_target_imports_nothing_it_does_not_use(program: Path, tmp_path: Path) -> None:
    loaded = imports_of("build", "--target", "scorm12", cwd=tmp_path)
    assert not loaded & THIRD_PARTY
    ours = {name for name in loaded if name.startswith("boiduong_packager.targets.")}
    assert not {name for name in ours if "olx" in name or "web" in name or "scorm2004" in name}
    assert "boiduong_packager.preview" not in loaded


def test_a_build_with_nothing_to_do_loads_no_markdown(program: Path, tmp_path: Path) -> None:
    assert boiduong("build", cwd=tmp_path).returncode == 0
    assert "Không có gì đổi" in boiduong("build", cwd=tmp_path).stdout
    loaded = imports_of("build", cwd=tmp_path)
    assert not loaded & {"markdown", "yaml", "latex2mathml", "lxml"}


def test_a_slip_in_the_programs_name_is_answered_with_the_name(program: Path, tmp_path: Path) -> None:
    told = boiduong("check", "chuong-trinh-thuu", cwd=tmp_path)
    assert told.returncode == 2
    assert "Có phải là «chuong-trinh-thu»?" in told.stderr


def test_without_a_self_paced_session_the_author_is_reminded(program: Path, tmp_path: Path) -> None:
    settings = program / "program.toml"
    settings.write_text(settings.read_text("utf-8").replace('"self_paced"', '"hall"'), "utf-8")
    made = boiduong("new", "topic", "Chuyên đề hai", cwd=tmp_path)
    assert made.returncode == 0
    assert "Nhớ thêm «chuyen-de-hai»" in made.stdout


def test_a_place_that_cannot_be_written_is_told_in_vietnamese(program: Path, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", "utf-8")
    told = boiduong("build", "--out", "tep", cwd=tmp_path)
    assert told.returncode == 1
    assert "Không đọc hoặc ghi được" in told.stderr
    assert "Traceback" not in told.stderr
