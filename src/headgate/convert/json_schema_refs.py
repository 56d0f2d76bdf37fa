"""A JSON Schema with its references, `allOf` and alternatives resolved: what is left describes one value plainly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from headgate.convert.conversion import ConversionError, Notes, quoted
from headgate.records import dataclass
from headgate.schema.problems import join_path

MAX_STEPS = 50_000
"""References and subschemas looked at in one document: some refer to one another so that they never end."""
MAX_DEPTH = 100
"""Subschemas within one another."""

ANNOTATIONS = ("title", "description")
TITLED = "\0titled"
"""The key of `[(value, title)]`, made of alternatives that are one value each; no document has such a key."""
_STRICTER = {
    "minimum": max,
    "maximum": min,
    "minLength": max,
    "maxLength": min,
    "exclusiveMinimum": max,
    "exclusiveMaximum": min,
}


@dataclass(frozen=True)
class Resolved:
    """One subschema without references. `nullable`: null is allowed beside the rest. `refs`: what was followed to it."""

    schema: dict[str, Any]
    nullable: bool
    refs: frozenset[str]


class Resolver:
    """Subschemas of one document."""

    def __init__(self, document: Mapping[str, Any], notes: Notes) -> None:
        self._document = document
        self._notes = notes
        self._steps = 0

    def resolve(self, raw: Any, path: str, refs: frozenset[str] = frozenset(), depth: int = 0) -> Resolved | None:
        """A subschema, or None (noted) when it refers to itself or allows nothing.

        Raises ConversionError when the document is too deep, or never ends.
        """
        self._steps += 1
        if self._steps > MAX_STEPS or depth > MAX_DEPTH:
            raise ConversionError(f"The document's parts refer to one another too deeply (at {path or 'the root'}).")
        if raw is True:
            return Resolved({}, False, refs)
        if not isinstance(raw, Mapping):
            self._notes.dropped(path, "It allows nothing and was left out." if raw is False else "Expected an object.")
            return None
        schema = {key: value for key, value in raw.items() if value is not None or key in ("const", "default")}
        if "$ref" in schema:
            return self._reference(schema, path, refs, depth)
        nullable = False
        if isinstance(schema.get("allOf"), list):
            merged = self._all_of(schema, path, refs, depth)
            schema, nullable, refs = merged.schema, merged.nullable, merged.refs
        for key in ("anyOf", "oneOf"):
            if isinstance(schema.get(key), list):
                found = self._any_of(schema, key, path, refs, depth)
                if found is None:
                    return None
                schema, nullable, refs = found.schema, nullable or found.nullable, found.refs
        return Resolved(*self._without_null(schema, nullable), refs)

    def _reference(self, schema: dict[str, Any], path: str, refs: frozenset[str], depth: int) -> Resolved | None:
        reference = schema.pop("$ref")
        if not isinstance(reference, str) or not reference.startswith("#"):
            self._notes.dropped(path, f"{quoted(reference)} is outside of the document and is not followed.")
            return self.resolve(schema, path, refs, depth + 1)
        if reference in refs:
            self._notes.dropped(path, f"{quoted(reference)} refers to itself and was left out.")
            return None
        target = self._target(reference, path)
        if target is None:
            return self.resolve(schema, path, refs, depth + 1)
        if isinstance(target, Mapping) and target.get("title") == reference.rpartition("/")[2]:
            # The name of a definition, as generators write it, is no label of what uses it.
            target = {key: value for key, value in target.items() if key != "title"}
        found = self.resolve(target, path, refs | {reference}, depth + 1)
        if found is None or not schema:
            return found
        # What stands beside a reference counts too (2020-12); in practice draft-07 documents mean the same.
        beside = self.resolve(schema, path, refs, depth + 1)
        if beside is None:
            return found
        own = {key: value for key, value in beside.schema.items() if key in ANNOTATIONS}
        merged = self._merge(found.schema, {k: v for k, v in beside.schema.items() if k not in own}, path)
        return Resolved(merged | own, found.nullable, found.refs | beside.refs)

    def _target(self, reference: str, path: str) -> Any:
        found: Any = self._document
        if reference not in ("#", "#/"):
            if not reference.startswith("#/"):
                self._notes.dropped(path, f"{quoted(reference)} is a named anchor and is not followed.")
                return None
            for step in unquote(reference[2:]).split("/"):
                step = step.replace("~1", "/").replace("~0", "~")
                if isinstance(found, Mapping) and step in found:
                    found = found[step]
                elif isinstance(found, list) and step.isascii() and step.isdigit() and int(step) < len(found):
                    found = found[int(step)]
                else:
                    self._notes.dropped(path, f"{quoted(reference)} leads nowhere in the document.")
                    return None
        return found

    def _all_of(self, schema: dict[str, Any], path: str, refs: frozenset[str], depth: int) -> Resolved:
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        nullable = True
        followed = refs
        for position, part in enumerate(schema["allOf"]):
            found = self.resolve(part, join_path(path, "allOf", position), refs, depth + 1)
            if found is not None:
                merged = self._merge(merged, found.schema, path)
                nullable &= found.nullable
                followed |= found.refs
        return Resolved(merged, nullable and bool(schema["allOf"]), followed)

    def _merge(self, one: dict[str, Any], other: dict[str, Any], path: str) -> dict[str, Any]:
        """Both at once: the stricter limit, all properties, all that is required; what contradicts is noted."""
        merged = dict(one)
        for key, value in other.items():
            known = merged.get(key)
            if known is None or known == value:
                merged[key] = value
            elif key == "required" and isinstance(known, list) and isinstance(value, list):
                merged[key] = [*known, *(name for name in value if name not in known)]
            elif (
                key in ("properties", "$defs", "definitions")
                and isinstance(known, Mapping)
                and isinstance(value, Mapping)
            ):
                for name in known.keys() & value.keys():
                    if known[name] != value[name]:
                        self._notes.dropped(join_path(path, key, name), "It is described twice; the first one is kept.")
                merged[key] = {**value, **known}
            elif key in _STRICTER and _is_number(known) and _is_number(value):
                merged[key] = _STRICTER[key](known, value)
            elif key == "type" and {str(known), str(value)} == {"integer", "number"}:
                merged[key] = "integer"
            elif key not in ANNOTATIONS:
                self._notes.dropped(join_path(path, key), "It is said twice, differently; the first one is kept.")
        return merged

    def _any_of(self, schema: dict[str, Any], key: str, path: str, refs: frozenset[str], depth: int) -> Resolved | None:
        """One of several: None when nothing of what is allowed could be followed."""
        rest = {name: value for name, value in schema.items() if name != key}
        branches: list[dict[str, Any]] = []
        nullable = False
        followed = refs
        lost = False
        for position, branch in enumerate(schema[key]):
            found = self.resolve(branch, join_path(path, key, position), refs, depth + 1)
            if found is None:
                lost = True
                continue
            nullable |= found.nullable
            followed |= found.refs
            if found.schema.get("type") == "null":
                nullable = True
            else:
                branches.append(found.schema)
        if lost and not branches:
            return None
        return Resolved(self._one_of_these(rest, branches, key, path), nullable, followed)

    def _one_of_these(
        self, rest: dict[str, Any], branches: list[dict[str, Any]], key: str, path: str
    ) -> dict[str, Any]:
        if not branches:
            return rest
        if len(branches) == 1:
            return self._merge(rest, branches[0], path)
        if all("const" in branch for branch in branches):
            return rest | {TITLED: [(branch["const"], branch.get("title")) for branch in branches]}
        if all(isinstance(branch.get("enum"), list) for branch in branches):
            return rest | {"enum": [value for branch in branches for value in branch["enum"]]}
        types = {str(branch.get("type")) for branch in branches}
        if types in ({"number", "string"}, {"integer", "string"}) and any("pattern" in branch for branch in branches):
            self._notes.choice(path, "A number, or a text that is one: read as a number.")
            number = next(branch for branch in branches if branch.get("type") != "string")
            return self._merge(rest, number, path)
        same = {name: value for name, value in branches[0].items() if all(b.get(name) == value for b in branches[1:])}
        if ("type" in same and len(same) > 1) or all(branch == same for branch in branches):
            left_out = {name for branch in branches for name in branch} - same.keys() - set(ANNOTATIONS)
            for name in sorted(left_out):
                self._notes.dropped(
                    join_path(path, key), f"{quoted(name)} holds for some alternatives only and was left out."
                )
            return self._merge(rest, same, path)
        self._notes.dropped(join_path(path, key), "Several kinds of value are allowed; the field takes any text.")
        return rest | {"type": "string"}

    def _without_null(self, schema: dict[str, Any], nullable: bool) -> tuple[dict[str, Any], bool]:
        kinds = schema.get("type")
        if isinstance(kinds, list) and "null" in kinds:
            left = [kind for kind in kinds if kind != "null"]
            schema = schema | {"type": left[0] if len(left) == 1 else left or "null"}
            nullable = True
        options = schema.get("enum")
        if isinstance(options, list) and any(option is None for option in options):
            schema = schema | {"enum": [option for option in options if option is not None]}
            nullable = True
        if "const" in schema and schema["const"] is None:
            schema = {key: value for key, value in schema.items() if key != "const"} | {"type": "null"}
        # OpenAPI 3.0 says it so.
        return {key: value for key, value in schema.items() if key != "nullable"}, nullable or schema.get(
            "nullable"
        ) is True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
