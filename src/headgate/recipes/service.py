"""What may happen to recipes."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.orm import Session

from headgate.db import Database, Statement, iso, utc_now
from headgate.errors import InvalidError, NotFoundError, OutdatedError
from headgate.recipes.forms import checked
from headgate.recipes.models import MAX_IDENTIFIER, RecipeVersion, SavedRecipe

PARTS = ("columns", "values", "orders", "replacements")


_RECIPES, _VERSIONS = SavedRecipe.__table__, RecipeVersion.__table__
_ENABLED = Statement(
    select(_RECIPES.c.id, _RECIPES.c.version, _VERSIONS.c.document)
    .join_from(
        _RECIPES, _VERSIONS, (_VERSIONS.c.recipe_id == _RECIPES.c.id) & (_VERSIONS.c.version == _RECIPES.c.version)
    )
    .where(
        _RECIPES.c.organization_id == bindparam("of_organization"),
        _RECIPES.c.import_identifier == bindparam("of_identifier"),
        _RECIPES.c.enabled,
    )
)
"""Asked for each import that begins, so it is made once."""


class RecipeService:
    """Recipes of an organization; one for each importIdentifier."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, organization_id: uuid.UUID, identifier: str | None = None) -> list[dict[str, Any]]:
        """Each recipe with how much it holds, by importIdentifier."""
        if identifier is not None and "\0" in identifier:  # no name has one, and PostgreSQL refuses the question
            return []
        query = (
            select(SavedRecipe, RecipeVersion)
            .join(
                RecipeVersion,
                (RecipeVersion.recipe_id == SavedRecipe.id) & (RecipeVersion.version == SavedRecipe.version),
            )
            .where(SavedRecipe.organization_id == organization_id)
        )
        if identifier is not None:
            query = query.where(SavedRecipe.import_identifier == identifier)
        with self._database.read() as session:
            return [
                {**_head(row), "parts": {part: len(version.document.get(part, ())) for part in PARTS}}
                for row, version in sorted(session.execute(query), key=lambda pair: pair[0].import_identifier)
            ]

    def get(self, organization_id: uuid.UUID, recipe_id: uuid.UUID, version: int | None = None) -> dict[str, Any]:
        """A recipe with the document of its newest version, or of another one. Raises NotFoundError."""
        with self._database.read() as session:
            row = _of(session, organization_id, recipe_id)
            found = _version(session, row, row.version if version is None else version)
            return {**_head(row), "recipe": found.document}

    def save(
        self,
        organization_id: uuid.UUID,
        identifier: Any,
        raw: Any,
        author: tuple[str, uuid.UUID | None],
        *,
        repeat: bool = True,
    ) -> dict[str, Any]:
        """Make the recipe of an importIdentifier, or the next version of it. Raises InvalidError.

        `repeat`: whether a document that the newest version has already makes a version of its own.
        """
        if not isinstance(identifier, str) or not 0 < len(identifier) <= MAX_IDENTIFIER or "\0" in identifier:
            raise InvalidError({"import_identifier": [f"Expected a text of 1 to {MAX_IDENTIFIER} characters."]})
        document = checked(raw)
        with self._database.write() as session:
            wanted = (SavedRecipe.organization_id == organization_id, SavedRecipe.import_identifier == identifier)
            row = session.scalar(select(SavedRecipe).where(*wanted).with_for_update())
            if row is None:
                now = utc_now()
                row = SavedRecipe(
                    id=uuid.uuid4(),
                    organization_id=organization_id,
                    import_identifier=identifier,
                    enabled=True,
                    version=0,
                    created_at=now,
                    modified_at=now,
                )
                session.add(row)
            if repeat or row.version == 0 or _version(session, row, row.version).document != document:
                _add_version(session, row, document, author)
            return {**_head(row), "recipe": document}

    def replace(
        self,
        organization_id: uuid.UUID,
        recipe_id: uuid.UUID,
        raw: Any,
        author: tuple[str, uuid.UUID | None],
        based_on: Collection[int] | None = None,
    ) -> dict[str, Any]:
        """The next version of a recipe. `based_on`: versions that it may follow on; any when it is None.

        What the newest version has already is refused by nobody, so that a request whose answer was lost can be sent again.
        Raises NotFoundError, InvalidError, OutdatedError.
        """
        document = checked(raw)
        with self._database.write() as session:
            row = _of(session, organization_id, recipe_id, lock=True)
            if based_on is None or _may_follow(session, row, document, based_on):
                _add_version(session, row, document, author)
            return {**_head(row), "recipe": document}

    def restore(
        self,
        organization_id: uuid.UUID,
        recipe_id: uuid.UUID,
        version: int,
        author: tuple[str, uuid.UUID | None],
        based_on: Collection[int] | None = None,
    ) -> dict[str, Any]:
        """Make an earlier version the newest again, as a version of its own; `based_on` as in `replace`.
        Raises NotFoundError, OutdatedError."""
        with self._database.write() as session:
            row = _of(session, organization_id, recipe_id, lock=True)
            document = _version(session, row, version).document
            if based_on is None or _may_follow(session, row, document, based_on):
                _add_version(session, row, document, author, restored_from=version)
            return {**_head(row), "recipe": document}

    def enable(self, organization_id: uuid.UUID, recipe_id: uuid.UUID, enabled: Any) -> dict[str, Any]:
        """Switch a recipe on or off. Imports that have begun keep what they began with. Raises NotFoundError, InvalidError."""
        if not isinstance(enabled, bool):
            raise InvalidError({"enabled": ["Expected true or false."]})
        with self._database.write() as session:
            row = _of(session, organization_id, recipe_id, lock=True)
            row.enabled, row.modified_at = enabled, utc_now()
            session.flush()
            return {**_head(row), "recipe": _version(session, row, row.version).document}

    def delete(self, organization_id: uuid.UUID, recipe_id: uuid.UUID) -> None:
        """Remove a recipe with all of its versions. Raises NotFoundError."""
        with self._database.write() as session:
            row = _of(session, organization_id, recipe_id, lock=True)
            session.execute(delete(SavedRecipe).where(SavedRecipe.id == row.id))

    def versions(self, organization_id: uuid.UUID, recipe_id: uuid.UUID) -> list[dict[str, Any]]:
        """All versions, newest first. Raises NotFoundError."""
        with self._database.read() as session:
            row = _of(session, organization_id, recipe_id)
            query = (
                select(RecipeVersion).where(RecipeVersion.recipe_id == row.id).order_by(RecipeVersion.version.desc())
            )
            return [_shown(version) for version in session.scalars(query)]

    def version(self, organization_id: uuid.UUID, recipe_id: uuid.UUID, version: int) -> dict[str, Any]:
        """One version with its document. Raises NotFoundError."""
        with self._database.read() as session:
            row = _of(session, organization_id, recipe_id)
            found = _version(session, row, version)
            return {**_shown(found), "recipe": found.document}

    def for_import(
        self, connection: Connection, organization_id: uuid.UUID, identifier: str | None
    ) -> dict[str, Any] | None:
        """What an import of an importIdentifier begins with: `{id, version, document}`, None when there is none switched on."""
        if identifier is None:
            return None
        found = _ENABLED.run(connection, {"of_organization": organization_id, "of_identifier": identifier}).first()
        return None if found is None else {"id": str(found.id), "version": found.version, "document": found.document}


def _may_follow(session: Session, row: SavedRecipe, document: dict[str, Any], based_on: Collection[int]) -> bool:
    """Whether the document becomes a version; False when the newest one has it already. Raises OutdatedError."""
    newest = _version(session, row, row.version)
    if row.version in based_on:
        return True
    if newest.document == document:
        return False
    raise OutdatedError(
        "This recipe was saved by somebody else meanwhile; nothing was changed. Look at the version that is there now, and "
        "base the request on it to go on.",
        _shown(newest),
    )


def _of(session: Session, organization_id: uuid.UUID, recipe_id: uuid.UUID, *, lock: bool = False) -> SavedRecipe:
    """`lock`: for who saves, because two who do so at once must not take the same number."""
    row = session.get(SavedRecipe, recipe_id, with_for_update=lock)
    if row is None or row.organization_id != organization_id:
        raise NotFoundError
    return row


def _version(session: Session, row: SavedRecipe, version: int) -> RecipeVersion:
    found = session.get(RecipeVersion, (row.id, version))
    if found is None:
        raise NotFoundError
    return found


def _add_version(
    session: Session,
    row: SavedRecipe,
    document: dict[str, Any],
    author: tuple[str, uuid.UUID | None],
    restored_from: int | None = None,
) -> None:
    now = utc_now()
    row.version, row.modified_at = row.version + 1, now
    session.flush()
    kind, author_id = author
    session.add(
        RecipeVersion(
            recipe_id=row.id,
            version=row.version,
            organization_id=row.organization_id,
            created_at=now,
            author_kind=kind,
            author_id=author_id,
            restored_from=restored_from,
            document=document,
        )
    )


def _head(row: SavedRecipe) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "import_identifier": row.import_identifier,
        "enabled": row.enabled,
        "version": row.version,
        "created_at": iso(row.created_at),
        "modified_at": iso(row.modified_at),
    }


def _shown(version: RecipeVersion) -> dict[str, Any]:
    return {
        "version": version.version,
        "created_at": iso(version.created_at),
        "author": {"kind": version.author_kind, "id": None if version.author_id is None else str(version.author_id)},
        "restored_from": version.restored_from,
    }
