"""One difference between two schemas, said in a plain sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field as default
from typing import Any

from headgate.records import dataclass

Document = dict[str, Any]
"""`{name, fields, settings, hooks}` as somebody wrote it; drafts may be anything."""

SHOWN_CHARACTERS = 80

TEXTS = {
    "name_changed": "The schema was renamed from {before} to {after}.",
    "field_added": "The field {title} was added, of the type {type}.",
    "field_removed": "The field {title} was removed.",
    "field_renamed": "The field {title} has the key {after} instead of {before}.",
    "field_moved_first": "The field {title} is now the first.",
    "field_moved": "The field {title} now comes after {previous}.",
    "type_changed": "{title}: the type is {new} instead of {old}.",
    "option_changed": "{title}: {option} is {after} instead of {before}.",
    "select_option_added": "{title}: the option {option} was added.",
    "select_option_removed": "{title}: the option {option} was removed.",
    "select_option_changed": "{title}: the option {option} was changed.",
    "validator_added": "{title}: the rule {rule} was added.",
    "validator_removed": "{title}: the rule {rule} was removed.",
    "validator_changed": "{title}: the rule {rule} was changed.",
    "key_changed": "{title}: {key} is {after} instead of {before}.",
    "setting_changed": "The setting {setting} is {after} instead of {before}.",
    "hook_added": "A hook was added: {hook}.",
    "hook_removed": "A hook was removed: {hook}.",
    "hook_changed": "The source of a hook was changed: {hook}.",
    "hook_moved": "The hooks of the kind {hook} run in another order.",
}
"""Code → sentence. `field_moved_first` is said as the code `field_moved`."""


@dataclass(frozen=True)
class Change:
    """One difference. `path`: where it stands; of what was removed its place before. `field`: the key that it is about."""

    code: str
    text: str
    path: str
    field: str | None = None
    before: Any = None
    after: Any = None
    parameters: dict[str, Any] = default(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return {
            "code": self.code,
            "text": self.text,
            "parameters": self.parameters,
            "path": self.path,
            "field": self.field,
            "before": self.before,
            "after": self.after,
        }


def change(
    code: str,
    path: str,
    field: str | None = None,
    *,
    before: Any = None,
    after: Any = None,
    text: str | None = None,
    **parameters: str,
) -> Change:
    """A difference with its sentence; `text` is the key of TEXTS where that is not the code."""
    named = {"before": shown(before), "after": shown(after)} | parameters
    return Change(code, TEXTS[text or code].format_map(named), path, field, before, after, parameters)


def shown(value: Any) -> str:
    """A value as sentences show it."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "on" if value else "off"
    text = f"“{value}”" if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def leaves(before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> list[tuple[str, Any, Any]]:
    """Path and both values of every innermost key that differs. A null key is as good as none; lists are compared whole."""
    found: list[tuple[str, Any, Any]] = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new and type(old) is type(new):
            continue
        inner = f"{path}.{key}" if path else key
        if isinstance(old, dict | None) and isinstance(new, dict | None):
            found += leaves(old or {}, new or {}, inner)
        else:
            found.append((inner, old, new))
    return found


def as_object(value: Any) -> dict[str, Any]:
    """`value` when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """`value` when it is a list, else an empty one."""
    return value if isinstance(value, list) else []
