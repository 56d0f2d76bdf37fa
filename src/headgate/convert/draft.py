"""A schema on its way: fields as converters describe them, put into a document that our own parser accepts."""

from __future__ import annotations

import re
from dataclasses import field
from decimal import Decimal
from typing import Any

import regress

from headgate.convert.conversion import Conversion, ConversionError, Notes, quoted
from headgate.records import dataclass
from headgate.schema import SchemaError, parse_schema
from headgate.schema.schema import MAX_FIELDS
from headgate.schema.types import TYPES_WITHOUT_TEXT

MAX_OPTIONS = 20_000
"""Options of one select field; longer lists are tables of their own and belong into a hook."""
WITH_OPTIONS = frozenset({"select", "multi-select"})
TEXT_VALIDATORS = frozenset({"length", "alphabetical"})
UNTYPED = "string"


@dataclass
class FieldDraft:
    """One field as a converter understood it. `required` becomes what demands the same of our type."""

    key: str
    path: str
    type: str = UNTYPED
    label: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    description: str | None = None
    alternates: list[str] = field(default_factory=list)
    select: list[dict[str, Any]] = field(default_factory=list)
    validators: list[dict[str, Any]] = field(default_factory=list)
    required: bool = False
    read_only: bool = False
    hidden: bool = False
    require_mapping: bool = False
    many_to_one: bool = False

    def add(self, validate: str, **keys: Any) -> None:
        """Add a validator, once."""
        validator = {"validate": validate, **{key: value for key, value in keys.items() if value is not None}}
        if validator not in self.validators:
            self.validators.append(validator)

    def add_option(self, value: str, label: str | None = None, alternates: list[str] | None = None) -> None:
        """Add an option of a select field."""
        option: dict[str, Any] = {"label": label or value, "value": value}
        self.select.append(option | ({"alternateMatches": alternates} if alternates else {}))


class SchemaDraft:
    """The fields so far, and what is noted about them."""

    def __init__(self, form: str, notes: Notes) -> None:
        self.form = form
        self.notes = notes
        self.name: str | None = None
        self.fields: list[FieldDraft] = []
        self.settings: dict[str, Any] = {}

    def add(self, draft: FieldDraft) -> None:
        """Add a field. Raises ConversionError when there are too many."""
        if len(self.fields) == MAX_FIELDS:
            raise ConversionError(f"The document has more than {MAX_FIELDS:,} fields. Split it.")
        self.fields.append(draft)

    def field(self, key: str) -> FieldDraft | None:
        """The first field with that key."""
        return next((draft for draft in self.fields if draft.key == key), None)

    def finish(self, fallback_name: str) -> Conversion:
        """The conversion. Raises ConversionError when there is nothing to convert."""
        if not self.fields:
            raise ConversionError("The document describes no field that a column of a file could hold.")
        if self.name is None:
            self.notes.choice("", f"The source has no name; the schema is called {quoted(fallback_name)}.")
        name = _clean(self.name or fallback_name) or "Imported schema"
        self._keep_keys_apart()
        document = {
            "name": name,
            "fields": [_Finisher(draft, self.notes).field() for draft in self.fields],
            "settings": {"importIdentifier": name, **self.settings},
        }
        self._note_checkboxes()
        try:
            parse_schema(document["fields"], document["settings"], name=name, saved=True)
        except SchemaError as error:
            raise ConversionError(f"What was made of the document is no usable schema: {error}") from error
        return Conversion(self.form, document, tuple(self.notes))

    def _keep_keys_apart(self) -> None:
        taken: set[str] = set()
        for draft in self.fields:
            wanted = draft.key.replace("\0", "") or "field"
            key, number = wanted, 1
            while key in taken:
                number += 1
                key = f"{wanted}_{number}"
            if key != draft.key:
                self.notes.choice(
                    draft.path, f"The key {quoted(draft.key)} cannot be used (again); it is {quoted(key)}."
                )
            draft.label = draft.label or label_of(draft.key)
            draft.key = key
            taken.add(key)

    def _note_checkboxes(self) -> None:
        if any(draft.type == "checkbox" for draft in self.fields):
            self.notes.choice(
                "", 'A "checkbox" reads an empty cell as false and every text that it does not know as true. '
                'Use a "select" with two options where that is too generous.',
            )  # fmt: skip


class _Finisher:
    """One field made consistent with what our types allow; whatever has to go is noted."""

    def __init__(self, draft: FieldDraft, notes: Notes) -> None:
        self.draft = draft
        self.notes = notes

    def field(self) -> dict[str, Any]:
        draft = self.draft
        self._settle_options()
        self._settle_required()
        validators = self._validators()
        document: dict[str, Any] = {"label": _clean(draft.label or draft.key), "key": draft.key}
        if draft.type != UNTYPED or draft.options:
            document["type"] = [draft.type, draft.options] if draft.options else draft.type
        optional: dict[str, Any] = {
            "description": draft.description,
            "alternateMatches": [name for name in draft.alternates if name not in (draft.key, draft.label)],
            "selectOptions": draft.select,
            "validators": validators,
            "readOnly": draft.read_only,
            "hidden": draft.hidden,
            "requireMapping": draft.require_mapping,
            "manyToOne": draft.many_to_one,
        }
        return document | {key: value for key, value in optional.items() if value}

    def _settle_options(self) -> None:
        draft = self.draft
        kept: dict[str, dict[str, Any]] = {}
        for option in draft.select:
            if not option["value"]:
                self.notes.dropped(draft.path, "An empty text cannot be an option: an empty cell has no value.")
            elif option["value"] in kept:
                self.notes.dropped(
                    draft.path, f"The option {quoted(option['value'])} stands twice; the first one is kept."
                )
            else:
                kept[option["value"]] = option
        draft.select = list(kept.values())
        if draft.type in WITH_OPTIONS and not draft.select:
            self.notes.dropped(draft.path, "A choice without options: the field takes any text.")
            draft.type, draft.options = UNTYPED, {}
        if len(draft.select) > MAX_OPTIONS:
            self.notes.dropped(draft.path, f"More than {MAX_OPTIONS:,} options: the field takes any text.")
            draft.type, draft.options, draft.select = UNTYPED, {}, []

    def _settle_required(self) -> None:
        draft = self.draft
        if not draft.required:
            return
        if draft.type == "checkbox":
            draft.require_mapping = True
            self.notes.choice(
                draft.path,
                "A required checkbox would have to be ticked, so a column is required instead (requireMapping), "
                "and an empty cell is false.",
            )
        else:
            draft.validators.insert(0, {"validate": "required"})

    def _validators(self) -> list[dict[str, Any]]:
        draft = self.draft
        if draft.hidden:
            for validator in draft.validators:
                self._drop(validator, "a hidden field has no validators")
            return []
        return [validator for validator in draft.validators if self._usable(validator)]

    def _usable(self, validator: dict[str, Any]) -> bool:
        name = validator["validate"]
        if name in TEXT_VALIDATORS and self.draft.type in TYPES_WITHOUT_TEXT:
            return self._drop(validator, f'it checks text, and the field is a "{self.draft.type}"')
        low, high = validator.get("min"), validator.get("max")
        if low is not None and high is not None and low > high:
            return self._drop(validator, "no value could satisfy it")
        if "regex" in validator and not self._compiles(validator):
            return self._drop(validator, f"{quoted(validator['regex'])} is no JavaScript regular expression")
        return True

    @staticmethod
    def _compiles(validator: dict[str, Any]) -> bool:
        flags = validator.get("regexOptions", {})
        letters = ("i" if flags.get("ignoreCase") else "") + ("u" if flags.get("unicode") else "")
        return compiles(validator["regex"], letters)

    def _drop(self, validator: dict[str, Any], why: str) -> bool:
        self.notes.dropped(self.draft.path, f'The rule "{validator["validate"]}" was left out: {why}.')
        return False


def compiles(regex: str, flags: str = "") -> bool:
    """Whether a text is a JavaScript regular expression."""
    try:
        regress.Regex(regex, flags)
    except (regress.RegressError, ValueError):
        return False
    return True


def label_of(key: str) -> str:
    """A label for people, made of a key: `first_name` and `firstName` are `First name`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-.\s]+", " ", key).split()
    if not words:
        return key
    words = [word if word.isupper() else word.lower() for word in words]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def plain_number(number: Decimal) -> int | float | None:
    """A number as JSON can write it without changing it, else None."""
    if number == number.to_integral_value():
        return int(number) if abs(number.adjusted()) < 300 else None
    return float(number) if Decimal(str(float(number))) == number else None


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
