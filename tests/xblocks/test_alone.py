"""The blocks stand on XBlock and web-fragments alone: where Django and mako cannot be imported, all of them work."""

import subprocess
import sys

import pytest

ALONE = """
import sys
sys.modules |= {"django": None, "mako": None}  # whoever imports them fails

from tests.xblocks.runtime import STAFF, Runtime

block, handler = sys.argv[1:]
lan = Runtime()
usage = lan.parse(f'<{block} url_name="b" topic_id="t" section_id="s" edition="1" session_id="buoi-1"/>')
staff = lan.of(STAFF)
for person in (lan, staff):
    for view in ("student_view", "author_view", "studio_view"):
        assert "boiduong" in person.view(usage, view).content, view
assert staff.get_block(usage).validate().empty
assert staff.post(usage, "submit_studio_edits", {"values": {"display_name": "Khối"}, "defaults": []})[0] == 200
print(lan.post(usage, handler, {}))
"""


@pytest.mark.parametrize(
    ("block", "handler", "said"),
    [
        ("boiduong_attendance", "state", "'asks': ''"),
        ("boiduong_days", "days", "'result': ''"),
        ("boiduong_study_clock", "open", "'signature': "),
    ],
)
def test_a_block_works_where_there_is_neither_django_nor_mako(block: str, handler: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", ALONE, block, handler], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(200, ")
    assert said in done.stdout
