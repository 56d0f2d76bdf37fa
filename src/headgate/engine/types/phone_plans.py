"""Numbering plans: which digits are a real number of which country, and how people write it.

The rules are libphonenumber-js's (`max` metadata), read from the metadata of the Python package `phonenumbers`. That
package's own parser differs: in telling countries apart that share a calling code, and in how it groups numbers.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from headgate.engine.types.phone_metadata import NON_GEOGRAPHIC, PlanMetadata, metadata_of, regions_by_calling_code
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

PUNCTUATION = (
    r"\-\u2010-\u2015\u2212\u30fc\uff0d\uff0f/\uff0e. \u00a0\u00ad\u200b\u2060\u3000"
    r"()\uff08\uff09\uff3b\uff3d\[\]~\u2053\u223c\uff5e"
)
"""Inside of a character class: what may stand between the digits of a number."""

MAX_CALLING_CODE_DIGITS = 3
MIN_NATIONAL_DIGITS = 2
MAX_NATIONAL_DIGITS = 17


@dataclass(frozen=True)
class NumberType:
    """One kind of number of a plan (mobile, toll-free, …): its pattern and its lengths in digits."""

    pattern: str
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class NumberFormat:
    """How numbers that match `pattern` and begin with `leading` are grouped; templates are for `re.sub`."""

    pattern: str
    leading: str | None
    national: str
    international: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def leading_regex(self) -> re.Pattern[str] | None:
        return re.compile(self.leading) if self.leading else None

    def fits(self, number: str) -> bool:
        """Whether this format is for that national number."""
        return (self.leading_regex is None or self.leading_regex.match(number) is not None) and (
            self.regex.fullmatch(number) is not None
        )

    def grouped(self, number: str, *, international: bool) -> str | None:
        """A national number as this format writes it; None when it is not for it."""
        if not self.fits(number) or (found := self.regex.match(number)) is None:
            return None
        texts = self._international_pieces if international else self._national_pieces
        # As `re.sub` fills a template, which parses it each time.
        filled = [found[int(text)] or "" if is_group else text for is_group, text in texts]
        return "".join(filled) + number[found.end() :]

    @cached_property
    def _national_pieces(self) -> list[tuple[bool, str]]:
        return _pieces(self.national)

    @cached_property
    def _international_pieces(self) -> list[tuple[bool, str]]:
        return _pieces(self.international)


class Plan:
    """The numbering plan of a country, or of a calling code that belongs to none (+800)."""

    def __init__(self, region: str, metadata: PlanMetadata) -> None:
        self.region = region
        self.calling_code = metadata["calling_code"]
        self.general = metadata["general"]
        self.lengths = tuple(metadata["lengths"])
        self.leading_digits = metadata["leading_digits"]
        self.dial_out_prefix = metadata["dial_out_prefix"]
        self.trunk_prefix = metadata["trunk_prefix"]
        self.trunk_transform = metadata["trunk_transform"]
        self._metadata = metadata

    @cached_property
    def types(self) -> tuple[NumberType, ...]:
        """The kinds of numbers, in the order in which they are tried."""
        return tuple(NumberType(pattern, tuple(lengths)) for pattern, lengths in self._metadata["types"])

    @cached_property
    def formats(self) -> tuple[NumberFormat, ...]:
        """The plan's own formats, else those of the main country of its calling code."""
        own = tuple(NumberFormat(*each) for each in self._metadata["formats"])
        if own or self.region == NON_GEOGRAPHIC:
            return own
        main = main_plan(self.calling_code)
        return own if main is self else main.formats

    @cached_property
    def _general_regex(self) -> re.Pattern[str]:
        return re.compile(self.general)

    @cached_property
    def _type_regexes(self) -> dict[int, list[re.Pattern[str]]]:
        """The patterns of all types by the length of their numbers, each once: those of land lines and mobiles are often the same."""
        patterns: dict[int, dict[str, None]] = {}
        for kind in self.types:
            for length in set(kind.lengths):
                patterns.setdefault(length, {})[kind.pattern] = None
        return {length: [late_pattern(one) for one in own] for length, own in patterns.items()}

    @cached_property
    def _leading_regex(self) -> re.Pattern[str] | None:
        return re.compile(self.leading_digits) if self.leading_digits else None

    @cached_property
    def _trunk_regex(self) -> re.Pattern[str] | None:
        return re.compile(f"(?:{self.trunk_prefix})") if self.trunk_prefix else None

    @cached_property
    def _dial_out_regex(self) -> re.Pattern[str] | None:
        return re.compile(self.dial_out_prefix) if self.dial_out_prefix else None

    def fits(self, number: str) -> bool:
        """Whether the national number has the plan's general shape."""
        return self._general_regex.fullmatch(number) is not None

    def is_valid(self, number: str) -> bool:
        """Whether the national number can be in use: of the general shape and of one of the types."""
        if not self.fits(number):
            return False
        if not self.types:
            return True
        return any(regex.fullmatch(number) for regex in self._type_regexes.get(len(number), ()))

    def claims(self, number: str) -> bool:
        """Whether, of countries that share a calling code, this one has the number."""
        if self.claims_by_leading_digits:
            return self._leading_regex is not None and self._leading_regex.match(number) is not None
        return self.is_valid(number)

    @property
    def claims_by_leading_digits(self) -> bool:
        """Whether the first digits say that a number is of this country, and not that it is valid here."""
        return self.leading_digits is not None

    def is_too_long(self, number: str) -> bool:
        """Whether the number has more digits than any of the plan."""
        return bool(self.lengths) and len(number) > max(self.lengths)

    def without_dial_out_prefix(self, number: str) -> str | None:
        """The digits after the country's prefix for calls abroad (`00`, `011`), or None when there is none."""
        match = self._dial_out_regex.match(number) if self._dial_out_regex else None
        if match is None or match.end() == 0:
            return None
        rest = number[match.end() :]
        return None if not rest or rest[0] == "0" else rest

    def national_number(self, number: str) -> str:
        """The significant national number: without trunk prefix and carrier code."""
        match = self._trunk_regex.match(number) if self._trunk_regex else None
        if match is None:
            return number
        has_group = bool(match.re.groups) and bool(match.group(match.re.groups))
        if self.trunk_transform and has_group:
            stripped = match.expand(self.trunk_transform) + number[match.end() :]
        else:
            stripped = number[match.end() :]
        if stripped == number or (self.fits(number) and not self.fits(stripped)):
            return number
        owner = owner_of(self.calling_code, stripped) or self
        return stripped if not owner.lengths or _is_possible(owner.lengths, len(stripped)) else number

    def example(self) -> str | None:
        """A number of the plan, for messages."""
        return self._metadata["example"]

    def format_national(self, number: str) -> str:
        """As people of the country write it, such as `030 123456`."""
        for style in self.formats:
            if (grouped := style.grouped(number, international=False)) is not None:
                return grouped
        return number

    def format_international(self, number: str) -> str:
        """With `+` and spaces only, such as `+49 30 123456`."""
        for style in self.formats:
            if (grouped := style.grouped(number, international=True)) is not None:
                return f"+{self.calling_code} {with_spaces_only(grouped)}"
        return f"+{self.calling_code} {number}"


def with_spaces_only(text: str) -> str:
    """Every run of punctuation as one space."""
    return re.sub(f"[{PUNCTUATION}]+", " ", text).strip()


@cache
def country_plan(country: str) -> Plan | None:
    """The plan of an ISO 3166-1 country, None for the few without telephone numbers of their own."""
    metadata = metadata_of(country)
    return None if metadata is None else Plan(country, metadata)


@cache
def plans_of(calling_code: str) -> tuple[Plan, ...]:
    """The plans behind a calling code, the main country first; empty when nobody has the code."""
    regions = regions_by_calling_code().get(calling_code, [])
    if regions == [NON_GEOGRAPHIC]:
        shared = metadata_of(NON_GEOGRAPHIC, calling_code)
        return (Plan(NON_GEOGRAPHIC, shared),) if shared is not None else ()
    return tuple(plan for region in regions if (plan := country_plan(region)) is not None)


def main_plan(calling_code: str) -> Plan:
    """The plan of the main country of a calling code that exists."""
    return plans_of(calling_code)[0]


def owner_of(calling_code: str, number: str) -> Plan | None:
    """The country that the national number belongs to, None when none of those that share the code has it."""
    plans = plans_of(calling_code)
    if len(plans) == 1:
        return plans[0]
    return next((plan for plan in plans if plan.claims(number)), None)


def valid_owner_of(plan: Plan, number: str) -> Plan | None:
    """The country that a national number of the plan's calling code belongs to, if it is valid there; else None."""
    plans = plans_of(plan.calling_code)
    for owner in plans if len(plans) > 1 else ():
        if owner.claims(number):
            return owner if not owner.claims_by_leading_digits or owner.is_valid(number) else None
    owner = plans[0] if len(plans) == 1 else plan
    return owner if owner.is_valid(number) else None


@cache
def calling_codes() -> frozenset[str]:
    """All calling codes in use, as digits."""
    return frozenset(regions_by_calling_code())


def split_calling_code(digits: str) -> tuple[str, str] | None:
    """Calling code and rest of the digits after a `+`, None when nobody has the code."""
    for length in range(1, MAX_CALLING_CODE_DIGITS + 1):
        if digits[:length] in calling_codes():
            return digits[:length], digits[length:]
    return None


def _is_possible(lengths: tuple[int, ...], length: int) -> bool:
    """A number that is too long may still be complete once more digits are dropped, so only those are let through."""
    return length in lengths or length > max(lengths)


def _pieces(template: str) -> list[tuple[bool, str]]:
    """A template for `re.sub` as what it consists of: the numbers of groups (True) and texts."""
    parts = re.split(r"\\(\d)", template)
    return [(bool(at % 2), part) for at, part in enumerate(parts) if part]
