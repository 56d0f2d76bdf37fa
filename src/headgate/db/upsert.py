"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy offers once for each."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import DeclarativeBase, Session


def insert_for(session: Session, table: type[DeclarativeBase]) -> Any:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`, of the session's database."""
    return insert_of(session.get_bind().dialect.name, table)


def insert_of(dialect: str, table: type[DeclarativeBase]) -> Any:
    """The same, of the database that speaks `dialect`, for statements that are made once."""
    # Each is loaded where it is used: PostgreSQL's takes longer than it takes to open SQLite's database.
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        return insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert(table)
