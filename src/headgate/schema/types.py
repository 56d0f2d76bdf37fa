"""The 17 field types and the options of each (schema.md, "Types")."""

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, field_validator, model_validator
from pydantic import Field as Key

from headgate.message import Message
from headgate.schema.base import SchemaModel
from headgate.schema.problems import Problems, join_path, parse_object, shortened, with_hint


def _exact_number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("Expected a number.")  # noqa: TRY004 - pydantic collects ValueError, not TypeError
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("Expected a finite number.")
    return number


Number = Annotated[Decimal, BeforeValidator(_exact_number)]

NumberPreset = Literal[
    "default", "plain", "percent", "percent_0", "percent_1", "percent_2", "percent_3", "percent_4", "integer",
    "decimal_0", "decimal_1", "decimal_2", "decimal_3", "decimal_4", "usd", "usd_accounting", "eur", "gbp",
]  # fmt: skip


class Abbreviations(SchemaModel):
    """The texts that stand for a thousand, a million, a billion and a trillion."""

    thousand: str | None = None
    million: str | None = None
    billion: str | None = None
    trillion: str | None = None


class NumberFormat(SchemaModel):
    """A numbro format object (numbro 2.5)."""

    output: Literal["currency", "percent", "byte", "time", "ordinal", "number"] | None = None
    base: Literal["binary", "decimal", "general"] | None = None
    characteristic: int | None = Key(default=None, ge=0, le=100)
    prefix: str | None = None
    postfix: str | None = None
    force_average: Literal["trillion", "billion", "million", "thousand"] | None = None
    average: bool | None = None
    currency_position: Literal["prefix", "infix", "postfix"] | None = None
    currency_symbol: str | None = None
    total_length: int | None = Key(default=None, ge=0, le=100)
    mantissa: int | None = Key(default=None, ge=0, le=100)
    optional_mantissa: bool | None = None
    trim_mantissa: bool | None = None
    optional_characteristic: bool | None = None
    thousand_separated: bool | None = None
    abbreviations: Abbreviations | None = None
    negative: Literal["sign", "parenthesis"] | None = None
    force_sign: bool | None = None
    space_separated: bool | None = None
    space_separated_currency: bool | None = None
    space_separated_abbreviation: bool | None = None
    exponential: bool | None = None
    prefix_symbol: bool | None = None
    low_precision: bool | None = None


class TypeOptions(SchemaModel):
    """The options of one field type; `type_name` is the name that a schema gives."""

    type_name: ClassVar[str]


class StringOptions(TypeOptions):
    type_name = "string"


class NumberOptions(TypeOptions):
    type_name = "number"
    preset: NumberPreset = "default"
    round: int | None = Key(default=None, ge=-300, le=300)
    display_format: NumberFormat | None = None
    output_format: NumberFormat | None = None
    min: Number | None = None
    max: Number | None = None

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError('"min" is greater than "max", so no number would be valid.')
        return self


class _LocalizedOptions(TypeOptions):
    locale: str = "en-US"
    display_format: str | None = Key(default=None, min_length=1)
    output_format: str | None = Key(default=None, min_length=1)

    @field_validator("locale")
    @classmethod
    def _locale_is_known(cls, value: str) -> str:
        # Here and below, because most schemas name neither a locale nor a country.
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(re.split("-u-|-x-", value.replace("_", "-"))[0], sep="-")
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(
                Message('"{text}" is not a known locale. Expected a BCP 47 tag such as "en-US".', text=shortened(value))
            ) from error
        return value


class DateOptions(_LocalizedOptions):
    type_name = "date"
    autofix: bool = True


class DatetimeOptions(_LocalizedOptions):
    type_name = "datetime"
    with_seconds: bool = False


class TimeOptions(_LocalizedOptions):
    type_name = "time"
    with_seconds: bool = False


class SelectOptions(TypeOptions):
    type_name = "select"
    allow_custom: bool = False
    exact_match_only: bool = False


class MultiSelectOptions(TypeOptions):
    type_name = "multi-select"
    delimiter: str = Key(default=",", min_length=1)
    trim_values: bool = True


class CheckboxOptions(TypeOptions):
    type_name = "checkbox"


class EmailOptions(TypeOptions):
    type_name = "email"


class PhoneNumberOptions(TypeOptions):
    type_name = "phone-number"
    country: str | None = None
    format: Literal["international", "national", "both"] = "international"
    output_formatted: bool = False

    @field_validator("country")
    @classmethod
    def _country_is_iso_3166(cls, value: str | None) -> str | None:
        import pycountry

        if value is not None and (len(value) != 2 or pycountry.countries.get(alpha_2=value.upper()) is None):
            raise ValueError(
                Message(
                    '"{text}" is not a country. Expected an ISO 3166-1 alpha-2 code such as "US".',
                    text=shortened(value),
                )
            )
        return value.upper() if value else value

    @model_validator(mode="after")
    def _national_needs_country(self) -> Self:
        if self.format != "international" and self.country is None:
            raise ValueError(Message('The format "{format}" needs a "country".', format=self.format))
        return self


class UrlOptions(TypeOptions):
    type_name = "url"
    accepted_protocols: tuple[str, ...] | None = Key(default=None, strict=False)
    accepted_domains: tuple[str, ...] | None = Key(default=None, strict=False)


class DomainOptions(TypeOptions):
    type_name = "domain"
    allow_subdomains: bool = True


class CountryOptions(TypeOptions):
    type_name = "country"
    format: Literal["2-letter", "3-letter"] = "2-letter"


class UsStateTerritoryOptions(TypeOptions):
    type_name = "us-state-territory"


class UsZipCodeOptions(TypeOptions):
    type_name = "us-zip-code"
    format: Literal["5-digit", "9-digit"] = "5-digit"
    output_dash: bool = False


class SsnOptions(TypeOptions):
    type_name = "ssn"
    output_dash: bool = False


class UuidOptions(TypeOptions):
    type_name = "uuid"
    version: int | None = Key(default=None, ge=1, le=8)


TYPES: dict[str, type[TypeOptions]] = {
    options.type_name: options
    for options in (
        StringOptions, NumberOptions, DateOptions, DatetimeOptions, TimeOptions, SelectOptions, MultiSelectOptions,
        CheckboxOptions, EmailOptions, PhoneNumberOptions, UrlOptions, DomainOptions, CountryOptions,
        UsStateTerritoryOptions, UsZipCodeOptions, SsnOptions, UuidOptions,
    )
}  # fmt: skip

SELECT_TYPES = frozenset({"select", "multi-select"})
"""Types whose fields have options."""

TYPES_WITHOUT_TEXT = frozenset({"number", "date", "datetime", "time", "checkbox"})
"""Types whose value is no text a person typed: `length` and `alphabetical` make no sense on them."""


def parse_type(raw: Any, path: str, problems: Problems) -> TypeOptions | None:
    """The options of a field's `type` (a name, or `[name, options]`), or None with its problems recorded at `path`."""
    name, options, options_path = raw, {}, path
    if isinstance(raw, list):
        if not 1 <= len(raw) <= 2:
            problems.add(path, "Expected a type name, or a list of a type name and its options.")
            return None
        name = raw[0]
        if len(raw) == 2 and raw[1] is not None:
            options, options_path = raw[1], join_path(path, 1)
    if not isinstance(name, str):
        problems.add(path, "Expected a type name, or a list of a type name and its options.")
        return None
    if name not in TYPES:
        problems.add(
            path, with_hint(Message('Unknown type "{name}".', name=shortened(name)), problems.hint(name, TYPES))
        )
        return None
    if name == NumberOptions.type_name and isinstance(options, str):
        options = {"preset": options}
    return parse_object(TYPES[name], options, options_path, problems)
