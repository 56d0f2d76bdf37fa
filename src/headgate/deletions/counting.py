"""How many rows go with one: whatever the database removes by itself, because it refers to it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Table, func, select
from sqlalchemy.orm import Session

from headgate.db import Base

CASCADE = "CASCADE"


def rows_with(session: Session, table: str, row_id: uuid.UUID) -> dict[str, int]:
    """Table → rows that go when the row of `table` with this id is deleted, itself among them. A row that several ways lead to counts
    once; tables without any are left out."""
    root = Base.metadata.tables[table]
    conditions: dict[Table, list[ColumnElement[bool]]] = {root: [root.c.id == row_id]}
    for child, reference in _references(root):
        parent = reference.column.table
        for condition in conditions.get(parent, []):
            found = select(reference.column).where(condition)
            conditions.setdefault(child, []).append(reference.parent.in_(found))
    counted: Counter[str] = Counter()
    for found_in, ways in conditions.items():
        either: Any = ways[0]
        for way in ways[1:]:
            either = either | way
        counted[found_in.name] = session.scalar(select(func.count()).select_from(found_in).where(either)) or 0
    return {name: count for name, count in counted.items() if count}


def _references(root: Table) -> Iterator[tuple[Table, ForeignKey]]:
    """Every cascading reference that leads to `root`, those nearer to it first (tables are sorted by what they need)."""
    reached = {root}
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            if key.ondelete == CASCADE and key.column.table in reached and table is not root:
                reached.add(table)
                yield table, key
