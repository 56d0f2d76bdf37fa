"""Receipts of deletions, retention by part and schema, keys of encrypted files, and which import taught a match."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PARTS = ("source", "result", "review", "console")
LOGS = ("delivery", "audit")


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("objects", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("completed_at", sa.BigInteger(), nullable=True),
        sa.Column("signature", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deletions"),
    )
    op.create_index(
        "ix_deletions_organization_id_requested_at_id", "deletions", ["organization_id", "requested_at", "id"]
    )
    op.create_index("ix_deletions_object_id", "deletions", ["object_id"])
    unfinished = sa.text("completed_at IS NULL")
    op.create_index(
        "ix_deletions_unfinished", "deletions", ["requested_at"], sqlite_where=unfinished, postgresql_where=unfinished
    )
    op.create_table(
        "schema_retention",
        sa.Column("schema_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        *(sa.Column(f"{part}_retention_days", sa.Integer(), nullable=True) for part in PARTS),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schema_id"], ["schemas.id"], name="fk_schema_retention_schema_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_schema_retention_organization_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("schema_id", name="pk_schema_retention"),
    )
    op.create_index("ix_schema_retention_organization_id", "schema_retention", ["organization_id"])
    op.create_table(
        "import_keys",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("wrapping_key", sa.String(length=16), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", name="pk_import_keys"),
    )
    op.create_index("ix_import_keys_wrapping_key", "import_keys", ["wrapping_key"])
    for name in (*PARTS, *LOGS):
        op.add_column("organization_settings", sa.Column(f"{name}_retention_days", sa.Integer(), nullable=True))
    for part in PARTS:
        column, there = f"{part}_deleted_at", sa.text(f"{part}_deleted_at IS NULL")
        op.add_column("imports", sa.Column(column, sa.BigInteger(), nullable=True))
        op.create_index(
            f"ix_imports_{part}_there",
            "imports",
            ["organization_id", "created_at"],
            sqlite_where=there,
            postgresql_where=there,
        )
    op.add_column("learned_matches", sa.Column("taught_by", sa.Uuid(), nullable=True))
    op.create_index("ix_learned_matches_taught_by", "learned_matches", ["taught_by"])


def downgrade() -> None:
    op.drop_index("ix_learned_matches_taught_by", "learned_matches")
    op.drop_column("learned_matches", "taught_by")
    for part in PARTS:
        op.drop_index(f"ix_imports_{part}_there", "imports")
        op.drop_column("imports", f"{part}_deleted_at")
    for name in (*PARTS, *LOGS):
        op.drop_column("organization_settings", f"{name}_retention_days")
    op.drop_table("import_keys")
    op.drop_table("schema_retention")
    op.drop_table("deletions")
