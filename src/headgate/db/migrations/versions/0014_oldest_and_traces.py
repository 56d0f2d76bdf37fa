"""Which code may still work on the tables, said beside their revision, where Alembic leaves it alone; and places in traces.

A process of an older version that starts while the new one is rolled out reads it. A migration that takes something away, or changes
what a value means, writes there the revision of the oldest code that does without.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alembic_version", sa.Column("oldest", sa.String(length=32), nullable=True))
    op.add_column("imports", sa.Column("traceparent", sa.String(length=55), nullable=True))
    op.execute("UPDATE alembic_version SET oldest = '0011'")


def downgrade() -> None:
    op.drop_column("imports", "traceparent")
    op.drop_column("alembic_version", "oldest")
