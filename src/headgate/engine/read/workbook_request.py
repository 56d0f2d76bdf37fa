"""What is asked of the processes that read workbooks, by the process that starts them."""

from __future__ import annotations

import json
from dataclasses import asdict

from headgate.engine.read.options import ReadLimits
from headgate.records import dataclass

OUT_OF_MEMORY = 71
"""The code with which a reader ends when its memory is not enough."""


@dataclass(frozen=True)
class Request:
    """What a reader is asked for. `format` is xlsx, xlsb, xls or ods, and the path ends so: the library goes by it.

    `check_first`: nothing of the file goes to the library before all of it was checked.
    """

    path: str
    format: str
    sheet: str | int | None
    choose: bool
    limits: ReadLimits
    cell_kinds: bool = False
    check_first: bool = False

    def to_line(self) -> str:
        """The JSON line."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def of_line(cls, line: str) -> Request:
        """The request that a line holds."""
        values = json.loads(line)
        return cls(**{**values, "limits": ReadLimits(**values["limits"])})
