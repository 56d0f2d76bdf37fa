"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy offers once for each."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_for(session: Session, table: type[DeclarativeBase]) -> Any:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`, of the session's database."""
    name = session.get_bind().dialect.name
    return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
