"""The model of capacity: what follows from what was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.capacity.model import DAY, Demand, Measured, Plan, Prices, bounds, needs, worker_seconds

MEASURED = Measured(
    worker_cpu=0.1, row_cpu=0.0001, server_cpu=0.05, statements=40, wal=10_000, database_bytes=8_000, file_bytes=5_000,
    row_bytes=100, idle_statements=10, claims=100, server_memory=2e8, worker_memory=3e8,
)  # fmt: skip
DEMAND = Demand(DAY, rows=1_000, peak=2, kept_days=10)
PLAN = Plan(busy=0.5, cores=4, connections=10, database_statements=10_000, database_connections=500, database_size=1e12)


def test_a_demand_is_served_by_as_many_cores_as_its_busiest_minute_takes() -> None:
    found = needs(MEASURED, DEMAND, PLAN, Prices())
    assert DEMAND.rate == 2
    assert worker_seconds(MEASURED, DEMAND) == pytest.approx(0.2)
    assert (found.workers, found.servers, found.cells) == (1, 1, 1)
    more = needs(MEASURED, replace(DEMAND, imports_a_day=20 * DAY), PLAN, Prices())
    assert (more.workers, more.servers) == (4, 1), "40 a second, 0.2 s each, half of 4 cores"
    assert more.connections == 5 * PLAN.connections
    assert more.statements == pytest.approx(40 * 40 + 5 * 10)


def test_storage_grows_with_what_is_kept_and_with_the_rows() -> None:
    found = needs(MEASURED, DEMAND, PLAN, Prices())
    assert found.stored_bytes == pytest.approx(DAY * 10 * (5_000 + 100 * 1_000))
    assert found.database_bytes == pytest.approx(DAY * 10 * 8_000)


@pytest.mark.parametrize(
    ("measured", "plan", "expected"),
    [
        (replace(MEASURED, claims=1), PLAN, "claims"),
        (replace(MEASURED, statements=1_000_000), PLAN, "statements"),
        (MEASURED, replace(PLAN, database_connections=20), "connections"),
        (MEASURED, replace(PLAN, database_size=1e9), "size of the database"),
    ],
)
def test_the_part_that_ends_first_is_named_with_when(measured: Measured, plan: Plan, expected: str) -> None:
    found = needs(measured, DEMAND, plan, Prices())
    assert (found.bound, found.bound_at) == (expected, min(bounds(measured, DEMAND, plan).values()))


def test_beyond_its_bound_a_demand_is_shared_out_over_cells_each_of_which_bears_its_part() -> None:
    at = min(bounds(MEASURED, DEMAND, PLAN).values())
    found = needs(MEASURED, replace(DEMAND, imports_a_day=3.5 * at), PLAN, Prices())
    assert found.cells == 4
    part = needs(MEASURED, replace(DEMAND, imports_a_day=3.5 * at / 4), PLAN, Prices())
    assert part.cells == 1


def test_more_costs_more() -> None:
    costs = [needs(MEASURED, replace(DEMAND, imports_a_day=10.0**n), PLAN, Prices()).cost for n in range(3, 10)]
    assert costs == sorted(costs)
    assert costs[-1] > 100 * costs[0]
