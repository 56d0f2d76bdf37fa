"""The fields of a schema (schema.md, "Field object")."""

from dataclasses import field
from typing import Any, Literal

from pydantic import Field as Key

from headgate.message import Message
from headgate.records import dataclass
from headgate.schema.base import SchemaModel
from headgate.schema.problems import Problems, join_path, parse_object
from headgate.schema.types import SELECT_TYPES, TYPES_WITHOUT_TEXT, StringOptions, TypeOptions, parse_type
from headgate.schema.validators import TEXT_VALIDATORS, Validator, parse_validator


class SelectOption(SchemaModel):
    """One option of a select or multi-select field."""

    label: str
    value: str
    alternate_matches: list[str] = []


class FieldKeys(SchemaModel):
    """The keys of a field as they are written; `type` and `validators` are read by parsers of their own."""

    label: str
    key: str = Key(min_length=1)
    type: Any = None
    description: str | None = None
    alternate_matches: list[str] = []
    validators: Any = None
    select_options: list[SelectOption] | None = None
    invalid_value_message: str | None = None
    read_only: bool = False
    hidden: bool = False
    require_mapping: bool = False
    many_to_one: bool = False
    mask: Literal["all", "last4"] | None = None


@dataclass(frozen=True)
class Field:
    """A field, ready to use: its type's options and its validators are models of their own."""

    label: str
    key: str
    type: TypeOptions
    description: str | None
    alternate_matches: tuple[str, ...]
    validators: tuple[Validator, ...]
    select_options: tuple[SelectOption, ...]
    invalid_value_message: str | None
    read_only: bool
    hidden: bool
    require_mapping: bool
    many_to_one: bool
    mask: Literal["all", "last4"] | None = None
    definition: dict[str, Any] = field(default_factory=dict, repr=False)
    """The field as it was written: what hooks are shown."""

    @property
    def type_name(self) -> str:
        """The name of the type as a schema writes it, such as `phone-number`."""
        return self.type.type_name

    @property
    def required(self) -> bool:
        """Whether an empty cell is an error."""
        return any(v.validate_ == "required" and v.level == "error" for v in self.validators)


_KEYS_AS_THEY_ARE = (
    "label", "key", "description", "invalid_value_message", "read_only", "hidden", "require_mapping", "many_to_one", "mask",
)  # fmt: skip


def parse_field(raw: Any, path: str, problems: Problems) -> Field | None:
    """One entry of `fields`, or None with its problems recorded below `path`."""
    if isinstance(raw, dict):
        raw = {key: value for key, value in raw.items() if value is not None}
    keys = parse_object(FieldKeys, raw, path, problems)
    if not isinstance(raw, dict):
        return None
    type_options = parse_type(raw["type"], join_path(path, "type"), problems) if "type" in raw else StringOptions()
    validators = _parse_validators(raw.get("validators", []), join_path(path, "validators"), problems)
    if keys is None or type_options is None:
        return None
    parsed = Field(
        **{name: getattr(keys, name) for name in _KEYS_AS_THEY_ARE},
        type=type_options,
        alternate_matches=tuple(keys.alternate_matches),
        select_options=tuple(keys.select_options or ()),
        validators=validators,
        definition=raw,
    )
    if "\0" in parsed.key:  # no table that a result may be written as can name a column so
        problems.add(join_path(path, "key"), "A NUL character cannot stand in a key.")
    _check_options(parsed, keys.select_options, path, problems)
    _check_validators(parsed, path, problems)
    return parsed


def _parse_validators(raw: Any, path: str, problems: Problems) -> tuple[Validator, ...]:
    if not isinstance(raw, list):
        problems.add(path, "Expected a list.")
        return ()
    parsed = (parse_validator(entry, join_path(path, position), problems) for position, entry in enumerate(raw))
    return tuple(validator for validator in parsed if validator is not None)


def _check_options(field: Field, options: list[SelectOption] | None, path: str, problems: Problems) -> None:
    location = join_path(path, "selectOptions")
    if field.type_name in SELECT_TYPES:
        if not options:
            problems.add(location, Message('A field of type "{type}" needs at least one option.', type=field.type_name))
        seen: set[str] = set()
        for position, option in enumerate(options or []):
            if option.value in seen:
                problems.add(
                    join_path(location, position, "value"),
                    Message('The value "{value}" stands twice.', value=option.value),
                )
            seen.add(option.value)
    elif options is not None:
        problems.add(
            location,
            Message('Only "select" and "multi-select" fields have options, not "{type}".', type=field.type_name),
        )


def _check_validators(field: Field, path: str, problems: Problems) -> None:
    if field.hidden and field.validators:
        problems.add(join_path(path, "validators"), "A hidden field is set by hooks only and cannot have validators.")
    for position, validator in enumerate(field.validators):
        if validator.validate_ in TEXT_VALIDATORS and field.type_name in TYPES_WITHOUT_TEXT:
            problems.add(
                join_path(path, "validators", position, "validate"),
                Message(
                    '"{rule}" checks text and cannot be used on a field of type "{type}".',
                    rule=validator.validate_,
                    type=field.type_name,
                ),
            )
