"""A whole schema: fields, settings and hooks, checked together."""

from __future__ import annotations

from typing import Any

from headgate.message import Message
from headgate.records import dataclass
from headgate.schema.fields import Field, parse_field
from headgate.schema.hooks import Hooks
from headgate.schema.problems import Problems, join_path, parse_object, shortened, with_hint
from headgate.schema.settings import Settings, without_nulls

MAX_FIELDS = 5000


@dataclass(frozen=True)
class Schema:
    """What an import is checked against. Immutable: an import keeps the schema that it was created with."""

    fields: tuple[Field, ...]
    settings: Settings
    hooks: Hooks
    name: str | None = None

    def field(self, key: str) -> Field:
        """The field with that key. Raises KeyError."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def parse_schema(
    fields: Any, settings: Any = None, hooks: Any = None, *, name: str | None = None, saved: bool = False
) -> Schema:
    """The schema that the three JSON values describe.

    `saved`: the rules for a stored schema, where `settings.importIdentifier` is required.
    Raises SchemaError with every problem found, each under its JSON path.
    """
    problems = Problems()
    parsed_fields = _parse_fields(fields, problems)
    parsed_settings = parse_object(Settings, {} if settings is None else without_nulls(settings), "settings", problems)
    parsed_hooks = parse_hooks(hooks, problems)
    if saved and parsed_settings is not None and parsed_settings.import_identifier is None:
        problems.add("settings.importIdentifier", "This key is required.")
    problems.raise_if_any()
    if parsed_settings is None or parsed_hooks is None:
        raise AssertionError("a part that did not parse recorded no problem")
    return Schema(parsed_fields, parsed_settings, parsed_hooks, name)


def parse_hooks(hooks: Any, problems: Problems) -> Hooks | None:
    """The hooks alone, or None with every problem of them recorded."""
    return parse_object(Hooks, {} if hooks is None else without_nulls(hooks), "hooks", problems)


def parse_schema_document(document: Any) -> Schema:
    """The schema in a JSON document `{name, fields, settings, hooks}`. Raises SchemaError."""
    if not isinstance(document, dict):
        problems = Problems()
        problems.add("", "Expected an object with the keys name, fields, settings and hooks.")
        problems.raise_if_any()
    name = document.get("name")
    return parse_schema(
        document.get("fields"),
        document.get("settings"),
        document.get("hooks"),
        name=name if isinstance(name, str) else None,
    )


def _parse_fields(raw: Any, problems: Problems) -> tuple[Field, ...]:
    if raw is None:
        problems.add("fields", "This key is required.")
        return ()
    if not isinstance(raw, list):
        problems.add("fields", "Expected a list.")
        return ()
    if not raw:
        problems.add("fields", "At least one field is needed.")
    if len(raw) > MAX_FIELDS:
        problems.add("fields", Message("At most {count} fields are allowed.", count=MAX_FIELDS))
        return ()
    parsed = [parse_field(entry, join_path("fields", position), problems) for position, entry in enumerate(raw)]
    _check_keys_are_unique(raw, problems)
    _check_named_fields(raw, parsed, problems)
    return tuple(field for field in parsed if field is not None)


def _check_keys_are_unique(raw: list[Any], problems: Problems) -> None:
    first_at: dict[str, int] = {}
    for position, entry in enumerate(raw):
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(key, str):
            continue
        if key in first_at:
            problems.add(
                f"fields[{position}].key",
                Message(
                    'The key "{key}" is already used by {place}.', key=shortened(key), place=f"fields[{first_at[key]}]"
                ),
            )
        else:
            first_at[key] = position


def _check_named_fields(raw: list[Any], fields: list[Field | None], problems: Problems) -> None:
    named = (entry["key"] for entry in raw if isinstance(entry, dict) and isinstance(entry.get("key"), str))
    keys = dict.fromkeys(named)
    for position, field in enumerate(fields):
        for rule, validator in enumerate(field.validators if field else ()):
            for key, location in validator.named_fields().items():
                if key not in keys:
                    problems.add(
                        join_path("fields", position, "validators", rule, location),
                        with_hint(Message('There is no field "{key}".', key=shortened(key)), problems.hint(key, keys)),
                    )
