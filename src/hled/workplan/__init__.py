"""The charter and the public record of the dialogue as data.

`charter()` is the work plan of 2021, `bundled_record()` what public sources report about it, `load_record`
the validating door for any other file. Data is read on first use. Serves every work-plan line.
"""

from hled.workplan.charter import charter
from hled.workplan.entries import ENTRY_TYPES, entries, from_content, urn
from hled.workplan.errors import Problem, RecordInvalid
from hled.workplan.reading import bundled_record, load_record
from hled.workplan.status import (
    ComputedStatus,
    RecordedStatus,
    computed_status,
    last_reported,
    overdue,
    recorded_status,
    silent_days,
)
from hled.workplan.tables import TABLES, from_csv, to_csv
from hled.workplan.writing import dump_record

__all__ = [
    "ENTRY_TYPES",
    "TABLES",
    "ComputedStatus",
    "Problem",
    "RecordInvalid",
    "RecordedStatus",
    "bundled_record",
    "charter",
    "computed_status",
    "dump_record",
    "entries",
    "from_content",
    "from_csv",
    "last_reported",
    "load_record",
    "overdue",
    "recorded_status",
    "silent_days",
    "to_csv",
    "urn",
]
