"""Whether a file is a workbook, as far as its first bytes tell: so that what reads it is started before anything else is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OLE_MAGIC, _ZIP_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_NAME_AT = 30
_NAMES = (b"[Content_Types].xml", b"mimetype", b"xl/", b"_rels/", b"docProps/")
"""What the first member of a workbook's archive is called, or begins with. Where it does not, nothing but time is lost."""


def looks_like_workbook(source: Path) -> bool:
    """Whether the first bytes of a file are those of most workbooks. False for one that cannot be read."""
    try:
        with source.open("rb") as file:
            head = file.read(64)
    except OSError:
        return False
    return head.startswith(_OLE_MAGIC) or (head.startswith(_ZIP_MAGIC) and head[_NAME_AT:].startswith(_NAMES))


@contextmanager
def reader_ahead(source: Path) -> Iterator[None]:
    """For the time of an import of `source`: if that looks like a workbook, what reads it is started now, and stays."""
    if not looks_like_workbook(source):
        yield
        return
    # Here, because other files do without the libraries that this needs.
    from headgate.engine.read.workbook_server import readers_kept

    with readers_kept():
        yield
