"""What is different between two schemas, as a list of plain statements: for people who look at versions and at drafts.

It works on schemas as they were written, also on drafts that are not valid. Writing a default out is no difference, and
neither is another way to write the same type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from headgate.schema.settings import Settings
from headgate.schemas.changes import Change, Document, as_list, as_object, change, leaves
from headgate.schemas.field_difference import field_changes, without_defaults
from headgate.schemas.field_pairs import WrittenField, moved, paired, written_fields

HOOK_LISTS = ("rowHooks", "bulkRowHooks", "batchRowHooks", "rowDeleteHooks", "columnHooks", "stepHooks")

__all__ = ["Change", "Document", "difference"]


def difference(before: Document, after: Document) -> list[Change]:
    """What turns `before` into `after`: name, fields, settings, hooks, in this order."""
    return [*_name(before, after), *_fields(before, after), *_settings(before, after), *_hooks(before, after)]


def _name(before: Document, after: Document) -> Iterator[Change]:
    old, new = before.get("name"), after.get("name")
    if old != new and new is not None:
        yield change("name_changed", "name", before=old, after=new)


def _fields(before: Document, after: Document) -> Iterator[Change]:
    old, new = written_fields(before.get("fields")), written_fields(after.get("fields"))
    pairs = paired(old, new)
    kept_old = {one.position for one, _ in pairs}
    partner = {other.position: one for one, other in pairs}
    for one in old:
        if one.position not in kept_old:
            yield change("field_removed", one.path, one.key, before=one.raw, title=one.shown)
    previous = _previous(new, moved(pairs))
    for other in new:
        former = partner.get(other.position)
        if former is None:
            yield change(
                "field_added", other.path, other.key, after=other.raw, title=other.shown, type=other.type_label
            )
            continue
        if former.key != other.key:
            yield change(
                "field_renamed", f"{other.path}.key", other.key, before=former.key, after=other.key, title=other.shown
            )
        yield from field_changes(former, other)
        if other.position in previous:
            yield _move(former, other, previous[other.position])


def _previous(new: list[WrittenField], movers: set[int]) -> dict[int, WrittenField | None]:
    """For each field that moved the field that it now comes after."""
    return {position: new[position - 1] if position else None for position in movers}


def _move(former: WrittenField, other: WrittenField, previous: WrittenField | None) -> Change:
    text = "field_moved_first" if previous is None else "field_moved"
    parameters = {"title": other.shown} | ({} if previous is None else {"previous": previous.shown})
    places = former.position, other.position
    return change("field_moved", other.path, other.key, before=places[0], after=places[1], text=text, **parameters)


def _settings(before: Document, after: Document) -> Iterator[Change]:
    old = without_defaults(Settings, as_object(before.get("settings")))
    new = without_defaults(Settings, as_object(after.get("settings")))
    for path, was, now in leaves(old, new, "settings"):
        yield change("setting_changed", path, before=was, after=now, setting=path.removeprefix("settings."))


def _hooks(before: Document, after: Document) -> Iterator[Change]:
    old, new = as_object(before.get("hooks")), as_object(after.get("hooks"))
    for kind in HOOK_LISTS:
        yield from _hook_list(kind, as_list(old.get(kind)), as_list(new.get(kind)))
    last = "beforeFinishCallback"
    was, now = old.get(last), new.get(last)
    if was != now:
        code = "hook_added" if was is None else "hook_removed" if now is None else "hook_changed"
        yield change(code, f"hooks.{last}", before=was, after=now, hook=last)


def _hook_list(kind: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Hooks that stand in both lists are the same; of the others, those in the same order are changed ones."""
    left = list(enumerate(old))
    unmatched: list[tuple[int, Any]] = []
    order: list[int] = []
    for position, hook in enumerate(new):
        at = next((n for n, (_, other) in enumerate(left) if other == hook), None)
        if at is None:
            unmatched.append((position, hook))
        else:
            order.append(left.pop(at)[0])
    for (former, was), (position, now) in zip(left, unmatched, strict=False):
        yield change("hook_changed", f"hooks.{kind}[{position}]", before=was, after=now, hook=_place(kind, former))
    for former, was in left[len(unmatched) :]:
        yield change("hook_removed", f"hooks.{kind}[{former}]", before=was, hook=_place(kind, former))
    for position, now in unmatched[len(left) :]:
        yield change("hook_added", f"hooks.{kind}[{position}]", after=now, hook=_place(kind, position))
    if order != sorted(order):
        yield change("hook_moved", f"hooks.{kind}", before=old, after=new, hook=kind)


def _place(kind: str, position: int) -> str:
    return f"{kind} {position + 1}"
