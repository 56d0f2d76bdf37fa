"""Processes with their leases, what each of them works on, and the queue of what waits for a worker."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WAITING = sa.text("queued_at IS NOT NULL AND run_node IS NULL")
RUNNING = sa.text("run_node IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "nodes",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nodes"),
    )
    op.create_table(
        "scheduled_sweeps",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("run_node", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_scheduled_sweeps"),
    )
    op.create_table(
        "organization_turns",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("served_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name="fk_organization_turns_organization_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", name="pk_organization_turns"),
    )
    for table in ("imports", "backtests"):
        op.add_column(table, sa.Column("run_node", sa.String(length=80), nullable=True))
        op.add_column(table, sa.Column("run_token", sa.Uuid(), nullable=True))
    op.add_column("imports", sa.Column("queued_at", sa.BigInteger(), nullable=True))
    op.add_column("imports", sa.Column("upload_node", sa.String(length=80), nullable=True))
    op.add_column("imports", sa.Column("outcome", sa.String(length=60), nullable=True))
    op.add_column("imports", sa.Column("outcome_begun", sa.String(length=60), nullable=True))
    op.execute(
        "UPDATE imports SET queued_at = modified_at WHERE status IN ('PENDING', 'RUNNING') "
        "OR (status = 'NEEDS_REVIEW' AND submitted_seq IS NOT NULL)"
    )
    op.create_index(
        "ix_imports_waiting",
        "imports",
        ["organization_id", "queued_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_imports_run_node", "imports", ["run_node"], sqlite_where=RUNNING, postgresql_where=RUNNING)


def downgrade() -> None:
    op.drop_index("ix_imports_run_node", table_name="imports")
    op.drop_index("ix_imports_waiting", table_name="imports")
    for column in ("outcome_begun", "outcome", "upload_node", "queued_at"):
        op.drop_column("imports", column)
    for table in ("backtests", "imports"):
        op.drop_column(table, "run_token")
        op.drop_column(table, "run_node")
    op.drop_table("organization_turns")
    op.drop_table("scheduled_sweeps")
    op.drop_table("nodes")
