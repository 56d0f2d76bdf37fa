"""Schemas as imports were created with them; imports with the same one share it."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from headgate.db import Database, insert_for
from headgate.db.base import dump_json
from headgate.imports.models import FrozenSchema, Import


def freeze(session: Session, organization_id: uuid.UUID, document: dict[str, Any]) -> uuid.UUID:
    """Keep a schema within a transaction; gives the id under which it is kept."""
    digest = hashlib.sha256(dump_json(document).encode()).hexdigest()
    query = select(FrozenSchema.id).where(
        FrozenSchema.organization_id == organization_id, FrozenSchema.digest == digest
    )
    found = session.scalar(query)
    if found is None:
        session.execute(
            insert_for(session, FrozenSchema)
            .values(id=uuid.uuid4(), organization_id=organization_id, digest=digest, document=document)
            .on_conflict_do_nothing()
        )
        found = session.scalar(query)
    if found is None:
        raise AssertionError("the frozen schema that was just written is not there")
    return found


def forget_unused(database: Database, frozen_schema_id: uuid.UUID) -> None:
    """Remove a schema that no import has any more."""
    unused = ~exists().where(Import.frozen_schema_id == FrozenSchema.id)
    try:
        with database.write() as session:
            session.execute(
                delete(FrozenSchema)
                .where(FrozenSchema.id == frozen_schema_id, unused)
                .execution_options(synchronize_session=False)
            )
    except IntegrityError:
        return  # a new import took it in this moment
