"""Table Schema (Frictionless; versions 1 and 2), by itself or in a Data Package → our schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from headgate.convert import rules
from headgate.convert.conversion import ConversionError, quoted
from headgate.convert.draft import FieldDraft, SchemaDraft
from headgate.convert.part import Part
from headgate.convert.selecting import chosen

STRING_FORMATS = {"email": "email", "uri": "url", "uuid": "uuid"}
NUMBERS = ("number", "integer", "year")
NO_COLUMN = ("object", "array", "geopoint", "geojson", "duration", "yearmonth")
FALSE_TEXTS = {"", "0", "off", "n", "no", "false", "disabled"}
"""What our checkbox reads as false, in lower case."""
DEFAULT_TRUE, DEFAULT_FALSE = ["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]


def convert(document: Mapping[str, Any], draft: SchemaDraft, select: str | None) -> None:
    """Put the fields of a Table Schema into `draft`, or those of the resource `select` of a package."""
    schema: Mapping[str, Any] = document
    if "fields" not in document and isinstance(document.get("resources"), list):
        named = {
            str(resource.get("name") or position): resource
            for position, resource in enumerate(document["resources"])
            if isinstance(resource, Mapping) and isinstance(resource.get("schema"), Mapping)
        }
        name = chosen(named, select, "resource")
        schema = named[name]["schema"]
        draft.name = name
        draft.notes.choice(
            "", f"Only the schema of the resource {quoted(name)} was read; the rest of the package was not."
        )
    if not isinstance(schema.get("fields"), list):
        raise ConversionError(
            'A Table Schema needs a list of "fields"; one that stands in another file must be given itself.'
        )
    _Converter(Part(schema, "", draft.notes), draft).schema()


class _Converter:
    def __init__(self, part: Part, draft: SchemaDraft) -> None:
        self.part = part
        self.draft = draft
        self.notes = draft.notes

    def schema(self) -> None:
        part = self.part
        self.draft.name = part.text("title", "name") or self.draft.name
        for position, raw in enumerate(part.entries("fields")):
            path = part.at("fields", position)
            if isinstance(raw, Mapping) and isinstance(raw.get("name"), str):
                self.field(Part(raw, path, self.notes), raw["name"])
            else:
                self.notes.dropped(path, 'Expected an object with a "name".')
        self._keys()
        missing = [text for text in part.entries("missingValues") if text != ""]
        if missing:
            named = ", ".join(quoted(text) for text in missing[:5])
            self.notes.dropped(
                part.at("missingValues"), f"Only an empty cell has no value; {named} is read like any text."
            )
        part.drop("Whether a value stands in another table is not checked; a hook can do it.", "foreignKeys")
        part.ignore("$schema", "profile", "fieldsMatch", "description")
        part.close()

    def _keys(self) -> None:
        primary = self._names(self.part.take("primaryKey"))
        for position, raw in enumerate([primary, *self.part.entries("uniqueKeys")]):
            found = [self.draft.field(name) for name in self._names(raw)]
            fields = [field for field in found if field is not None]
            if len(fields) != len(found):
                self.notes.dropped(self.part.path, "A key names a field that does not exist; it was left out.")
                continue
            for field in fields:
                field.required |= position == 0
                if len(fields) == 1:
                    field.add("unique")
                else:
                    field.add("unique_with", uniqueKey="primaryKey" if position == 0 else f"uniqueKeys{position}")

    @staticmethod
    def _names(raw: Any) -> list[str]:
        return [raw] if isinstance(raw, str) else [str(name) for name in raw] if isinstance(raw, list) else []

    def field(self, part: Part, name: str) -> None:
        draft = FieldDraft(name, part.path)
        part.ignore("name", "rdfType", "example")
        draft.label, draft.description = part.text("title"), part.text("description")
        kind = part.text("type") or "string"
        if kind in NO_COLUMN:
            self.notes.dropped(part.path, f'The field takes any text: "{kind}" has no counterpart.')
            kind = "string"
        limits = Part(part.mapping("constraints") or {}, part.at("constraints"), self.notes)
        self._type(draft, part, kind)
        self._constraints(draft, limits, kind)
        self._categories(draft, part)
        self.draft.add(draft)
        limits.close()
        part.close()

    def _type(self, draft: FieldDraft, part: Part, kind: str) -> None:
        form = part.text("format") or "default"
        if kind == "string":
            draft.type = STRING_FORMATS.get(form, "string")
            if form not in STRING_FORMATS and form != "default":
                self.notes.dropped(part.at("format"), f"The format {quoted(form)} is not checked.")
        elif kind in NUMBERS:
            draft.type = "number"
            if kind != "number":
                rules.whole_number(draft)
            self._marks(part)
        elif kind == "boolean":
            self._boolean(draft, part)
        elif kind in ("date", "time", "datetime"):
            self._date(draft, part, kind, form)
        elif kind == "list":
            self.notes.choice(part.path, "The field takes the list as the text of one cell.")
            part.drop("The items of a list are not checked.", "delimiter", "itemType")
        elif kind != "any":
            self.notes.dropped(part.at("type"), f"{quoted(kind)} is no type of Table Schema; the field takes any text.")

    def _marks(self, part: Part) -> None:
        point = part.text("decimalChar")
        if point not in (None, "."):
            self.notes.choice(
                part.at("decimalChar"), "Which mark is the decimal one is proved by the cells of a column."
            )
        part.ignore("groupChar", "bareNumber", "format")

    def _boolean(self, draft: FieldDraft, part: Part) -> None:
        yes = part.texts("trueValues") or DEFAULT_TRUE
        no = part.texts("falseValues") or DEFAULT_FALSE
        if {text.lower() for text in no} <= FALSE_TEXTS and not {text.lower() for text in yes} & FALSE_TEXTS:
            draft.type = "checkbox"
            return
        draft.type = "select"
        draft.add_option("true", yes[0], [text for text in yes if text != "true"])
        draft.add_option("false", no[0], [text for text in no if text != "false"])
        self.notes.choice(
            part.path, "A checkbox would read some of its texts otherwise, so it is a select of true and false."
        )

    def _date(self, draft: FieldDraft, part: Part, kind: str, form: str) -> None:
        draft.type = kind
        if kind != "date":
            draft.options["withSeconds"] = True
        day, month = form.find("%d"), re.search("%[mbB]", form)
        if "%" in form and day >= 0 and month and day < month.start():
            draft.options["locale"] = "en-GB"
            self.notes.choice(
                part.at("format"), "Cells may have any usual form; where nothing proves the order, the day is first."
            )
        elif form not in ("default", "any"):
            self.notes.choice(part.at("format"), "Cells may have any usual form, not this one only.")

    def _constraints(self, draft: FieldDraft, limits: Part, kind: str) -> None:
        draft.required = limits.flag("required")
        if limits.flag("unique"):
            draft.add("unique")
        if values := limits.entries("enum"):
            if draft.type == "checkbox":
                self.notes.dropped(limits.at("enum"), "A checkbox is always true or false.")
            else:
                rules.options_of(draft, self.notes, values)
        rules.length(draft, limits.count("minLength"), limits.count("maxLength"))
        if regex := limits.text("pattern"):
            rules.pattern(draft, self.notes, regex, whole=True)
        if kind in NUMBERS:
            rules.bounds(draft, self.notes, _limit(limits, "minimum"), _limit(limits, "maximum"))
        limits.drop(
            "Limits are for numbers only; the rule was left out.", *(() if kind in NUMBERS else ("minimum", "maximum"))
        )
        limits.drop("Limits are inclusive here; the rule was left out.", "exclusiveMinimum", "exclusiveMaximum")

    def _categories(self, draft: FieldDraft, part: Part) -> None:
        raw = part.entries("categories")
        part.ignore("categoriesOrdered")
        for position, entry in enumerate(raw):
            value = rules.scalar_text(entry.get("value") if isinstance(entry, Mapping) else entry)
            label = entry.get("label") if isinstance(entry, Mapping) else None
            if value is None:
                self.notes.dropped(
                    part.at("categories", position), "Expected a value, or an object with value and label."
                )
                continue
            draft.type, draft.options = "select", {}
            if all(option["value"] != value for option in draft.select):
                draft.add_option(value, label if isinstance(label, str) else None)


def _limit(limits: Part, key: str) -> Decimal | None:
    """A limit may be written as cells are: as a text."""
    value = limits.take(key)
    if isinstance(value, str):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("nan")
        if number.is_finite():
            return number
    return limits.number(key)
