"""A hidden folder for what is being written: gone with the block, or swept away by the next where a kill left it."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".boiduong-dang-ghi-"
_LEFT_SECONDS = 24 * 3600
"""No backup or restore takes a day."""


@contextmanager
def scratch_in(folder: Path) -> Iterator[Path]:
    """On the same disk as `folder`, so that what is finished there only has to take its name."""
    for left in folder.glob(f"{_PREFIX}*"):
        if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=folder, ignore_cleanup_errors=True) as made:
        yield Path(made)
