"""From imports a day to nodes, load of the database, connections, storage and cost (docs/capacity.md, "The model").

Pure arithmetic over what `measure.py` found and what a reader puts in. All times are seconds, all sizes bytes, all money a month.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

DAY = 86_400
GIGABYTE = 1e9


@dataclass(frozen=True)
class Measured:
    """What one import and one process cost.

    `worker_cpu`, `row_cpu`: processor time of an import in the worker, and of each of its rows. `server_cpu`: in the server.
    `statements`, `wal`, `database_bytes`: of an import in the database. `file_bytes`, `row_bytes`: in the store, of an import and of
    each of its rows. `idle_statements`: a second, of a process that does nothing. `claims`: imports that may be taken a second, by
    all processes together: one chooses at a time. `server_memory`, `worker_memory`: of a server; of a worker process with its import.
    """

    worker_cpu: float
    row_cpu: float
    server_cpu: float
    statements: float
    wal: float
    database_bytes: float
    file_bytes: float
    row_bytes: float
    idle_statements: float
    claims: float
    server_memory: float
    worker_memory: float


@dataclass(frozen=True)
class Demand:
    """What comes. `peak`: the busiest minute over the mean; `kept_days`: for how long imports are kept."""

    imports_a_day: float
    rows: float = 1_000
    peak: float = 4
    kept_days: float = 30

    @property
    def rate(self) -> float:
        """Imports a second in the busiest minute."""
        return self.imports_a_day / DAY * self.peak


@dataclass(frozen=True)
class Plan:
    """How it is run. `busy`: share of the processors that the peak may take. `cores`: of a node. `connections`: to the database,
    of one process. `database_statements`, `database_connections`, `database_size`: what one primary of PostgreSQL bears."""

    busy: float = 0.7
    cores: int = 8
    connections: int = 30
    database_statements: float = 20_000
    database_connections: float = 2_000
    database_size: float = 4e12


@dataclass(frozen=True)
class Prices:
    """A month of a core with its memory, of a node of the database (a primary and a standby), of a gigabyte in the store; and of a
    thousand writes to it. Examples, to be replaced."""

    core: float = 25.0
    database: float = 900.0
    gigabyte: float = 0.023
    thousand_writes: float = 0.005


WRITES_OF_AN_IMPORT = 6
"""Source, and what is kept of the outcome."""


@dataclass(frozen=True)
class Needs:
    """What a demand needs. `cells`: installations side by side, each with a database of its own, so that no bound is met;
    `bound`: which comes first in one, and at how many imports a day."""

    workers: int
    servers: int
    statements: float
    connections: int
    database_bytes: float
    stored_bytes: float
    wal: float
    cells: int
    bound: str
    bound_at: float
    cost: float


def worker_seconds(measured: Measured, demand: Demand) -> float:
    """Processor time of one import in a worker."""
    return measured.worker_cpu + measured.row_cpu * demand.rows


def stored_bytes(measured: Measured, demand: Demand) -> float:
    """What the store holds when as much goes as comes."""
    one = measured.file_bytes + measured.row_bytes * demand.rows
    return demand.imports_a_day * demand.kept_days * one


def bounds(measured: Measured, demand: Demand, plan: Plan) -> dict[str, float]:
    """Imports a day at which each part of one installation comes to its end, for imports as these are.

    Nodes are no bound: there can be more of them. What all of them share is one.
    """
    per_rate = DAY / demand.peak
    seconds = worker_seconds(measured, demand) + measured.server_cpu
    processes_per_rate = seconds / plan.busy / plan.cores
    statements_per_rate = measured.statements + measured.idle_statements * processes_per_rate
    return {
        "claims": measured.claims * plan.busy * per_rate,
        "statements": plan.database_statements * plan.busy / statements_per_rate * per_rate,
        "connections": plan.database_connections / plan.connections / processes_per_rate * per_rate,
        "size of the database": plan.database_size / (measured.database_bytes * demand.kept_days),
    }


def needs(measured: Measured, demand: Demand, plan: Plan, prices: Prices) -> Needs:
    """Everything that a demand needs. At least one server and one worker."""
    found = bounds(measured, demand, plan)
    bound = min(found, key=lambda name: found[name])
    cells = max(1, math.ceil(demand.imports_a_day / found[bound]))
    workers = _nodes(demand.rate * worker_seconds(measured, demand), plan, cells)
    servers = _nodes(demand.rate * measured.server_cpu, plan, cells)
    stored = stored_bytes(measured, demand)
    cost = (
        (workers + servers) * plan.cores * prices.core
        + cells * prices.database
        + stored / GIGABYTE * prices.gigabyte
        + demand.imports_a_day * 30 * WRITES_OF_AN_IMPORT / 1000 * prices.thousand_writes
    )
    return Needs(
        workers=workers,
        servers=servers,
        statements=demand.rate * measured.statements + (workers + servers) * measured.idle_statements,
        connections=(workers + servers) * plan.connections,
        database_bytes=demand.imports_a_day * demand.kept_days * measured.database_bytes,
        stored_bytes=stored,
        wal=demand.rate * measured.wal,
        cells=cells,
        bound=bound,
        bound_at=found[bound],
        cost=cost,
    )


def _nodes(busy_cores: float, plan: Plan, cells: int) -> int:
    """Nodes for so many busy cores: each cell has one of its own at least."""
    return max(cells, math.ceil(busy_cores / plan.busy / plan.cores))
