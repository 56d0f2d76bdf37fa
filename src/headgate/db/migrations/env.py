"""Alembic's entry: runs on the connection that `headgate.db.migrate` opened, inside its transaction."""

from alembic import context

from headgate.db.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
