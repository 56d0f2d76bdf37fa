"""Since when an import waits for room on the disk, so that it does not wait for ever."""

import sqlalchemy as sa
from alembic import op

from headgate.db.base import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("imports", sa.Column("no_room_since", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("imports", "no_room_since")
