"""The type `multi-select`: a cell lists options of its field."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, ClassVar

import orjson
import polars as pl

from headgate.engine.issue_kinds import RECIPE
from headgate.engine.match.options import OptionMatch, OptionMatcher
from headgate.engine.types.base import (
    REMEMBERED_CELLS,
    WHITE_SPACE,
    CellReader,
    FastReading,
    FieldType,
    Reading,
    TypeContext,
)
from headgate.engine.types.cell_bytes import Repeated
from headgate.engine.types.select import NOT_AN_OPTION, OPTION_AUTOFIXES, option_code
from headgate.schema import Field
from headgate.schema.types import MultiSelectOptions

DUPLICATE_REMOVED = "duplicate_option_removed"
NOT_A_LIST_OF_TEXTS = "not_a_list_of_texts"
_CODES_BY_WEIGHT = (RECIPE, "option_similar", "option_remembered", "option_normalized", "option_from_alternate_match")
"""When parts of one cell were fixed in several ways, the least literal one is told."""
_WEIGHTS = {code: weight for weight, code in enumerate((*_CODES_BY_WEIGHT, None))}


class MultiSelectReader(CellReader):
    """Reads a cell as a list of options; every part must be one.

    A duplicate stays once. Of a cell with a duplicate and other fixes, the duplicate is told: it is a warning.
    """

    def __init__(self, matcher: OptionMatcher, *, delimiter: str, trim: bool, json_lists: bool) -> None:
        super().__init__()
        self.matcher = matcher
        self._delimiter = delimiter
        self._trim = trim
        self._json_lists = json_lists
        self._matched: dict[str, OptionMatch] = {}

    @cached_property
    def _literal(self) -> pl.Series:
        return pl.Series(list(self.matcher.exact_texts()), dtype=pl.String)

    def match(self, text: str) -> OptionMatch:
        """The option of one part, and how it was found."""
        return self.matcher.match(text)

    def parts(self, text: str) -> list[str] | None:
        """The texts that a cell lists, without empty ones; None when a JSON list holds something else than scalars."""
        found = self._json_parts(text) if self._json_lists and text.startswith("[") else None
        if found is None:
            found = split_list(text, self._delimiter, trim=self._trim)
        elif any(part is None for part in found):
            return None
        parts = [part for part in found if part is not None]
        if self._trim:
            parts = [part.strip(WHITE_SPACE) for part in parts]
        return [part for part in parts if part.strip(WHITE_SPACE)]

    def _match_again(self, part: str) -> OptionMatch:
        """`match`, of parts that come in chunk after chunk."""
        match = self._matched.get(part)
        if match is None:
            if len(self._matched) >= REMEMBERED_CELLS:
                self._matched.clear()
            match = self._matched[part] = self.matcher.match(part)
        return match

    def parts_of(self, texts: pl.Series) -> pl.Series:
        """`parts` of each text (List of String, null for None), white space around the texts taken away."""
        plain = self._plain(texts)
        lists = texts.set(~plain, None).str.split(self._delimiter)
        part = pl.element()
        if self._trim:
            lists = lists.list.eval(part.str.strip_chars(WHITE_SPACE))
        lists = lists.list.eval(part.filter((part if self._trim else part.str.strip_chars(WHITE_SPACE)) != ""))
        if plain.all():
            return lists
        at = (~plain & texts.is_not_null()).arg_true()
        exact = [self.parts(text) for text in texts.gather(at).to_list()]
        others = pl.DataFrame({"at": at, "exact": pl.Series(exact, dtype=pl.List(pl.String))})
        rows = (
            pl.DataFrame({"parts": lists}).with_row_index("at").join(others, on="at", how="left", maintain_order="left")
        )
        return rows.select(pl.coalesce("parts", "exact")).to_series()

    def _plain(self, texts: pl.Series) -> pl.Series:
        """Which texts (Boolean, no nulls) are parted by the delimiter alone: no quotes, no JSON."""
        plain = ~texts.str.contains('"', literal=True)
        if self._json_lists:
            plain &= ~texts.str.starts_with("[")
        return plain.fill_null(value=False)

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Lists all of whose parts are options; each different part is matched once."""
        plain = self._plain(cells)
        split = cells.set(~plain, None).str.split(self._delimiter)
        parts = pl.DataFrame({"part": split}).with_row_index("row").drop_nulls().explode("part")
        known = Repeated.of(parts["part"])
        found = parts.select("row").with_columns(self._options_of(known.distinct).select(pl.all().gather(known.at)))
        lists = (
            found.drop_nulls("weight")
            .group_by("row", maintain_order=True)
            .agg(
                pl.col("option").null_count().alias("unknown"),
                pl.col("option").unique(maintain_order=True).alias("options"),
                pl.len().alias("parts"),
                pl.col("weight").min(),
            )
            .with_columns(text=pl.format("[{}]", pl.col("options").list.join(",")))
        )
        repeated = pl.col("options").list.len() < pl.col("parts")
        codes = pl.Series([*_CODES_BY_WEIGHT, None], dtype=pl.String)
        unknown = lists.filter(pl.col("unknown") > 0)["row"]
        # An option's own text may hold the delimiter ("Smith, John").
        refused = unknown.filter(~cells.gather(unknown).is_in(self._literal.implode()))
        lists = lists.with_columns(code=pl.lit(codes).gather(pl.col("weight"))).filter(pl.col("unknown") == 0)
        lists = lists.with_columns(code=pl.when(repeated).then(pl.lit(DUPLICATE_REMOVED)).otherwise("code"))
        nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
        decided = pl.Series([False]).new_from_index(0, len(cells)).scatter(lists["row"], True).scatter(refused, True)
        value = nothing.clone().scatter(lists["row"], lists["text"])
        code = nothing.clone().scatter(lists["row"], lists["code"]).scatter(refused, NOT_AN_OPTION)
        return FastReading(value, code, decided)

    def _options_of(self, parts: pl.Series) -> pl.DataFrame:
        """Of each part `option`, as JSON (null for none), and the `weight` of its fix, null where nothing but white space
        stands."""
        options: list[str | None] = []
        weights: list[int | None] = []
        for part in parts.to_list():
            blank = not part.strip(WHITE_SPACE)
            match = None if blank else self._match_again(part.strip(WHITE_SPACE) if self._trim else part)
            options.append(None if match is None or match.value is None else orjson.dumps(match.value).decode())
            weights.append(None if match is None else _WEIGHTS[option_code(match)])
        return pl.DataFrame({"option": options, "weight": weights}, schema={"option": pl.String, "weight": pl.UInt8})

    def read_cell(self, text: str) -> Reading:
        reading = self._read_remembered(text)
        return reading if reading.code != NOT_AN_OPTION else Reading(None, NOT_AN_OPTION, self._suggestion(text))

    def _read_remembered(self, text: str) -> Reading:
        # A column's reading has no suggestions: finding one for each of a million distinct texts would be for nothing.
        parts = self.parts(text)
        if parts is None:
            return Reading(None, NOT_A_LIST_OF_TEXTS)
        if not parts:
            return Reading(None)
        matches = [self._match_again(part) for part in parts]
        if any(match.value is None for match in matches):
            # An option's own text may hold the delimiter ("Smith, John").
            whole = self.matcher.match_literally(text)
            if whole is None or whole.value is None:
                return Reading(None, NOT_AN_OPTION)
            matches = [whole]
        values = [match.value for match in matches if match.value is not None]
        distinct = list(dict.fromkeys(values))
        if len(distinct) < len(values):
            return Reading(_list_text(distinct), DUPLICATE_REMOVED)
        codes = {option_code(match) for match in matches}
        return Reading(_list_text(distinct), next((code for code in _CODES_BY_WEIGHT if code in codes), None))

    def _json_parts(self, text: str) -> list[str | None] | None:
        try:
            # Numbers stay as they are written: an option's value may be "1.0" or have twenty digits.
            elements = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            return None
        if not isinstance(elements, list):
            return None
        return [_scalar_text(element) for element in elements if element is not None]

    def _suggestion(self, text: str) -> str | None:
        values = [self.matcher.match(part).value or self.matcher.suggest(part) for part in self.parts(text) or []]
        if any(value is None for value in values):
            return None
        return _list_text(list(dict.fromkeys(value for value in values if value is not None)))


class MultiSelectType(FieldType):
    """A field whose cells list options, parted by a delimiter that quotes protect."""

    name = "multi-select"
    json_kind = "raw"
    errors: ClassVar[dict[str, str]] = {
        NOT_AN_OPTION: "Part of the list is not one of the options. Expected one or more of: {options},"
        ' with "{delimiter}" between them.',
        NOT_A_LIST_OF_TEXTS: "The list holds something else than plain texts. Expected one or more of: {options}.",
    }
    autofixes: ClassVar[dict[str, str]] = {
        **OPTION_AUTOFIXES,
        DUPLICATE_REMOVED: "An option that stood twice in the cell was kept once.",
    }
    warnings: ClassVar[frozenset[str]] = frozenset({DUPLICATE_REMOVED})

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        if not isinstance(field.type, MultiSelectOptions):
            raise TypeError(field.type_name)
        self._options = field.type
        self._labels = {option.value: option.label for option in field.select_options}

    @cached_property
    def _matcher(self) -> OptionMatcher:
        return OptionMatcher(
            self.field.select_options,
            exact_only=not self._options.trim_values,
            language=self.context.language,
            remembered=self.context.remembered,
            decided=self.context.decided,
            replayed=self.context.replayed,
        )

    def reader(self, evidence: dict[str, Any] | None = None) -> MultiSelectReader:
        return MultiSelectReader(
            self._matcher,
            delimiter=self._options.delimiter,
            trim=self._options.trim_values,
            json_lists=self.context.kind == "json",
        )

    def display(self, value: str) -> str:
        labels = [self._labels.get(part, part) for part in orjson.loads(value)]
        separator = self._options.delimiter if not self._options.trim_values else f"{self._options.delimiter} "
        return separator.join(_quoted(label, self._options.delimiter) for label in labels)

    def message_parameters(self) -> dict[str, Any]:
        return {"options": [option.label for option in self.field.select_options], "delimiter": self._options.delimiter}


def split_list(text: str, delimiter: str, *, trim: bool) -> list[str | None]:
    """The parts of a delimited list. A part that starts with a quote ends at its closing quote; `""` is a quote in it.

    A quote that is never closed, or that more text than white space follows, protects nothing and is text itself.
    """
    if '"' not in text or '"' in delimiter:
        return list(text.split(delimiter))
    parts: list[str | None] = []
    position = 0
    while position <= len(text):
        quoted = _quoted_part(text, position, delimiter, trim=trim)
        if quoted is not None:
            part, position = quoted
        else:
            end = text.find(delimiter, position)
            end = len(text) if end < 0 else end
            part, position = text[position:end], end
        parts.append(part)
        position += len(delimiter)
    return parts


def _quoted_part(text: str, position: int, delimiter: str, *, trim: bool) -> tuple[str, int] | None:
    """The quoted part at `position` and the position after it, or None when no well-formed one stands there."""
    start = position
    while trim and start < len(text) and text[start] in WHITE_SPACE and not text.startswith(delimiter, start):
        start += 1
    if not text.startswith('"', start):
        return None
    pieces: list[str] = []
    start += 1
    while True:
        end = text.find('"', start)
        if end < 0:
            return None
        pieces.append(text[start:end])
        if text.startswith('""', end):
            pieces.append('"')
            start = end + 2
            continue
        after = end + 1
        while trim and after < len(text) and text[after] in WHITE_SPACE and not text.startswith(delimiter, after):
            after += 1
        return ("".join(pieces), after) if after == len(text) or text.startswith(delimiter, after) else None


def _scalar_text(element: Any) -> str | None:
    if isinstance(element, bool):
        return "true" if element else "false"
    return element if isinstance(element, str) else None


def _quoted(label: str, delimiter: str) -> str:
    return '"' + label.replace('"', '""') + '"' if delimiter in label or label.startswith('"') else label


def _list_text(values: list[str]) -> str:
    return orjson.dumps(values).decode()
