"""JSON Schema (2020-12, 2019-09, draft-07 and older drafts that say the same) → our schema."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from headgate.convert import rules
from headgate.convert.conversion import ConversionError, Notes, quoted
from headgate.convert.draft import FieldDraft, SchemaDraft, label_of
from headgate.convert.json_schema_refs import TITLED, Resolved, Resolver
from headgate.convert.part import Part

NO_MEANING = (
    "$schema",
    "$id",
    "id",
    "$comment",
    "$defs",
    "definitions",
    "$anchor",
    "$vocabulary",
    "additionalProperties",
)
TEXT_FORMATS = {"email": "email", "uri": "url", "iri": "url", "url": "url", "date": "date", "uuid": "uuid"}
RULES_OF = {
    "text": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


def convert(document: Mapping[str, Any], draft: SchemaDraft) -> None:
    """Put the properties of the object that `document` describes into `draft`. Raises ConversionError."""
    _Converter(document, draft).root()


class _Converter:
    def __init__(self, document: Mapping[str, Any], draft: SchemaDraft) -> None:
        self.document = document
        self.draft = draft
        self.notes: Notes = draft.notes
        self.resolver = Resolver(document, self.notes)

    def root(self) -> None:
        root = self.resolver.resolve(self.document, "")
        schema = root.schema if root is not None else {}
        if root is not None and schema.get("type") == "array":
            self.notes.choice("", "The document describes a list; each of its items is a row.")
            self._note_rest(Part(schema, "", self.notes), "type", "items", "title", "description")
            root = self.resolver.resolve(schema.get("items"), "items", root.refs)
            title = schema.get("title")
            self.draft.name = title if isinstance(title, str) else None
        if root is None or not isinstance(root.schema.get("properties"), Mapping):
            raise ConversionError(
                "The JSON Schema describes no object with properties. Expected "
                '{"type": "object", "properties": {...}}, or a list of such objects.'
            )
        part = Part(root.schema, "", self.notes)
        title = part.text("title")
        self.draft.name = self.draft.name or title
        part.ignore("type", "description")
        self.object(part, "", root.refs, required=True)

    def object(self, part: Part, prefix: str, refs: frozenset[str], *, required: bool) -> None:
        """The properties of one object as fields, those of objects inside of it with its key before theirs."""
        properties = part.mapping("properties") or {}
        needed = set(part.texts("required"))
        for name in sorted(needed - properties.keys()):
            self.notes.dropped(part.at("required"), f"{quoted(name)} is required, but there is no such property.")
        for name, raw in properties.items():
            path = part.at("properties", name)
            found = self.resolver.resolve(raw, path, refs)
            if found is not None:
                self.property(name, prefix, found, path, required=required and name in needed)
        self._dependent(part, prefix)
        extra = part.take("additionalProperties")
        if isinstance(extra, Mapping) and extra:
            self.notes.dropped(part.at("additionalProperties"), "Columns that are no field are not checked.")
        part.ignore(*NO_MEANING)
        part.close()

    def property(self, name: str, prefix: str, found: Resolved, path: str, *, required: bool) -> None:
        part = Part(found.schema, path, self.notes)
        if isinstance(found.schema.get("properties"), Mapping):
            self.notes.choice(
                path, f"An object inside of the row: its properties are fields {quoted(prefix + name + '.…')}."
            )
            part.ignore("type")
            part.drop("An object has no label of its own here.", "title", "description")
            self.object(part, f"{prefix}{name}.", found.refs, required=required and not found.nullable)
            return
        draft = FieldDraft(prefix + name, path, required=required and not found.nullable)
        draft.label, draft.description = part.text("title"), part.text("description")
        if draft.label and prefix:
            draft.label = f"{label_of(prefix)} {draft.label}"
        if self.value(draft, part, found):
            self.draft.add(draft)
            part.ignore("$schema", "$id", "$comment", "$anchor")
            part.drop("Empty cells are not filled in.", "default")
            part.drop("Examples have no counterpart.", "examples", "example")
            part.drop(
                "Who sets the value is not part of a schema for imports; it is an ordinary field.",
                "readOnly",
                "writeOnly",
            )
            part.close()

    def value(self, draft: FieldDraft, part: Part, found: Resolved) -> bool:
        """The type of one property; False when no column could hold it."""
        if self._options(draft, part):
            return True
        kind = self._kind(draft, part)
        if kind == "boolean":
            draft.type = "checkbox"
            if found.nullable:
                self.notes.dropped(draft.path, "null is no third value of a checkbox: an empty cell is false.")
        elif kind in ("integer", "number"):
            self._number(draft, part, kind)
        elif kind == "array":
            return self._array(draft, part, found)
        elif kind == "object":
            self.notes.dropped(draft.path, "An object without known properties cannot be a column; it was left out.")
            return False
        elif kind == "null":
            self.notes.dropped(draft.path, "Only null is allowed; it was left out.")
            return False
        else:
            self._text(draft, part)
        return True

    def _kind(self, draft: FieldDraft, part: Part) -> str:
        kind = part.take("type")
        if isinstance(kind, list):
            if sorted(map(str, kind)) == ["integer", "number"]:
                return "number"
            self.notes.dropped(
                part.at("type"), f"Several types ({', '.join(map(str, kind[:5]))}); the field takes any text."
            )
            return "string"
        if isinstance(kind, str):
            if kind not in ("string", "boolean", "integer", "number", "array", "object", "null"):
                self.notes.dropped(
                    part.at("type"), f"{quoted(kind)} is no type of JSON Schema; the field takes any text."
                )
                return "string"
            return kind
        if any(key in part for key in RULES_OF["number"]):
            self.notes.choice(draft.path, "It has no type, but the limits of a number: read as a number.")
            return "number"
        if not any(key in part for key in RULES_OF["text"]):
            self.notes.choice(draft.path, "It has no type; the field takes any text.")
        return "string"

    def _options(self, draft: FieldDraft, part: Part) -> bool:
        titled = part.take(TITLED)
        values = part.entries("enum")
        if "const" in part:
            values = [part.take("const")]
        if isinstance(titled, list) and titled and all(isinstance(entry, tuple) for entry in titled):
            rules.options_of(draft, self.notes, [value for value, _ in titled])
            labels = {rules.scalar_text(value): title for value, title in titled if isinstance(title, str) and title}
            for option in draft.select:
                option["label"] = labels.get(option["value"], option["label"])
        elif values and all(isinstance(value, bool) for value in values) and len(set(values)) == 2:
            draft.type = "checkbox"
        elif values:
            rules.options_of(draft, self.notes, values)
        else:
            return False
        part.ignore("type")
        self._drop_rules(part, "text", "number")
        return True

    def _number(self, draft: FieldDraft, part: Part, kind: str) -> None:
        draft.type = "number"
        step = part.number("multipleOf")
        if kind == "integer" or step == 1:
            rules.whole_number(draft)
        if step is not None and step != 1:
            places = -step.adjusted()
            if step == Decimal(1).scaleb(-places) and 0 < places <= 20:
                rules.decimal_places(draft, places)
            else:
                self.notes.dropped(part.at("multipleOf"), "Multiples of a number are not checked.")
        low, high = part.number("minimum"), part.number("maximum")
        if kind == "integer":
            low, high = (None if low is None else -(-low // 1)), (None if high is None else high // 1)
        low = self._open(part, "exclusiveMinimum", low, kind)
        high = self._open(part, "exclusiveMaximum", high, kind)
        rules.bounds(draft, self.notes, low, high)
        self._drop_rules(part, "text")

    def _open(self, part: Part, key: str, limit: Decimal | None, kind: str) -> Decimal | None:
        """A limit that is not allowed itself: the next whole number, or the limit with a note."""
        if isinstance(part.take(key), bool):
            self.notes.dropped(part.at(key), "Limits are inclusive here; the limit itself is allowed.")
            return limit
        opened = part.number(key)
        if opened is None:
            return limit
        lower = key == "exclusiveMinimum"
        if kind == "integer":
            opened = (opened // 1) + 1 if lower else -(-opened // 1) - 1
        else:
            self.notes.dropped(part.at(key), "Limits are inclusive here; the limit itself is allowed.")
        if limit is None:
            return opened
        return max(limit, opened) if lower else min(limit, opened)

    def _text(self, draft: FieldDraft, part: Part) -> None:
        draft.type = "string"
        form = part.text("format")
        if form in TEXT_FORMATS:
            draft.type = TEXT_FORMATS[form]
        elif form in ("date-time", "time"):
            draft.type = "datetime" if form == "date-time" else "time"
            draft.options = {"withSeconds": True}
            rules.offset_lost(draft, self.notes)
        elif form is not None:
            self.notes.dropped(part.at("format"), f"The format {quoted(form)} is not checked.")
        rules.length(draft, part.count("minLength"), part.count("maxLength"))
        if regex := part.text("pattern"):
            rules.pattern(draft, self.notes, regex)
        self._drop_rules(part, "number")

    def _array(self, draft: FieldDraft, part: Part, found: Resolved) -> bool:
        raw = part.take("items")
        items = self.resolver.resolve(raw if raw is not None else True, part.at("items"), found.refs)
        if items is None:
            return False
        inner = Part(items.schema, part.at("items"), self.notes)
        if isinstance(items.schema.get("properties"), Mapping) or items.schema.get("type") in ("object", "array"):
            self.notes.dropped(draft.path, "A list of objects or lists cannot be a column; it was left out.")
            return False
        if not self.value(draft, inner, items):
            return False
        if draft.type == "select":
            draft.type = "multi-select"
        else:
            rules.several_columns(draft, self.notes)
        if part.take("uniqueItems") and draft.type != "multi-select":
            self.notes.dropped(part.at("uniqueItems"), "Values of one list are not compared with one another.")
        part.drop("How many values a list has is not checked.", "minItems", "maxItems", "contains", "prefixItems")
        inner.drop("Labels of items have no counterpart.", "title", "description")
        inner.ignore("$comment")
        inner.close()
        return True

    def _dependent(self, part: Part, prefix: str) -> None:
        """`dependentRequired`, and `dependencies` of draft-07: a field is needed where another one is filled."""
        for key in ("dependentRequired", "dependencies"):
            for name, needed in (part.mapping(key) or {}).items():
                path = part.at(key, name)
                if not isinstance(needed, list) or not self.draft.field(prefix + name):
                    self.notes.dropped(path, "Only lists of properties that depend on a known one can be carried over.")
                    continue
                for other in needed:
                    target = self.draft.field(prefix + str(other))
                    if target is None:
                        self.notes.dropped(path, f"There is no property {quoted(other)}.")
                    else:
                        target.add("require_with", fields=[prefix + name])

    def _drop_rules(self, part: Part, *kinds: str) -> None:
        for kind in kinds:
            part.drop("The rule does not fit the type and was left out.", *RULES_OF[kind])

    def _note_rest(self, part: Part, *read: str) -> None:
        part.ignore(*read, *NO_MEANING)
        part.close()
