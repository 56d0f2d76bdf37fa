"""A version of headgate that comes after this one, as far as the database notices it: one more migration."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headgate.db.migrate import newest_revision

_migrate = importlib.import_module("headgate.db.migrate")  # the package has a function of that name
_NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{before}", None, None
def upgrade():
    op.create_table("mottos", sa.Column("id", sa.Uuid(), primary_key=True))
    op.add_column("organizations", sa.Column("motto", sa.Text(), nullable=False, server_default="none"))
    op.add_column("imports", sa.Column("mood", sa.String(20), nullable=False, server_default="good"))
    op.create_index("ix_imports_mood", "imports", ["mood"])
    op.execute("UPDATE alembic_version SET oldest = '{oldest}'")
"""


@contextmanager
def later_version(folder: Path, oldest: str) -> Iterator[None]:
    """While it lasts, `migrate` in this process is the later version's. `oldest`: of which revision older code may be."""
    (folder / "versions").mkdir(parents=True)
    known: Path = _migrate.MIGRATIONS
    for path in (known / "env.py", *(known / "versions").glob("[0-9]*.py")):
        (folder / path.relative_to(known)).write_text(path.read_text())
    (folder / "versions" / "9999_next.py").write_text(_NEXT.format(before=newest_revision(), oldest=oldest))
    _migrate.MIGRATIONS = folder  # type: ignore[attr-defined]  # a module as importlib gives it
    try:
        yield
    finally:
        _migrate.MIGRATIONS = known  # type: ignore[attr-defined]  # as above
