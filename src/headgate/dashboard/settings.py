"""What an organization decides for itself, and what the operator decided for all."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from headgate.accounts.audit import Action, Actor, note
from headgate.config import Config, environment_name
from headgate.dashboard.forms import SettingsWrite
from headgate.db import Database, insert_for, utc_now
from headgate.retention import OrganizationSettings
from headgate.retention.forms import checked
from headgate.shown_urls import without_passwords

SHOWN_URL = "database_url"
"""A URL whose password is no business of a page."""


class SettingsService:
    """Settings of organizations."""

    def __init__(self, database: Database, config: Config) -> None:
        self._database = database
        self._config = config

    def get(self, organization_id: uuid.UUID) -> tuple[SettingsWrite, datetime | None]:
        """The settings of an organization, and when they were changed."""
        with self._database.read() as session:
            row = session.get(OrganizationSettings, organization_id)
        if row is None:
            return SettingsWrite.model_validate({}), None
        found = {name: getattr(row, name) for name in SettingsWrite.model_fields}
        return SettingsWrite.model_validate(found), row.modified_at

    def change(self, actor: Actor, body: dict[str, Any], *, partly: bool) -> None:
        """Replace the settings of the actor's organization; `partly`: those that are not given stay, also when somebody else
        changes them at the same time. Raises InvalidError with every problem.
        """
        wanted = checked(SettingsWrite, body)
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
            shown = without_passwords(self._database.url.render_as_string(hide_password=True))
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


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, str):
        return without_passwords(value)
    return list(value) if isinstance(value, tuple) else value
