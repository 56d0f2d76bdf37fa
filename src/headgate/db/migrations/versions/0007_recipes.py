"""Recipes with their versions, and the one that an import was begun with."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recipes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("import_identifier", sa.String(length=500), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        _owner("recipes", "organization_id", "organizations"),
        sa.PrimaryKeyConstraint("id", name="pk_recipes"),
    )
    op.create_index(
        "uq_recipes_organization_id_import_identifier", "recipes", ["organization_id", "import_identifier"], unique=True
    )
    op.create_table(
        "recipe_versions",
        sa.Column("recipe_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("author_kind", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        _owner("recipe_versions", "recipe_id", "recipes"),
        _owner("recipe_versions", "organization_id", "organizations"),
        sa.PrimaryKeyConstraint("recipe_id", "version", name="pk_recipe_versions"),
    )
    op.create_index("ix_recipe_versions_organization_id", "recipe_versions", ["organization_id"], unique=False)
    op.add_column("imports", sa.Column("recipe", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("imports", "recipe")
    op.drop_table("recipe_versions")
    op.drop_table("recipes")


def _owner(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
