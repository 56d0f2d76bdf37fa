"""Filling a text with its parameters, as the reader's language writes numbers, lists and quotations.

A placeholder is `{name}` or `{name:form}`. Forms:

* `quoted`: in the language's quotation marks (each entry of a list),
* `percent`: a share of 0–1 as a percentage,
* `position`: a number counted from 0 as people count, from 1,
* a unit of the catalogue (`cells`, `rows`, …): the number with its noun in the plural form that CLDR demands for it.

Without a form a number gets the language's separators, and a list is joined. A text never fails: a placeholder without
a parameter stays as it is, and nothing but names is looked up, because texts may come from a schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from headgate.libraries import numbers as babel_numbers

if TYPE_CHECKING:
    from babel import Locale

MAX_LISTED = 10
"""How many entries of a list a text names; the others are counted."""
MAX_CHARACTERS = 60
"""Longer entries of a list are shortened."""

NOTHING = "–"

_PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")

Text = str | Mapping[str, str]
"""An entry of a catalogue; a unit has a text for each plural category of the language."""


class Phrasing:
    """Fills texts in one language. `texts`: its catalogue, for the keys `word.*` and `unit.*`."""

    def __init__(self, language: str, texts: Mapping[str, Text]) -> None:
        self._language = language
        self._texts = texts

    def fill(self, template: str, parameters: Mapping[str, Any]) -> str:
        """`template` with its placeholders replaced."""

        def shown(found: re.Match[str]) -> str:
            name, form = found[1], found[2]
            return self._shown(parameters[name], form) if name in parameters else found[0]

        return _PLACEHOLDER.sub(shown, template)

    def _shown(self, value: Any, form: str | None) -> str:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return self._list([self._shown(_shortened(item), form) for item in value[:MAX_LISTED]], len(value))
        if isinstance(value, Mapping):
            return self._condition(value)
        if value is None:
            return NOTHING
        if isinstance(value, int | float):
            return self._number(value, form)
        return self._word("quote", text=str(value)) if form == "quoted" else str(value)

    def _number(self, value: float, form: str | None) -> str:
        if form == "percent":
            return str(babel_numbers.format_percent(value, locale=cldr_locale(self._language)))
        if form == "position":
            value += 1
        number = str(babel_numbers.format_decimal(value, locale=cldr_locale(self._language)))
        forms = self._texts.get(f"unit.{form}")
        if not isinstance(forms, Mapping):
            return number
        return forms[plural_category(self._language, value)].replace("{n}", number)

    def _list(self, shown: Sequence[str], count: int) -> str:
        if not shown:
            return NOTHING
        items = str(self._texts["word.separator"]).join(shown)
        return self._word("more", items=items, count=count - len(shown)) if count > len(shown) else items

    def _condition(self, condition: Mapping[str, Any]) -> str:
        """`{"field", "value"}`: a field and the value that it has; None for an empty one."""
        empty = condition["value"] is None
        return self._word("is_empty" if empty else "is", **condition)

    def _word(self, name: str, **parameters: Any) -> str:
        return self.fill(str(self._texts[f"word.{name}"]), parameters)


def plural_category(language: str, number: float) -> str:
    """The CLDR plural category (`one`, `few`, `other`, …) of a number in a language."""
    return str(cldr_locale(language).plural_form(number))


@cache
def cldr_locale(language: str) -> Locale:
    """CLDR's data for one of `settings.locale`: looking for `zh_TW` anew for each number would take milliseconds."""
    from babel import Locale  # as `babel_numbers`: loaded with the first number that is shown

    return Locale.parse(language)


def placeholders(template: str) -> set[str]:
    """The names of a text's placeholders."""
    return {found[1] for found in _PLACEHOLDER.finditer(template)}


def _shortened(item: Any) -> Any:
    return f"{item[: MAX_CHARACTERS - 1]}…" if isinstance(item, str) and len(item) > MAX_CHARACTERS else item
