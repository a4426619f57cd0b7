"""A person whose bodies are erased leaves the day files too."""

from collections.abc import Collection
from datetime import date

import numpy as np
import pyarrow as pa
from boiduong_records.beats import DayFile, day_changes, days, enter_days
from boiduong_records.decision import Decision
from boiduong_records.registers import seal_registers
from sqlalchemy import Connection

from boiduong_exporter.study.archive import Archive


def forget(connection: Connection, archive: Archive, cadres: Collection[int], seq: int, by: Decision) -> list[date]:
    """Write the days in which these cadres have spans anew without them, as of entry `seq`; the days.

    Raises StudyError where a day's file is damaged.
    """
    files: dict[date, DayFile | None] = {}
    for day, file in days(connection).items():
        spans = archive.read(day, file.digest)
        theirs = np.isin(spans["learner"].to_numpy(), list(cadres))
        if theirs.any():
            left = spans.filter(pa.array(~theirs))
            files[day] = DayFile(archive.write(day, left), left.num_rows) if left.num_rows else None
    if files:
        enter_days(connection, day_changes(connection, files), seq)
        seal_registers(connection, seq, by)
    return sorted(files)
