"""What is different between two states of one field: type, options, options to choose, rules, other keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from headgate.schema.description import label_of
from headgate.schema.fields import FieldKeys
from headgate.schema.types import TYPES
from headgate.schemas.changes import Change, as_list, as_object, change, leaves
from headgate.schemas.field_pairs import WrittenField

COMPARED_APART = frozenset({"key", "type", "validators", "selectOptions"})


def field_changes(before: WrittenField, after: WrittenField) -> Iterator[Change]:
    """The differences, but for key and place."""
    yield from _type(before, after)
    yield from _select_options(before, after)
    yield from _validators(before, after)
    old, new = (
        {key: value for key, value in without_defaults(FieldKeys, one.raw).items() if key not in COMPARED_APART}
        for one in (before, after)
    )
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was != now:
            yield _changed("key_changed", after, key, was, now, key=label_of("field", key))


def without_defaults(model: type[BaseModel], raw: dict[str, Any]) -> dict[str, Any]:
    """The keys that say something else than the model's default; of objects inside it as well."""
    known = {field.alias or name: field for name, field in model.model_fields.items()}
    found: dict[str, Any] = {}
    for key, value in raw.items():
        default = known[key].default if key in known else None
        if isinstance(default, BaseModel) and isinstance(value, dict):
            value = without_defaults(type(default), value) or None
        if value is None or (key in known and value == default and type(value) is type(default)):
            continue
        found[key] = value
    return found


def _type(before: WrittenField, after: WrittenField) -> Iterator[Change]:
    (old, old_options), (new, new_options) = before.type, after.type
    if old != new:
        was, now = before.raw.get("type", "string"), after.raw.get("type", "string")
        yield _changed("type_changed", after, "type", was, now, old=before.type_label, new=after.type_label)
        return
    if old in TYPES:
        old_options, new_options = (without_defaults(TYPES[old], one) for one in (old_options, new_options))
    for path, was, now in leaves(old_options, new_options, ""):
        label = " › ".join(label_of(old, part) for part in path.split("."))
        yield _changed("option_changed", after, f"type[1].{path}", was, now, option=label)


def _select_options(before: WrittenField, after: WrittenField) -> Iterator[Change]:
    old, new = (
        {str(as_object(one).get("value")): as_object(one) for one in as_list(field.raw.get("selectOptions"))}
        for field in (before, after)
    )
    for value in dict.fromkeys([*old, *new]):
        was, now = old.get(value), new.get(value)
        if was == now:
            continue
        code = "added" if was is None else "removed" if now is None else "changed"
        shown = str((now or was or {}).get("label", value))
        yield _changed(f"select_option_{code}", after, "selectOptions", was, now, option=f"“{shown}”")


def _validators(before: WrittenField, after: WrittenField) -> Iterator[Change]:
    old = [as_object(one) for one in as_list(before.raw.get("validators"))]
    new = [as_object(one) for one in as_list(after.raw.get("validators"))]
    left = list(old)
    added: list[tuple[int, dict[str, Any]]] = []
    for position, rule in enumerate(new):
        if rule in left:
            left.remove(rule)
        else:
            added.append((position, rule))
    for position, rule in added:
        path = f"validators[{position}]"
        former = next((one for one in left if one.get("validate") == rule.get("validate")), None)
        if former is None:
            yield _changed("validator_added", after, path, None, rule, rule=_rule(rule))
        else:
            left.remove(former)
            yield _changed("validator_changed", after, path, former, rule, rule=_rule(rule))
    for rule in left:
        yield _changed("validator_removed", after, f"validators[{old.index(rule)}]", rule, None, rule=_rule(rule))


def _rule(rule: dict[str, Any]) -> str:
    return f"“{label_of('rule', str(rule.get('validate')))}”"


def _changed(code: str, field: WrittenField, path: str, was: Any, now: Any, **parameters: str) -> Change:
    return change(code, f"{field.path}.{path}", field.key, before=was, after=now, title=field.shown, **parameters)
