"""The log of changes of reviews, and which entry of it submitted an import."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_changes",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("change_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("delta", sa.LargeBinary(), nullable=True),
        sa.Column("delta_key", sa.String(length=255), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_review_changes_import_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_review_changes_organization_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "seq", name="pk_review_changes"),
    )
    op.create_index("uq_review_changes_import_id_change_id", "review_changes", ["import_id", "change_id"], unique=True)
    op.create_index("ix_review_changes_organization_id", "review_changes", ["organization_id"], unique=False)
    op.add_column("imports", sa.Column("submitted_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("imports", "submitted_seq")
    op.drop_table("review_changes")
