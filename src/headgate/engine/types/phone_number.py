"""`phone-number`: real telephone numbers, as libphonenumber-js judges them (rules.md, "Phone, URL, domain, codes")."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.late_columns import phone_columns, phone_rules
from headgate.engine.types.masks import surely
from headgate.engine.types.phone_metadata import NON_GEOGRAPHIC
from headgate.engine.types.phone_plans import (
    MAX_NATIONAL_DIGITS,
    MIN_NATIONAL_DIGITS,
    PUNCTUATION,
    Plan,
    country_plan,
    main_plan,
    split_calling_code,
    valid_owner_of,
)
from headgate.late_patterns import late_pattern
from headgate.records import dataclass
from headgate.schema import Field
from headgate.schema.types import PhoneNumberOptions

MAX_CHARACTERS = 250

_DIGIT_ZEROS = "\uff10\u0660\u06f0"
_TO_ASCII = {ord(zero) + value: str(value) for zero in _DIGIT_ZEROS for value in range(10)} | {ord("＋"): "+"}
_NUMBER = late_pattern(rf"[{PUNCTUATION}]*(?P<plus>\+?)(?P<digits>(?:[{PUNCTUATION}]*[0-9])+)[{PUNCTUATION}]*")

_NO_DIGIT = late_pattern("[^0-9]+")
_LABEL = late_pattern(
    r"\A\s*(?:tel(?:efon|ephone|éfono|efono)?|phone|ph|fon|mobile?|mobil|cell|handy|call|whatsapp|[tmp])\b\s*[.:]*\s*",
    re.IGNORECASE,
)

How = Literal["plus", "dialled", "without plus", "national"]
"""How the calling code was written: `+49`, `0049`, `49`, or not at all."""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that exists: the plan that it belongs to, its significant digits, and how it was written."""

    plan: Plan
    national: str
    how: How

    @property
    def e164(self) -> str:
        return f"+{self.plan.calling_code}{self.national}"


def parse_phone_number(text: str, default: Plan | None) -> PhoneNumber | None:
    """The number that the whole text is, read as dialled in the country of `default`; None when there is none."""
    if len(text) > MAX_CHARACTERS:
        return None
    match = _NUMBER.fullmatch(text if text.isascii() else text.translate(_TO_ASCII))
    if match is None:
        return None
    digits = _NO_DIGIT.sub("", match["digits"])
    if match["plus"]:
        return _international(digits, "plus")
    if default is None:
        return None
    dialled = default.without_dial_out_prefix(digits)
    if dialled is not None:
        return _international(dialled, "dialled")
    code = default.calling_code
    if digits.startswith(code) and _has_calling_code(digits, digits[len(code) :], default):
        return _number(main_plan(code), digits[len(code) :], "without plus")
    return _number(default, digits, "national")


def _international(digits: str, how: How) -> PhoneNumber | None:
    split = split_calling_code(digits)
    return _number(main_plan(split[0]), split[1], how) if split else None


def _number(plan: Plan, digits: str, how: How) -> PhoneNumber | None:
    national = plan.national_number(digits)
    if not MIN_NATIONAL_DIGITS <= len(national) <= MAX_NATIONAL_DIGITS:
        return None
    owner = valid_owner_of(plan, national)
    return PhoneNumber(owner, national, how) if owner is not None else None


def _has_calling_code(digits: str, shorter: str, plan: Plan) -> bool:
    """Whether digits that begin like the calling code do so because somebody left out the `+`."""
    national = plan.national_number(digits)
    return (not plan.fits(national) and plan.fits(plan.national_number(shorter))) or plan.is_too_long(national)


class PhoneNumberReader(CellReader):
    """Reads telephone numbers by the options of one field."""

    def __init__(self, options: PhoneNumberOptions) -> None:
        super().__init__()
        self.options = options
        self.plan = country_plan(options.country) if options.country else None

    def read_cell(self, text: str) -> Reading:
        reading = self.read_without_suggestion(text)
        if reading.value is not None:
            return reading
        return Reading(None, reading.code, self._suggestion(text, parse_phone_number(text, self.plan)))

    def read_without_suggestion(self, text: str) -> Reading:
        number = parse_phone_number(text, self.plan)
        code = "phone_number_invalid"
        if number is not None:
            code = self._refusal(number)
        if number is None or code:
            return Reading(None, code)
        value = self._write(number)
        return Reading(value, None if value == text else "phone_number_normalized")

    def suggest(self, text: str) -> str | None:
        """The number behind a label (`Tel.: +49 …`, `tel:+49…`) or before a stop.

        An extension is never cut off: it is part of what somebody wrote down.
        """
        cleaned = _LABEL.sub("", text).strip(" .,;:")
        return self.read_cell(cleaned).value if cleaned != text else None

    def _refusal(self, number: PhoneNumber) -> str:
        """The code of the error that the field's `format` makes of a real number, or nothing."""
        if self.options.format == "international" and number.how not in {"plus", "dialled"}:
            return "phone_number_without_calling_code"
        if self.options.format == "national" and number.plan is not self.plan:
            return "phone_number_of_another_country"
        return ""

    def _suggestion(self, text: str, number: PhoneNumber | None) -> str | None:
        if number is None and text.startswith("00"):
            number = parse_phone_number("+" + text.removeprefix("00"), None)
        if number is None or (self.options.format == "national" and number.plan is not self.plan):
            return None
        return self._write(number)

    def _write(self, number: PhoneNumber) -> str:
        if self.options.format == "national":
            formatted = number.plan.format_national(number.national)
            return formatted if self.options.output_formatted else _NO_DIGIT.sub("", formatted)
        return number.plan.format_international(number.national) if self.options.output_formatted else number.e164

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        international = self.options.format == "international"
        value = phone_columns.read_numbers(
            cells,
            self.plan,
            national_only=self.options.format == "national",
            formatted=self.options.output_formatted,
            with_plus_only=international,
        )
        decided = value.is_not_null()
        changed = surely(value != cells)
        code = pl.Series("code", ["phone_number_normalized"]).new_from_index(0, len(cells)).set(~changed, None)
        if self.plan is None and not decided.all():
            without_plus = ~decided & ~cells.str.contains("[+＋]").fill_null(value=True)
            return FastReading(value, code.set(without_plus, "phone_number_invalid"), decided | without_plus)
        if self.plan is not None and international:
            refused = decided & ~cells.str.contains("[+＋]").fill_null(value=True)
            return FastReading(
                value.set(refused, None), code.set(refused, "phone_number_without_calling_code"), decided
            )
        return FastReading(value, code, decided)


class PhoneNumberType(FieldType):
    """Real numbers by libphonenumber's metadata. Result: E.164, or the national digits; formatted on request."""

    name: ClassVar[str] = "phone-number"
    errors: ClassVar[dict[str, str]] = {
        "phone_number_invalid": "Not a phone number that exists. Enter one like {example}, without extension or text.",
        "phone_number_without_calling_code": "The country's calling code is missing. Start with +, like {example}.",
        "phone_number_of_another_country": "This is a phone number of another country. Enter one of {country}.",
    }
    autofixes: ClassVar[dict[str, str]] = {
        "phone_number_normalized": "The phone number was written in the standard form."
    }

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        if not isinstance(field.type, PhoneNumberOptions):
            raise TypeError(f"{field.key} is no phone-number field")
        self.options = field.type

    def reader(self, evidence: dict[str, Any] | None = None) -> PhoneNumberReader:
        return PhoneNumberReader(self.options)

    def prepare(self) -> None:
        """The numbering plan of the field's country, too."""
        super().prepare()
        if (plan := self.reader().plan) is not None:
            phone_rules.rules_of(plan)

    def message_parameters(self) -> dict[str, str]:
        plan = country_plan(self.options.country) if self.options.country else None
        example = "+1 212 867 5309"
        if plan is not None and plan.region != NON_GEOGRAPHIC and (number := plan.example()):
            national = self.options.format == "national"
            example = plan.format_national(number) if national else plan.format_international(number)
        return {"example": example, "country": self.options.country or ""}
