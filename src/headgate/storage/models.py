"""The table of the keys that encrypt files."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, UtcDateTime


class ImportKey(Base):
    """The data key of the files of one import, encrypted by a wrapping key. Without it the files are dead.

    Not bound to the import's row: its source is written before there is one.
    """

    __tablename__ = "import_keys"

    import_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    wrapping_key: Mapped[str] = mapped_column(String(16), index=True)
    """Which key encrypts it: the start of its SHA-256, in hexadecimal."""
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
