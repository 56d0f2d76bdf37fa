"""Tables of the recipes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, JsonText, UtcDateTime

MAX_IDENTIFIER = 500
"""Characters; there is no recipe for a longer importIdentifier."""


class SavedRecipe(Base):
    """The recipe of one importIdentifier. Imports use the newest version while it is enabled."""

    __tablename__ = "recipes"
    __table_args__ = (
        Index("uq_recipes_organization_id_import_identifier", "organization_id", "import_identifier", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    import_identifier: Mapped[str] = mapped_column(String(MAX_IDENTIFIER))
    enabled: Mapped[bool]
    version: Mapped[int]
    """The newest one; they count from 1 without gaps."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    modified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecipeVersion(Base):
    """One state of a recipe; none is ever changed."""

    __tablename__ = "recipe_versions"

    recipe_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recipes.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_kind: Mapped[str] = mapped_column(String(10))
    """`key`, `user` or `reviewer` (somebody with the link of a review)."""
    author_id: Mapped[uuid.UUID | None]
    """Of the key or user; of the import whose review it came from."""
    restored_from: Mapped[int | None]
    document: Mapped[Any] = mapped_column(JsonText)
