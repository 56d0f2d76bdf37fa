"""What lists of imports search, sort and sum by, when an import passed each step, and settings of organizations."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (
    ("uploaded_at", sa.BigInteger()),
    ("started_at", sa.BigInteger()),
    ("review_at", sa.BigInteger()),
    ("rerun_of", sa.Uuid()),
    ("rows_read", sa.BigInteger()),
    ("rows_invalid", sa.BigInteger()),
)
LOOK_THROUGH = [
    "organization_id",
    "created_at",
    "id",
    "status",
    "schema_id",
    "import_identifier",
    "development_mode",
    "original_filename",
    "rows_read",
    "rows_invalid",
]
INDEXES = {
    "ix_imports_look_through": LOOK_THROUGH,
    "ix_imports_organization_id_status_created_at_id": ["organization_id", "status", "created_at", "id"],
    "ix_imports_organization_id_schema_id_created_at_id": ["organization_id", "schema_id", "created_at", "id"],
    "ix_imports_import_identifier_created_at_id": ["organization_id", "import_identifier", "created_at", "id"],
    "ix_imports_organization_id_modified_at": ["organization_id", "modified_at"],
}
FORMER = {
    "ix_imports_organization_id_created_at_id": ["organization_id", "created_at", "id"],
    "ix_imports_organization_id_status_created_at": ["organization_id", "status", "created_at"],
}
FROM_JSON = {
    "sqlite": (
        "UPDATE imports SET rows_read = json_extract(counts, '$.read'), rows_invalid = json_extract(counts, '$.invalid') "
        "WHERE counts IS NOT NULL"
    ),
    "postgresql": (
        "UPDATE imports SET rows_read = (counts::json->>'read')::bigint, "
        "rows_invalid = (counts::json->>'invalid')::bigint WHERE counts IS NOT NULL"
    ),
}


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("imports", sa.Column(name, kind, nullable=True))
    op.add_column("imports", sa.Column("development_mode", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(FROM_JSON[op.get_bind().dialect.name])
    _mark_development()
    for name in FORMER:
        op.drop_index(name, "imports")
    for name, columns in INDEXES.items():
        op.create_index(name, "imports", columns, unique=False)
    op.create_table(
        "organization_settings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name="fk_organization_settings_organization_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", name="pk_organization_settings"),
    )


def downgrade() -> None:
    op.drop_table("organization_settings")
    for name in INDEXES:
        op.drop_index(name, "imports")
    for name, columns in FORMER.items():
        op.create_index(name, "imports", columns, unique=False)
    for name in ("development_mode", *(name for name, _ in COLUMNS)):
        op.drop_column("imports", name)


def _mark_development() -> None:
    """Read here and not by the database: a schema's texts may hold \\u0000, over which PostgreSQL's JSON functions stumble."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text("SELECT id, document FROM frozen_schemas WHERE document LIKE '%developmentMode%'")
    )
    for frozen_id, document in found.all():
        if (json.loads(document).get("settings") or {}).get("developmentMode") is True:
            connection.execute(
                sa.text("UPDATE imports SET development_mode = :yes WHERE frozen_schema_id = :id"),
                {"yes": True, "id": frozen_id},
            )
