"""Refused sign-ins and deletions of organizations that are under way; what a creating request sent beside a saved schema."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_refusals",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("told_wrong", sa.Integer(), nullable=False),
        sa.Column("told_blocked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sign_in_refusals_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", name="pk_sign_in_refusals"),
    )
    op.create_table(
        "organization_deletions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("imports", sa.Integer(), nullable=False),
        sa.Column("deleted_imports", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name="fk_organization_deletions_asked_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("organization_id", name="pk_organization_deletions"),
    )
    op.create_index("ix_organization_deletions_asked_by", "organization_deletions", ["asked_by"], unique=False)
    op.add_column("imports", sa.Column("sent", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("imports", "sent")
    op.drop_table("organization_deletions")
    op.drop_table("sign_in_refusals")
