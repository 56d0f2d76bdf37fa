"""Whether an XLS workbook has cells with errors such as `#REF!`, by a look at its bytes: the library that tells them reads it all again."""

from __future__ import annotations

import re
from pathlib import Path

_CODES = rb"[\x00\x07\x0f\x17\x1d\x24\x2a\x2b]"
# [MS-XLS] 2.4.24: BoolErr, any length, row, column, format, then the value and whether it is an error.
_CELL = re.compile(rb"(?s)\x05\x02.{8}" + _CODES + rb"\x01")
# [MS-XLS] 2.5.133: the value of a formula, 02 for an error, and FF FF at its end.
_FORMULA = re.compile(rb"(?s)\x02." + _CODES + rb".{3}\xff\xff")


def may_have_errors(path: Path) -> bool:
    """False only for a sound workbook without such a cell."""
    import olefile  # by files of the old format only

    try:
        with olefile.OleFileIO(path, raise_defects=olefile.DEFECT_INCORRECT) as container:
            places = [place for place in container.listdir() if place[-1].lower() in ("workbook", "book")]
            streams = [container.openstream(place).read() for place in places]
    except Exception:  # damaged files make the library raise anything from IndexError to struct.error
        return True
    return not streams or any(_CELL.search(stream) or _FORMULA.search(stream) for stream in streams)
