"""What is asked of the process that reads a workbook, by the process that starts it."""

from __future__ import annotations

import json
from dataclasses import asdict

from headgate.engine.read.options import ReadLimits
from headgate.records import dataclass

OUT_OF_MEMORY = 71
"""The code with which the process ends when its memory is not enough."""


@dataclass(frozen=True)
class Request:
    """What the parent asks for. `format` is xlsx, xlsb, xls or ods, and the path ends so: the library goes by it.

    `check_first`: nothing of the file goes to the library before all of it was checked.
    """

    path: str
    format: str
    directory: str
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
