"""What is kept how long: the rules of organizations, narrowed by those of schemas."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.db import Database, iso, utc_now
from headgate.errors import NotFoundError, OutdatedError
from headgate.records import dataclass
from headgate.retention.forms import SchemaRetentionWrite, checked
from headgate.retention.models import ImportRetention, OrganizationSettings, SchemaRetention
from headgate.schemas.models import SchemaRow

PERIODS = tuple(SchemaRetentionWrite.model_fields)
"""What may be set for the imports of a schema, too."""
Periods = Mapping[str, int | None]


@dataclass(frozen=True)
class Rule:
    """How long imports are kept. `schema_id`: those of this saved schema; None: those of no schema in `but_not`."""

    organization_id: uuid.UUID
    schema_id: uuid.UUID | None
    but_not: frozenset[uuid.UUID]
    days: Periods


class RetentionRules:
    """Reading and changing rules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Iterator[Rule]:
        """Every rule that deletes something, of all organizations."""
        with self._database.read() as session:
            defaults = {row.organization_id: periods_of(row) for row in session.scalars(select(OrganizationSettings))}
            narrowed: dict[uuid.UUID, dict[uuid.UUID, Periods]] = {}
            for row in session.scalars(select(SchemaRetention)):
                narrowed.setdefault(row.organization_id, {})[row.schema_id] = periods_of(row)
        for organization_id in sorted(defaults.keys() | narrowed.keys()):
            default, schemas = defaults.get(organization_id, {}), narrowed.get(organization_id, {})
            yield Rule(organization_id, None, frozenset(schemas), default)
            for schema_id, own in sorted(schemas.items()):
                yield Rule(organization_id, schema_id, frozenset(), shorter(default, own))

    def of_schema(self, organization_id: uuid.UUID, schema_id: uuid.UUID) -> dict[str, Any]:
        """What is set for a schema, and what therefore holds. Raises NotFoundError."""
        with self._database.read() as session:
            _find_schema(session, organization_id, schema_id)
            row = session.get(SchemaRetention, schema_id)
            default = session.get(OrganizationSettings, organization_id)
        own = periods_of(row) if row else dict.fromkeys(PERIODS)
        return {
            **own,
            "version": row.version if row else 0,
            "modified_date": iso(row.modified_at) if row else None,
            "effective": shorter(periods_of(default) if default else {}, own),
        }

    def set_for_schema(
        self, actor: Actor, schema_id: uuid.UUID, body: dict[str, Any], based_on: frozenset[int] | None
    ) -> dict[str, Any]:
        """Replace what is set for a schema. `based_on`: the versions that the change may replace, None for any.

        Raises NotFoundError, InvalidError with every problem, OutdatedError.
        """
        wanted = checked(SchemaRetentionWrite, body).model_dump()
        with self._database.write() as session:
            _find_schema(session, actor.organization_id, schema_id, lock=True)
            row = session.get(SchemaRetention, schema_id)
            version = row.version if row else 0
            if row is not None and periods_of(row) == wanted:
                return self.of_schema(actor.organization_id, schema_id)
            if based_on is not None and version not in based_on:
                raise OutdatedError(
                    "Somebody changed this meanwhile. Look at it again, then change it.",
                    self.of_schema(actor.organization_id, schema_id),
                )
            values = {**wanted, "version": version + 1, "modified_at": utc_now()}
            if row is None:
                session.add(SchemaRetention(schema_id=schema_id, organization_id=actor.organization_id, **values))
            else:
                for name, value in values.items():
                    setattr(row, name, value)
            note(session, actor, Action.RETENTION_CHANGED, schema_id)
        return self.of_schema(actor.organization_id, schema_id)


def periods_of(row: ImportRetention) -> dict[str, int | None]:
    """The periods that a row sets."""
    return {name: getattr(row, name) for name in PERIODS}


def shorter(default: Periods, own: Periods) -> dict[str, int | None]:
    """Of each period the shorter one: a schema can keep less than its organization, never more."""
    found = {name: [days for days in (default.get(name), own.get(name)) if days is not None] for name in PERIODS}
    return {name: min(days, default=None) for name, days in found.items()}


def _find_schema(session: Session, organization_id: uuid.UUID, schema_id: uuid.UUID, *, lock: bool = False) -> None:
    row = session.get(SchemaRow, schema_id, with_for_update=lock or None)
    if row is None or row.organization_id != organization_id:
        raise NotFoundError
