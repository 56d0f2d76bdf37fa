"""Rules that several forms of schema have, said with our types and validators."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from headgate.convert.conversion import Notes, quoted
from headgate.convert.draft import FieldDraft, compiles, plain_number

WHOLE_NUMBER = r"^-?(\d+|\d+(\.\d+)?e\+\d+)$"


def whole_number(draft: FieldDraft) -> None:
    """A number without a fraction: `12.5` is an error, not 13, as our own `integer` preset would make of it."""
    draft.type, draft.options = "number", {"preset": "plain"}
    draft.add("regex_match", regex=WHOLE_NUMBER, errorMessage="Expected a whole number.")


def decimal_places(draft: FieldDraft, places: int, digits: int | None = None) -> None:
    """At most `places` digits after the point, and `digits` in all (None: any number). More are an error, not rounded."""
    before = r"\d+" if digits is None else rf"\d{{1,{max(digits - places, 1)}}}"
    after = rf"(\.\d{{1,{places}}})?" if places else ""
    # Numbers this small are written with an exponent.
    tiny = r"|^-?\d(\.\d+)?e-\d+$" if places >= 7 else ""
    what = "digit" if places == 1 else "digits"
    message = f"Expected at most {places} {what} after the point" if places else "Expected a whole number"
    message += "." if digits is None else f", and at most {max(digits - places, 0)} before it."
    draft.add("regex_match", regex=f"^-?{before}{after}${tiny}", errorMessage=message)


def bounds(draft: FieldDraft, notes: Notes, low: Decimal | None, high: Decimal | None) -> None:
    """Inclusive limits of a number field."""
    if draft.type != "number":
        if low is not None or high is not None:
            notes.dropped(draft.path, f'Limits were left out: a "{draft.type}" field has none.')
        return
    if low is not None and high is not None and low > high:
        notes.dropped(draft.path, "The lower limit is above the upper one; both were left out.")
        return
    for name, limit in (("min", low), ("max", high)):
        if limit is None:
            continue
        number = plain_number(limit)
        if number is None:
            notes.dropped(
                draft.path, f"The limit {quoted(limit)} cannot be written as a JSON number without changing it."
            )
        else:
            draft.options[name] = number


def length(draft: FieldDraft, low: int | None, high: int | None) -> None:
    """Characters of a text."""
    if low or high is not None:
        draft.add("length", min=low or None, max=high)


def pattern(draft: FieldDraft, notes: Notes, regex: str, *, message: str | None = None, whole: bool = False) -> None:
    """A regular expression; `whole`: the form that it comes from asks for the whole value."""
    text = f"^(?:{regex})$" if whole else regex
    # Without the flag, \p{L} would be the text "p{L}"; with it, some loosely written patterns are refused.
    by_code_point = compiles(text, "u")
    if not by_code_point and not compiles(text):
        notes.dropped(draft.path, f"{quoted(regex)} is no JavaScript regular expression; the rule was left out.")
        return
    options = {"unicode": True} if by_code_point else None
    draft.add("regex_match", regex=text, regexOptions=options, errorMessage=message)


def options_of(draft: FieldDraft, notes: Notes, values: list[Any], *, several: bool = False) -> None:
    """A choice of given values; numbers among them are options by the text that they are written as."""
    draft.type, draft.options = ("multi-select" if several else "select"), {}
    as_text = False
    for value in values:
        text = scalar_text(value)
        if text is None:
            notes.dropped(draft.path, "An option that is neither text nor number was left out.")
            continue
        as_text |= not isinstance(value, str)
        draft.add_option(text)
    if as_text:
        notes.choice(draft.path, "Options are texts here: the result of a numeric option is its text.")


def scalar_text(value: Any) -> str | None:
    """A text, number, true or false as text; None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal):
        return str(value)
    return None


def several_columns(draft: FieldDraft, notes: Notes) -> None:
    """A list of values: several columns may belong to the field, and the result is a list."""
    draft.many_to_one = True
    notes.choice(
        draft.path, "A list: several columns may belong to the field (manyToOne). A list within one cell is not split."
    )


def offset_lost(draft: FieldDraft, notes: Notes) -> None:
    """Points in time with an offset."""
    notes.choice(draft.path, "Results have no offset from UTC: the clock's time stays as it stands in the file.")
