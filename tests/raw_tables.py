"""The cells of what the readers give, for all tests that compare them."""

from __future__ import annotations

from headgate.engine.table import ROW, RawTable

Cells = list[list[str | None]]


def cells(table: RawTable) -> Cells:
    """All records, after a check that the table is what it says."""
    rows: Cells = []
    numbers: list[int] = []
    for chunk in table.spool.chunks():
        assert chunk.columns == [ROW, *(f"c{i}" for i in range(table.width))]
        numbers.extend(chunk[ROW].to_list())
        rows.extend(list(row) for row in chunk.drop(ROW).iter_rows())
    assert numbers == list(range(table.rows))
    return rows
