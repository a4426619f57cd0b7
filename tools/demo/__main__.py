"""`python -m tools.demo OUT_FOLDER`: a believable province, invented to the last name, from its spreadsheets to its
papers. Each command is printed before it is run, so that the demo is a walk to follow."""

import argparse
import sys
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from boiduong_vocabulary.vietnamese import local_day

from tools.demo.serving import furnish
from tools.demo.walking import CADRES, SEED, StrayedError, demo


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=CADRES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--today", type=date.fromisoformat, default=None, help="2026-11-26")
    arguments = parser.parse_args()
    try:
        now_ms = _evening(arguments.today) if arguments.today else time.time_ns() // 1_000_000
        walk = demo(arguments.folder, local_day(now_ms), arguments.people, arguments.seed)
        furnish(walk, now_ms)
    except FileExistsError as there:
        print(f"Đã có sổ ở {there.args[0]}: chọn thư mục khác, hoặc xóa thư mục này.", file=sys.stderr)
        return 1
    except StrayedError as strayed:
        print(f"Lệnh không kết thúc như dự kiến:\n{strayed}", file=sys.stderr)
        return 1
    print(f"\nĐã xong. Mở các giấy tờ mẫu ở {walk.papers}.")
    return 0


def _evening(day: date) -> int:
    """Eight in the evening, Hanoi time, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, 20, tzinfo=timezone(timedelta(hours=7))).timestamp()) * 1000


if __name__ == "__main__":
    sys.exit(main())
