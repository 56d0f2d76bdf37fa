"""`python -m benchmarks.capacity`: measure, then say what demands of all sizes need.

`--load FILE` takes what an earlier measurement kept with `--save FILE`, so that other demands and prices cost nothing.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from benchmarks.capacity.model import Demand, Measured, Plan, Prices, bounds, needs, worker_seconds

DEMANDS = (1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9)
COLUMNS = (
    "imports/day", "peak/s", "cells", "workers", "servers", "statements/s", "connections", "database", "store", "WAL/s", "cost/month",
)  # fmt: skip
Given = TypeVar("Given", Demand, Plan, Prices)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    console = Console()
    if arguments.load:
        measured = Measured(**json.loads(Path(arguments.load).read_text(encoding="utf-8")))
    else:
        from benchmarks.capacity.measure import measure  # needs PostgreSQL, which the model does not

        measured, bulks = measure(arguments.imports, arguments.large_imports, 100, arguments.large_rows)
        for bulk in bulks:
            console.print(
                f"{bulk.imports} imports of {bulk.rows:,} rows: {bulk.cost.wall:.1f} s; with one worker process "
                f"{bulk.imports / bulk.cost.wall:.1f} imports/s, {bulk.imports * bulk.rows / bulk.cost.wall:,.0f} rows/s."
            )
    if arguments.save:
        Path(arguments.save).write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")
    console.print(_measured_table(measured))
    plan, prices = _given(Plan, arguments), _given(Prices, arguments)
    demand = Demand(1, arguments.rows, arguments.peak, arguments.kept_days)
    console.print(_bounds_table(measured, demand, plan))
    console.print(_needs_table(measured, demand, plan, prices))


def _measured_table(measured: Measured) -> Table:
    table = Table("what one costs", "", title="Measured", title_justify="left")
    for name, text in (
        ("processor, worker", f"{measured.worker_cpu * 1000:.1f} ms an import + {measured.row_cpu * 1e6:.2f} µs a row"),
        ("processor, server", f"{measured.server_cpu * 1000:.1f} ms an import"),
        ("database", f"{measured.statements:.0f} statements, {measured.wal:,.0f} bytes of WAL, {measured.database_bytes:,.0f} bytes kept"),
        ("store", f"{measured.file_bytes:,.0f} bytes an import + {measured.row_bytes:.0f} a row"),
        ("an idle process", f"{measured.idle_statements:.1f} statements a second"),
        ("claims", f"{measured.claims:,.0f} imports a second may be taken, over all processes"),
        ("memory", f"server {measured.server_memory / 1e6:,.0f} MB, worker with one worker process {measured.worker_memory / 1e6:,.0f} MB"),
    ):  # fmt: skip
        table.add_row(name, text)
    return table


def _bounds_table(measured: Measured, demand: Demand, plan: Plan) -> Table:
    title = f"What ends first in one installation, for imports of {demand.rows:,.0f} rows, a peak of {demand.peak:g} times the mean"
    table = Table("bound", "imports a day", title=title, title_justify="left")
    found = bounds(measured, demand, plan)
    for name in sorted(found, key=lambda name: found[name]):
        table.add_row(name, f"{found[name]:,.0f}")
    return table


def _needs_table(measured: Measured, demand: Demand, plan: Plan, prices: Prices) -> Table:
    seconds = worker_seconds(measured, demand)
    title = (
        f"Nodes of {plan.cores} cores, kept for {demand.kept_days:g} days ({seconds * 1000:.0f} ms of a worker each)"
    )
    table = Table(title=title, title_justify="left")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for imports in DEMANDS:
        one = Demand(imports, demand.rows, demand.peak, demand.kept_days)
        found = needs(measured, one, plan, prices)
        table.add_row(
            f"{imports:,.0f}", f"{one.rate:,.1f}", f"{found.cells:,}", f"{found.workers:,}", f"{found.servers:,}",
            f"{found.statements:,.0f}", f"{found.connections:,}", _size(found.database_bytes), _size(found.stored_bytes),
            _size(found.wal), f"{found.cost:,.0f}",
        )  # fmt: skip
    return table


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:,.0f} PB"


def _given(kind: type[Given], arguments: argparse.Namespace) -> Given:
    return kind(**{field.name: getattr(arguments, field.name) for field in fields(kind)})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--imports", type=int, default=150, help="small imports to measure with")
    parser.add_argument("--large-imports", type=int, default=4, help="large imports to measure with")
    parser.add_argument("--large-rows", type=int, default=100_000, help="rows of a large one")
    parser.add_argument("--save", help="keep what was measured, as JSON")
    parser.add_argument("--load", help="measure nothing, take what was kept")
    parser.add_argument("--rows", type=float, default=Demand.rows, help="rows of an import")
    parser.add_argument("--peak", type=float, default=Demand.peak, help="the busiest minute over the mean")
    parser.add_argument("--kept-days", type=float, default=Demand.kept_days, help="days for which imports are kept")
    for kind in (Plan, Prices):
        for field in fields(kind):
            default = getattr(kind, field.name)
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(default), default=default)
    return parser.parse_args()


if __name__ == "__main__":
    main()
