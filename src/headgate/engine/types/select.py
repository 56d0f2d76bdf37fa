"""The type `select`: a cell names one of the options of its field."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import polars as pl

from headgate.engine.issue_kinds import RECIPE
from headgate.engine.match.options import OptionMatch, OptionMatcher
from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading, TypeContext
from headgate.schema import Field
from headgate.schema.types import SelectOptions

OPTION_AUTOFIXES = {
    "option_from_alternate_match": "Replaced by the option that this text is an alternate match of.",
    "option_remembered": "Replaced by the option that was chosen for this text in an earlier import.",
    "option_normalized": "Replaced by the option that differs only in case, spaces, punctuation or accents.",
    "option_similar": "Replaced by the option that this text is another spelling of.",
}
_METHOD_CODES = {
    "exact": None,
    "person": None,
    "recipe": RECIPE,
    "alternate": "option_from_alternate_match",
    "memory": "option_remembered",
    "normalized": "option_normalized",
    "similar": "option_similar",
}
NOT_AN_OPTION = "not_an_option"
_ERROR = Reading(None, NOT_AN_OPTION)


class SelectReader(CellReader):
    """Reads a cell as one option."""

    def __init__(self, matcher: OptionMatcher, *, allow_custom: bool) -> None:
        super().__init__()
        self.matcher = matcher
        self.allow_custom = allow_custom

    @cached_property
    def _exact(self) -> pl.DataFrame:
        exact = self.matcher.exact_texts()
        return pl.DataFrame(
            {
                "cell": pl.Series(list(exact), dtype=pl.String),
                "value": pl.Series([value for value, _ in exact.values()], dtype=pl.String),
                "code": pl.Series([_METHOD_CODES[method] for _, method in exact.values()], dtype=pl.String),
            }
        )

    def match(self, text: str) -> OptionMatch:
        """The option of a trimmed text, and how it was found."""
        return self.matcher.match(text)

    def read_cell(self, text: str) -> Reading:
        reading = self._read_remembered(text)
        return reading if reading.code != NOT_AN_OPTION else Reading(None, NOT_AN_OPTION, self.matcher.suggest(text))

    def _read_remembered(self, text: str) -> Reading:
        # A column's reading has no suggestions: finding one for each of a million distinct texts would be for nothing.
        match = self.matcher.match(text)
        if match.value is not None:
            return Reading(match.value, option_code(match))
        return Reading(text) if self.allow_custom else _ERROR

    def read_fast(self, cells: pl.Series) -> FastReading:
        found = pl.DataFrame({"cell": cells}).join(self._exact, on="cell", how="left", maintain_order="left")
        value, decided = found["value"], found["value"].is_not_null()
        rest = (~decided & cells.is_not_null()).arg_true() if self.allow_custom else None
        if rest is None or not len(rest):
            return FastReading(value, found["code"], decided)
        others = cells[rest]
        free = ~self.matcher.may_mean_some(others)
        kept = rest.filter(free)
        return FastReading(
            value.clone().scatter(kept, others.filter(free)), found["code"], decided.clone().scatter(kept, True)
        )


class SelectType(FieldType):
    """A field with options. With `allowCustom`, texts that are no option stay as they are."""

    name = "select"
    errors: ClassVar[dict[str, str]] = {NOT_AN_OPTION: "This is not one of the options. Expected one of: {options}."}
    autofixes: ClassVar[dict[str, str]] = OPTION_AUTOFIXES

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        if not isinstance(field.type, SelectOptions):
            raise TypeError(field.type_name)
        self._options = field.type
        self._labels = {option.value: option.label for option in field.select_options}

    @cached_property
    def _matcher(self) -> OptionMatcher:
        return OptionMatcher(
            self.field.select_options,
            exact_only=self._options.exact_match_only,
            normalized_only=self._options.allow_custom,
            language=self.context.language,
            remembered=self.context.remembered,
            decided=self.context.decided,
            replayed=self.context.replayed,
        )

    def reader(self, evidence: dict[str, Any] | None = None) -> SelectReader:
        return SelectReader(self._matcher, allow_custom=self._options.allow_custom)

    def display(self, value: str) -> str:
        return self._labels.get(value, value)

    def message_parameters(self) -> dict[str, Any]:
        return {"options": [option.label for option in self.field.select_options]}


def option_code(match: OptionMatch) -> str | None:
    """The auto-fix code of a match; None when the text is the option's value or label as written, or a person says so."""
    return None if match.method is None else _METHOD_CODES[match.method]
