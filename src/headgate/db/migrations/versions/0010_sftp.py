"""SFTP connectors: credentials, connectors, runs, the files that were taken; and where an import came from."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sftp_credentials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hostname", sa.String(length=255), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("auth_type", sa.String(length=10), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("key_fingerprint", sa.String(length=80), nullable=True),
        sa.Column("host_key", sa.Text(), nullable=True),
        sa.Column("offered_host_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        _reference("sftp_credentials", "organization_id", "organizations", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sftp_credentials"),
    )
    op.create_index("ix_sftp_credentials_organization_id", "sftp_credentials", ["organization_id"])
    op.create_table(
        "sftp_connectors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("credentials_id", sa.Uuid(), nullable=False),
        sa.Column("schema_id", sa.Uuid(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("directory", sa.Text(), nullable=False),
        sa.Column("file_regex", sa.Text(), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("next_run_at", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        _reference("sftp_connectors", "organization_id", "organizations", "CASCADE"),
        _reference("sftp_connectors", "credentials_id", "sftp_credentials", None),
        sa.PrimaryKeyConstraint("id", name="pk_sftp_connectors"),
    )
    op.create_index("ix_sftp_connectors_organization_id", "sftp_connectors", ["organization_id"])
    op.create_index("ix_sftp_connectors_credentials_id", "sftp_connectors", ["credentials_id"])
    op.create_index("ix_sftp_connectors_enabled_next_run_at", "sftp_connectors", ["enabled", "next_run_at"])
    _create_runs()
    _create_files()
    op.add_column("imports", sa.Column("origin", sa.Text(), nullable=True))


def _create_runs() -> None:
    op.create_table(
        "sftp_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("connector_id", sa.Uuid(), nullable=False),
        sa.Column("trigger", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        _reference("sftp_runs", "organization_id", "organizations", "CASCADE"),
        _reference("sftp_runs", "connector_id", "sftp_connectors", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sftp_runs"),
    )
    op.create_index("ix_sftp_runs_organization_id", "sftp_runs", ["organization_id"])
    op.create_index("ix_sftp_runs_connector_id_created_at_id", "sftp_runs", ["connector_id", "created_at", "id"])
    op.create_index("ix_sftp_runs_state_lease_until", "sftp_runs", ["state", "lease_until"])


def _create_files() -> None:
    op.create_table(
        "sftp_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("connector_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _reference("sftp_files", "organization_id", "organizations", "CASCADE"),
        _reference("sftp_files", "connector_id", "sftp_connectors", "CASCADE"),
        _reference("sftp_files", "import_id", "imports", "SET NULL"),
        _reference("sftp_files", "run_id", "sftp_runs", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_sftp_files"),
    )
    op.create_index("ix_sftp_files_organization_id", "sftp_files", ["organization_id"])
    op.create_index("uq_sftp_files_connector_id_version", "sftp_files", ["connector_id", "version"], unique=True)
    op.create_index("ix_sftp_files_import_id", "sftp_files", ["import_id"])
    op.create_index("ix_sftp_files_run_id", "sftp_files", ["run_id"])


def downgrade() -> None:
    op.drop_column("imports", "origin")
    for table in ("sftp_files", "sftp_runs", "sftp_connectors", "sftp_credentials"):
        op.drop_table(table)


def _reference(table: str, column: str, other: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)
