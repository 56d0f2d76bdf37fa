"""Working chunks on their way out: each is checked, and its rows that may leave are written.

While one chunk is checked, the next is typed and those before it are written, so that no processor waits for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import polars as pl

from headgate.engine.behind import Behind
from headgate.engine.checking import Checks
from headgate.engine.decisions import Decisions
from headgate.engine.delivery import Delivery
from headgate.engine.late_table import LateTable
from headgate.engine.output import JsonWriter, ResultTableWriter
from headgate.engine.parallel import chunks_ahead
from headgate.engine.request import RowWitness


def write_rows(
    chunks: Iterator[pl.DataFrame],
    checks: Checks,
    delivery: Delivery,
    table: ResultTableWriter | LateTable,
    document: JsonWriter | None,
    decisions: Decisions,
    witness: RowWitness | None,
    progress: Callable[[], None],
) -> int:
    """Check the chunks and write the rows that go out; gives how many rows have an error. `progress` is called after each
    chunk; the times that it takes go into `decisions`."""

    def write(chunk: pl.DataFrame) -> int:
        with decisions.timed("validators"):
            invalid = checks.check(chunk)
        if witness is not None:
            witness.take(chunk, delivery, invalid)
        with decisions.timed("output"):
            out = delivery.rows(chunk, invalid)
            for writer in writers:
                writer.take(out, out.height)
            if isinstance(table, LateTable):
                table.note(invalid, out.height)
        progress()
        return int(invalid.sum())

    with ExitStack() as threads:
        writing = [one.write for one in (table, document) if isinstance(one, ResultTableWriter | JsonWriter)]
        writers = [threads.enter_context(Behind(write)) for write in writing]
        # Nothing here has a name for a chunk: what has one is still there while the next is waited for.
        return sum(map(write, chunks_ahead(chunks)))
