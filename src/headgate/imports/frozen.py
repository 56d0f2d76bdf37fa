"""Schemas as imports were created with them; imports with the same one share it."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections import OrderedDict
from typing import Any

from sqlalchemy import Connection, Text, bindparam, delete, exists, select, type_coerce
from sqlalchemy.exc import IntegrityError

from headgate.db import Database, Statement
from headgate.db.base import dump_json, load_json
from headgate.db.upsert import insert_of
from headgate.imports.models import FrozenSchema, Import

KEPT_DOCUMENTS, KEPT_CHARACTERS = 32, 200_000
"""How many documents of imports' schemas are kept in memory, and how long each may be as JSON. An id never stands for another."""

_FROZEN = FrozenSchema.__table__
_SAME = Statement(
    select(_FROZEN.c.id).where(
        _FROZEN.c.organization_id == bindparam("of_organization"), _FROZEN.c.digest == bindparam("with_digest")
    )
)
_DOCUMENT = Statement(
    select(type_coerce(_FROZEN.c.document, Text).label("document")).where(_FROZEN.c.id == bindparam("of_id"))
)

_documents: OrderedDict[uuid.UUID, dict[str, Any]] = OrderedDict()
_lock = threading.Lock()


def freeze(connection: Connection, organization_id: uuid.UUID, document: dict[str, Any]) -> uuid.UUID:
    """Keep a schema within a transaction; gives the id under which it is kept."""
    digest = hashlib.sha256(dump_json(document).encode()).hexdigest()
    wanted = {"of_organization": organization_id, "with_digest": digest}
    found = _SAME.run(connection, wanted).first()
    if found is None:
        connection.execute(
            insert_of(connection.dialect.name, FrozenSchema)
            .values(id=uuid.uuid4(), organization_id=organization_id, digest=digest, document=document)
            .on_conflict_do_nothing()
        )
        found = _SAME.run(connection, wanted).first()
    return uuid.UUID(str(found.id))


def frozen_document(source: Database | Connection, frozen_schema_id: uuid.UUID) -> dict[str, Any]:
    """A schema that was kept, `{fields, settings, hooks}`; not to be changed. `source`: where it is looked up unless it is known,
    a connection within its transaction. Raises LookupError."""
    with _lock:
        known = _documents.get(frozen_schema_id)
        if known is not None:
            _documents.move_to_end(frozen_schema_id)
            return known
    wanted = {"of_id": frozen_schema_id}
    answer = source.ask(_DOCUMENT, **wanted) if isinstance(source, Database) else _DOCUMENT.run(source, wanted)
    kept = answer.first()
    if kept is None:
        raise LookupError(f"the frozen schema {frozen_schema_id} is gone")
    text: str = kept.document
    found: dict[str, Any] = load_json(text)
    if len(text) <= KEPT_CHARACTERS:
        with _lock:
            _documents[frozen_schema_id] = found
            while len(_documents) > KEPT_DOCUMENTS:
                _documents.popitem(last=False)
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
