"""Versions of schemas (those that exist get version 1), and back-tests."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schema_versions",
        sa.Column("schema_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("author_kind", sa.String(length=10), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("hooks", sa.Text(), nullable=False),
        _owner("schema_versions", "schema_id", "schemas"),
        _owner("schema_versions", "organization_id", "organizations"),
        sa.PrimaryKeyConstraint("schema_id", "version", name="pk_schema_versions"),
    )
    op.create_index("ix_schema_versions_organization_id", "schema_versions", ["organization_id"], unique=False)
    op.execute(
        "INSERT INTO schema_versions (schema_id, version, organization_id, created_at, name, fields, settings, hooks) "
        "SELECT id, 1, organization_id, modified_at, name, fields, settings, hooks FROM schemas"
    )
    op.create_table(
        "backtests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("schema_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("import_identifier", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("author_kind", sa.String(length=10), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        _owner("backtests", "organization_id", "organizations"),
        _owner("backtests", "schema_id", "schemas"),
        sa.PrimaryKeyConstraint("id", name="pk_backtests"),
    )
    op.create_index("ix_backtests_organization_id", "backtests", ["organization_id"], unique=False)
    op.create_index("ix_backtests_schema_id_created_at", "backtests", ["schema_id", "created_at"], unique=False)
    op.create_index("ix_backtests_state_ended_at", "backtests", ["state", "ended_at"], unique=False)
    op.create_table(
        "backtest_imports",
        sa.Column("backtest_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("original_filename", sa.Text(), nullable=True),
        sa.Column("import_created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("overview", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        _owner("backtest_imports", "backtest_id", "backtests"),
        _owner("backtest_imports", "organization_id", "organizations"),
        _owner("backtest_imports", "import_id", "imports"),
        sa.PrimaryKeyConstraint("backtest_id", "position", name="pk_backtest_imports"),
    )
    op.create_index("ix_backtest_imports_organization_id", "backtest_imports", ["organization_id"], unique=False)
    op.create_index("ix_backtest_imports_import_id", "backtest_imports", ["import_id"], unique=False)


def downgrade() -> None:
    op.drop_table("backtest_imports")
    op.drop_table("backtests")
    op.drop_table("schema_versions")


def _owner(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
