"""How quick the dashboard's lists of imports are when there are very many.

    python -m benchmarks.imports --imports 1000000

Imports are generated straight into a SQLite file, with decisions and metadata as large as those of real ones, so that a
row is as expensive to fetch as it is in life. Each question is asked many times, cold caches of SQLite at first; times are
milliseconds as passed: median, 95th percentile, longest.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from headgate.accounts.service import AccountService
from headgate.db import Database, migrate, utc_now
from headgate.imports.listing import Cursor, ImportFilter, ImportListing
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status
from headgate.imports.statistics import ImportStatistics

STATUSES = [Status.SUCCESSFUL] * 93 + [Status.FAILED] * 4 + [Status.NEEDS_REVIEW] * 3
NAMES = ("customers", "orders", "contacts", "stock list", "Umsätze", "leads", "invoices", "prices")
DETAIL = {"columns": [{"index": n, "header": f"Column {n}", "evidence": [{"code": "same_name"}]} for n in range(10)]}
BATCH = 5_000
LIMIT = 50


def generated(
    organization: uuid.UUID, frozen: uuid.UUID, schemas: list[uuid.UUID], count: int
) -> Iterator[dict[str, Any]]:
    """Imports of the last year, oldest first; one schema has as many as all others together."""
    rng = random.Random(7)
    now = utc_now()
    for number in range(count):
        at = now - timedelta(days=365) * (1 - number / count)
        rows = rng.randrange(10, 50_000)
        yield {
            "id": uuid.UUID(int=rng.getrandbits(128), version=4),
            "organization_id": organization,
            "schema_id": schemas[0] if rng.random() < 0.5 else rng.choice(schemas),
            "frozen_schema_id": frozen,
            "status": rng.choice(STATUSES),
            "kind": "file",
            "import_identifier": f"feed-{rng.randrange(200)}",
            "development_mode": rng.random() < 0.02,
            "original_filename": f"{rng.choice(NAMES)}-{number:07}.csv",
            "source_key": "imports/x/source",
            "max_upload_size": 2**30,
            "created_at": at,
            "modified_at": at + timedelta(seconds=4),
            "uploaded_at": at + timedelta(seconds=1),
            "started_at": at + timedelta(seconds=2),
            "finished_at": at + timedelta(seconds=4),
            "has_result": True,
            "counts": {"read": rows, "invalid": rows // 50},
            "rows_read": rows,
            "rows_invalid": rows // 50,
            "result_metadata": DETAIL,
            "decisions": DETAIL,
        }


def fill(database: Database, count: int) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """The organization, and its schemas."""
    organization = AccountService(database).create_organization("Many")
    frozen, schemas = uuid.uuid4(), [uuid.uuid4() for _ in range(40)]
    with database.write_relaxed() as session:
        session.add(FrozenSchema(id=frozen, organization_id=organization, digest="x", document={"fields": []}))
    rows = generated(organization, frozen, schemas, count)
    while batch := list(itertools.islice(rows, BATCH)):
        with database.write_relaxed() as session:
            session.execute(insert(Import), batch)
    return organization, schemas


def questions(organization: uuid.UUID, schemas: list[uuid.UUID], database: Database) -> dict[str, Callable[[], Any]]:
    """Name → one request."""
    listing, statistics = ImportListing(database), ImportStatistics(database)
    now = utc_now()
    middle = Cursor(now - timedelta(days=180), uuid.uuid4())

    def page(after: Cursor | None = None, **wanted: Any) -> Callable[[], Any]:
        return lambda: listing.page(organization, ImportFilter(**wanted), after, LIMIT)

    return {
        "newest": page(),
        "a page from the middle": page(middle),
        "of a status": page(status=Status.FAILED),
        "of a schema, from the middle": page(middle, schema_id=schemas[3]),
        "of an identifier": page(import_identifier="feed-7"),
        "of half a year ago": page(since=now - timedelta(days=200), until=now - timedelta(days=190)),
        "development": page(development_mode=True),
        "status and schema": page(status=Status.NEEDS_REVIEW, schema_id=schemas[5]),
        "status, schema, identifier, from the middle": page(
            middle, status=Status.FAILED, schema_id=schemas[5], import_identifier="feed-9"
        ),
        "search, many": page(search="invoices"),
        "search, none": page(search="no such file"),
        "search, none, from the middle": page(middle, search="no such file"),
        "search, another alphabet's case": page(search="UMSÄTZE"),
        "search, an id": page(search=str(uuid.uuid4())),
        "what changed": lambda: listing.changed(organization, now - timedelta(seconds=10), 200),
        "by day, 30 days": lambda: statistics.days(organization, now - timedelta(days=30)),
        "standing": lambda: statistics.standing(organization),
    }


def measure(ask: Callable[[], Any], repeats: int) -> tuple[float, float, float]:
    """Median, 95th percentile and longest of the times, in milliseconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--imports", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--file", type=Path, help="a database of an earlier run, or where this one shall stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "many.sqlite"
        database = Database(f"sqlite:///{path}")
        migrate(database)
        began = time.perf_counter()
        organization, schemas = fill(database, options.imports)
        size = path.stat().st_size / 1e9
        print(f"{options.imports:,} imports written in {time.perf_counter() - began:.0f} s, {size:.2f} GB\n")
        database.dispose()
        print(f"{'question':45} {'median':>8} {'95th':>8} {'longest':>8}   ms")
        for name, ask in questions(organization, schemas, database).items():
            median, late, longest = measure(ask, options.repeats)
            print(f"{name:45} {median:8.1f} {late:8.1f} {longest:8.1f}")
        database.dispose()


if __name__ == "__main__":
    main()
