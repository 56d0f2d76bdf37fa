"""What an organization decides for itself, and what the operator decided for all."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from sqlalchemy import select

from headgate.accounts.audit import Action, Actor, note
from headgate.config import Config, environment_name
from headgate.dashboard.forms import SettingsWrite
from headgate.dashboard.models import OrganizationSettings
from headgate.db import Database, insert_for, utc_now
from headgate.errors import InvalidError, NotFoundError
from headgate.imports.models import Import
from headgate.imports.service import ImportService
from headgate.imports.states import FINAL

BATCH = 200
SHOWN_URL = "database_url"
"""A URL whose password is no business of a page."""

log = structlog.get_logger(__name__)


class SettingsService:
    """Settings of organizations."""

    def __init__(self, database: Database, config: Config) -> None:
        self._database = database
        self._config = config

    def get(self, organization_id: uuid.UUID) -> tuple[SettingsWrite, datetime | None]:
        """The settings of an organization, and when they were changed."""
        with self._database.read() as session:
            row = session.get(OrganizationSettings, organization_id)
        return (
            (SettingsWrite(retention_days=row.retention_days), row.modified_at)
            if row
            else (SettingsWrite(retention_days=None), None)
        )

    def change(self, actor: Actor, body: dict[str, Any], *, partly: bool) -> None:
        """Replace the settings of the actor's organization; `partly`: those that are not given stay, also when somebody else
        changes them at the same time. Raises InvalidError with every problem.
        """
        unknown = body.keys() - SettingsWrite.model_fields.keys()
        if unknown:
            raise InvalidError({name: ["There is no such setting."] for name in sorted(unknown)})
        try:
            wanted = SettingsWrite.model_validate(body, strict=True)
        except ValidationError as error:
            problems = {str(one["loc"][0]): [f"{one['msg']}."] for one in error.errors(include_url=False)}
            raise InvalidError(problems) from None
        given = wanted.model_dump(exclude_unset=partly)
        with self._database.write() as session:
            values = {"organization_id": actor.organization_id, "modified_at": utc_now(), **given}
            statement = insert_for(session, OrganizationSettings).values(**values)
            session.execute(statement.on_conflict_do_update(index_elements=["organization_id"], set_=values))
            note(session, actor, Action.SETTINGS_CHANGED)

    def configuration(self) -> list[dict[str, Any]]:
        """The operator's settings in force, without a secret."""
        return [self._entry(name, field) for name, field in Config.model_fields.items()]

    def _entry(self, name: str, field: FieldInfo) -> dict[str, Any]:
        value = getattr(self._config, name)
        default = field.get_default(call_default_factory=True, validated_data={})
        secret = SecretStr in getattr(field.annotation, "__args__", (field.annotation,))
        shown: Any
        if name == SHOWN_URL and value is not None:
            shown = self._database.url.render_as_string(hide_password=True)
        else:
            shown = None if secret else _plain(value)
        return {
            "name": name,
            "environment": environment_name(name),
            "description": field.description or "",
            "value": shown,
            "default": None if default is PydanticUndefined or secret else _plain(default),
            "secret": secret,
            "set": value != default,
        }


class Retention:
    """Deletes what organizations do not want to keep any longer."""

    def __init__(self, database: Database, imports: ImportService) -> None:
        self._database = database
        self._imports = imports

    def sweep(self) -> None:
        """Delete ended imports that are older than their organization keeps them."""
        wanted = select(OrganizationSettings).where(OrganizationSettings.retention_days.is_not(None))
        with self._database.read() as session:
            organizations = [(row.organization_id, row.retention_days or 0) for row in session.scalars(wanted)]
        for organization_id, days in organizations:
            removed = self._remove(organization_id, utc_now() - timedelta(days=days))
            if removed:
                log.info("imports_expired", organization_id=str(organization_id), count=removed)

    def _remove(self, organization_id: uuid.UUID, before: datetime) -> int:
        # Created before, so that the index of lists leads to them; what ended later stays for its full time.
        query = (
            select(Import.id)
            .where(
                Import.organization_id == organization_id,
                Import.status.in_(FINAL),
                Import.created_at < before,
                Import.finished_at < before,
            )
            .limit(BATCH)
        )
        removed = 0
        while True:
            with self._database.read() as session:
                found = list(session.scalars(query))
            for import_id in found:
                try:
                    self._imports.delete(organization_id, import_id)
                    removed += 1
                except NotFoundError:
                    continue  # somebody deleted it in this moment
            if len(found) < BATCH:
                return removed


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, Path):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
