"""How quick a review is with many rows: a generated table is built, opened, looked at and edited.

    python -m benchmarks.review --rows 1000000 --columns 50

Times are in milliseconds, as passed and as spent on processors (all threads). Memory is that of a process of its own, which
opens the table and does everything but the building: the highest while it worked, without the pages of mapped files, which
the kernel takes back at need and which the service's own limit does not count either.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import psutil

from headgate.engine.hooked_table import HookedSlot
from headgate.engine.messages import Texts
from headgate.engine.review.changes import Editor
from headgate.engine.review.delta import PackedDelta
from headgate.engine.review.fixes import Fixer
from headgate.engine.review.grid import Grid
from headgate.engine.review.groups import GroupBook
from headgate.engine.review.log import LogEntry, Prepared
from headgate.engine.review.table import ReviewTable
from headgate.engine.table import ROW, cell_column, rows_per_chunk
from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.registry import build_type
from headgate.engine.working import EXTRA, INDEX, slots_for
from headgate.schema import Schema, parse_schema_document

STAGES = ("open", "demo", "proposal", "closed")


def schema(columns: int) -> Schema:
    """An id, then texts, numbers, dates, selects and mails by turns."""
    fields: list[dict[str, Any]] = [{"label": "Id", "key": "c0", "validators": [{"validate": "unique"}]}]
    kinds: list[Any] = ["string", "number", "date", "select", "email"]
    for number in range(1, columns):
        kind = kinds[number % 5]
        entry = {"label": f"Column {number}", "key": f"c{number}", "type": kind}
        if kind == "select":
            entry["selectOptions"] = [{"label": one.title(), "value": one} for one in STAGES]
        fields.append(entry)
    return parse_schema_document({"fields": fields})


def raw_column(number: int, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.Series:
    """The texts of a column; one cell in a hundred is bad."""
    numbers = pl.DataFrame({"n": rows})
    n = pl.col("n")
    kinds = {
        0: pl.format("row {} of col " + str(number), n % 9973),
        1: ((n * 7919 + number) % 1_000_003).cast(pl.String),
        2: pl.format(
            "2024-{}-{}", (n % 12 + 1).cast(pl.String).str.zfill(2), (n % 28 + 1).cast(pl.String).str.zfill(2)
        ),
        3: (n % 4).replace_strict(dict(enumerate(STAGES)), return_dtype=pl.String),
        4: pl.format("user{}@example.com", n % 50_021),
    }
    text = pl.format("id-{}", n) if number == 0 else kinds[number % 5]
    bad = (n * 31 + number) % 100 == 0
    return numbers.select(pl.when(bad & (number % 5 != 0)).then(pl.lit("bad?")).otherwise(text)).to_series()


def slots(schema: Schema) -> tuple[list[HookedSlot], dict[str, FieldType]]:
    """The slots of the columns, read by plain rules."""
    types = {field.key: build_type(field, TypeContext()) for field in schema.fields}
    found = slots_for(schema.fields, {field.key: [number] for number, field in enumerate(schema.fields)})
    return [
        HookedSlot(slot, types[slot.field.key], types[slot.field.key].reader(), types[slot.field.key].reader())
        for slot in found
    ], types


def chunks(hooked: list[HookedSlot], rows: int) -> Iterator[pl.DataFrame]:
    """Working chunks, as typing makes them."""
    size = rows_per_chunk(len(hooked))
    for start in range(0, rows, size):
        numbers = np.arange(start, min(rows, start + size))
        columns = [
            pl.Series(ROW, numbers + 1, dtype=pl.UInt32),
            pl.Series(INDEX, numbers, dtype=pl.UInt32),
            pl.Series(EXTRA, [False]).new_from_index(0, len(numbers)),
        ]
        for number, one in enumerate(hooked):
            text = raw_column(number, numbers).alias(cell_column(number))
            reading = one.reader.read_column(text)
            columns += [
                text.alias(one.slot.text),
                reading.value.alias(one.slot.value),
                reading.code.alias(one.slot.code),
            ]
        yield pl.DataFrame(columns)


class Watch:
    """Looks at this process's memory all the time, and keeps the highest since it was last asked."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._highest = 0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            self._look()
            time.sleep(0.02)

    def _look(self) -> None:
        found = self._process.memory_info()
        self._highest = max(self._highest, found.rss - found.shared)

    def highest(self) -> int:
        """Bytes."""
        self._look()
        highest, self._highest = self._highest, 0
        return highest


def measured(name: str, work: Callable[[], Any], watch: Watch | None = None) -> Any:
    """Do it, and say how long it took and how much memory it needed."""
    start, busy = time.perf_counter(), time.process_time()
    result = work()
    took, busy = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    memory = "" if watch is None else f"   up to {watch.highest() / 1e6:>6,.0f} MB"
    print(f"{name:<40}{took:>10,.1f} ms  {busy:>10,.1f} ms of CPU{memory}", flush=True)
    return result


def measure(directory: Path, columns: int, rows: int) -> None:
    """Everything but the building."""
    of = schema(columns)
    hooked, types = slots(of)
    watch = Watch()

    def timed(name: str, work: Callable[[], Any]) -> Any:
        return measured(name, work, watch)

    timed("(nothing yet)", lambda: None)
    table = timed("open", lambda: ReviewTable.open(directory, hooked, of.fields, types, fingerprint="bench"))
    grid = Grid(table, [f"Column {n}" for n in range(columns)], of.settings, Texts("en"))
    editor = Editor(grid, of.settings)
    fixer = Fixer(table, {field.key: field for field in of.fields})
    book = GroupBook(table, fixer, {}, lambda entry: str(entry["code"]), lambda group: group.code)
    seq, made = [table.seq], list[Prepared]()

    def change(**body: Any) -> Prepared:
        prepared = editor.prepare(body)
        seq[0] += 1
        timed("   … of that: apply", lambda: table.apply(PackedDelta(prepared.delta or b""), seq[0]))
        made.append(prepared)
        return prepared

    def take_back() -> None:
        last = LogEntry(seq[0], made[-1].kind, "", "", datetime.now(UTC), delta=made[-1].delta)
        seq[0] += 1
        table.apply(PackedDelta(editor.prepare_undo(last, "undo").delta or b""), seq[0])

    timed("columns and summary", lambda: (grid.columns(), grid.summary()))
    timed("error groups, the first time", book.groups)
    timed("error groups", book.groups)
    timed("first page (100 rows)", lambda: grid.rows({"limit": 100}))
    timed("page in the middle", lambda: grid.rows({"offset": rows // 2, "limit": 100}))
    timed("page at the end", lambda: grid.rows({"offset": rows - 100, "limit": 100}))
    middle = int(table.ids(table.visible[rows // 2 : rows // 2 + 1])[0])
    edit = {"row": middle, "column": "c0", "text": "id-5"}
    timed("edit that repeats a unique value", lambda: change(kind="set_cells", cells=[edit]))
    timed("edit that frees it again", lambda: change(kind="set_cells", cells=[{**edit, "text": f"id-{rows // 2}"}]))
    timed("edit of a number", lambda: change(kind="set_cells", cells=[{**edit, "column": "c1", "text": "77"}]))
    timed("error groups after an edit", book.groups)
    timed("next error", lambda: grid.seek({"view": {}, "position": rows // 3, "column": "c1"}))
    sort = [{"column": "c1"}]
    timed("sort by number, first page", lambda: grid.rows({"view": {"sort": sort}}))
    timed("sorted, page in the middle", lambda: grid.rows({"view": {"sort": sort}, "offset": rows // 2}))
    timed("sorted, another page", lambda: grid.rows({"view": {"sort": sort}, "offset": rows // 3}))
    timed("sort by text", lambda: grid.rows({"view": {"sort": [{"column": "c5", "descending": True}]}}))
    timed("filter: only errors", lambda: grid.rows({"view": {"only": "errors"}}))
    contains = [{"column": "c4", "contains": "user123"}]
    timed("filter: contains", lambda: grid.rows({"view": {"filters": contains}}))
    timed("search in all columns", lambda: grid.rows({"view": {"search": "user12345"}}))
    timed("group of errors", lambda: grid.rows({"view": {"group": "c1|error|not_a_number"}}))
    timed("distinct values", lambda: grid.distinct({"column": "c3"}))
    view = {"filters": [{"column": "c3", "values": ["Demo"]}]}
    count = min(100_000, rows // 4)
    fill = {"view": view, "first": 0, "last": count, "columns": ["c3"]}
    timed(f"fill {count:,} cells", lambda: change(kind="fill", range=fill))
    timed("clear the same", lambda: change(kind="clear", range={**fill, "columns": ["c4"]}))
    timed("replace in a whole column", lambda: change(kind="replace", find="row", replace="line", columns=["c5"]))
    timed("replace in the unique column", lambda: change(kind="replace", find="id-", replace="no-", columns=["c0"]))
    timed("take that back", take_back)
    timed("delete 1,000 rows", lambda: change(kind="delete_rows", range={**fill, "view": {}, "last": 999}))
    timed("add a row", lambda: change(kind="add_rows", after=middle))
    timed("close", table.close)
    again = timed("open again", lambda: ReviewTable.open(directory, hooked, of.fields, types, fingerprint="bench"))
    again.close()


def main() -> None:
    """Build a table, then measure it in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=50)
    parser.add_argument("--directory", type=Path, help="where to build the table (default: a temporary directory)")
    options = parser.parse_args()
    directory = options.directory or Path(tempfile.mkdtemp(prefix="headgate-review-"))
    try:
        of = schema(options.columns)
        hooked, types = slots(of)
        made = chunks(hooked, options.rows)
        measured(
            "generate, type and build",
            lambda: ReviewTable.build(directory, made, hooked, of.fields, types, fingerprint="bench").close(),
        )
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=measure, args=(directory, options.columns, options.rows))
        process.start()
        process.join()
    finally:
        if options.directory is None:
            shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
