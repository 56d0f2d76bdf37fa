"""What every field type is: a reader of cells that is exact on one text and quick on a whole column.

A type reads text and gives *result text*: the one canonical text of the value (`12.5`, `true`, `2024-03-01`,
`["a","b"]`). Validators, uniqueness, hooks and outputs all work on it; `json_kind` says how it stands in JSON.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Literal, NamedTuple

import polars as pl

from headgate.engine.table import SourceKind
from headgate.engine.types.cell_bytes import Repeated, repeats, with_edges
from headgate.records import dataclass
from headgate.schema import Field

WHITE_SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What stands around a cell without meaning (rules.md, "All types")."""

JsonKind = Literal["string", "raw"]
"""`string`: the result text is quoted in JSON. `raw`: it is JSON already (numbers, booleans, lists)."""

REMEMBERED_CELLS = 200_000
_MANY = 0.3
"""Share of texts from which it is quicker to work on all of them than to take them out and put them back."""
FEW_CELLS = 256
"""A column of no more cells is read one text at a time where that is quicker: every step over a column costs as much as some of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell became.

    `value`: the result text, None for an empty cell and for an error. `code`: None when the text was read as it stands;
    else a key of the type's `errors` (then `value` is None) or `autofixes` (then it is not).
    `suggestion`: for an error, the result text that a person probably wants.
    """

    value: str | None
    code: str | None = None
    suggestion: str | None = None


class ColumnReading(NamedTuple):
    """The readings of a column: two String series of its length, null where a Reading has None."""

    value: pl.Series
    code: pl.Series


class FastReading(NamedTuple):
    """What the vectorized path could decide: where `decided` (Boolean, no nulls) is true, `value` and `code` hold."""

    value: pl.Series
    code: pl.Series | None
    decided: pl.Series


@dataclass(frozen=True)
class TypeContext:
    """What a type may know beside its own options.

    `kind`: where the cells come from. `language`: `settings.locale`. `remembered`: cell text → option value that people
    chose earlier for this field (select types). `decided`: the same as a person decided it for this very import, None
    for a text that is to have no option. `replayed`: the same, as a recipe says it.
    """

    kind: SourceKind = "text"
    language: str = "en"
    remembered: Mapping[str, str] | None = None
    decided: Mapping[str, str | None] | None = None
    replayed: Mapping[str, str | None] | None = None


def trimmed(cells: pl.Series) -> pl.Series:
    """The cells without the white space around them."""
    if len(cells) <= FEW_CELLS:
        return cells.str.strip_chars(WHITE_SPACE)
    edges = with_edges(cells)
    if len(edges) > _MANY * len(cells):
        return cells.str.strip_chars(WHITE_SPACE)
    at = pl.Series(edges)
    return cells.clone().scatter(at, cells[at].str.strip_chars(WHITE_SPACE)) if len(edges) else cells


class CellReader(ABC):
    """Reads the cells of one column by rules that are settled (options, locale, column evidence)."""

    trims: ClassVar[bool] = True
    empty: ClassVar[str | None] = None
    """The result text of an empty cell."""
    few_texts: ClassVar[int] = 160
    """So many different texts are read by `read_cell` sooner than as a column."""

    def __init__(self) -> None:
        self._remembered: dict[str, Reading] = {}

    @abstractmethod
    def read_cell(self, text: str) -> Reading:
        """The reading of one cell. `text` is not empty and, when the type `trims`, has no white space around it."""

    def read_without_suggestion(self, text: str) -> Reading:
        """`read_cell` as columns are read: a type whose suggestions take their time leaves them out here."""
        return self.read_cell(text)

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        """The vectorized reading of trimmed cells (null = empty, never ""), or None when there is none.

        Must agree with `read_cell` wherever it decides. Cells that it leaves are read one distinct text at a time.
        """
        return None

    def read(self, text: str | None) -> Reading:
        """The reading of one cell as it stands in the file."""
        if text is not None and (not self.trims or text.strip(WHITE_SPACE) != ""):
            text = text.strip(WHITE_SPACE) if self.trims else text
        else:
            text = None
        if not text:
            return Reading(self.empty)
        reading = self.read_cell(text)
        if reading.value is None and reading.code is not None and reading.suggestion is None:
            return Reading(None, reading.code, self.suggest(text))
        return reading

    def suggest(self, text: str) -> str | None:
        """The result text that the writer of a refused text most probably meant, for a person to confirm; None for no idea.

        Columns are read without it: it may take its time, and what it says is offered, never taken.
        """
        return None

    def read_column(self, cells: pl.Series) -> ColumnReading:
        """The readings of a column as it stands in the file (String, null = empty)."""
        if len(cells) <= FEW_CELLS and len(distinct := dict.fromkeys(texts := cells.to_list())) <= self.few_texts:
            return self._read_few(texts, distinct)
        return self.read_vectorized(cells)

    def read_vectorized(self, cells: pl.Series) -> ColumnReading:
        """The same by steps over the whole column, however few cells it has; texts that come again are read once."""
        if not self.trims or not repeats(cells):
            return self._read_texts(cells)
        at, distinct = Repeated.of(cells)
        if len(distinct) <= self.few_texts:
            read = self._read_few(distinct.to_list(), distinct.to_list())
        else:
            read = self._read_texts(distinct)
        value, code = read.value[at], read.code[at]
        if self.empty is not None and at.null_count():
            value = value.zip_with(at.is_not_null(), pl.Series([self.empty]))
        return ColumnReading(value, code)

    def _read_few(self, texts: Sequence[str | None], distinct: Iterable[str | None]) -> ColumnReading:
        readings: dict[str | None, Reading] = {}
        for text in distinct:
            bare = text.strip(WHITE_SPACE) if text and self.trims else text
            readings[text] = self._read_remembered(bare) if bare else Reading(self.empty)
        found = [readings[text] for text in texts]
        return ColumnReading(
            pl.Series("value", [reading.value for reading in found], dtype=pl.String),
            pl.Series("code", [reading.code for reading in found], dtype=pl.String),
        )

    def _read_texts(self, cells: pl.Series) -> ColumnReading:
        if self.trims:
            cells = trimmed(cells)
        if (cells == "").any():
            cells = cells.replace("", None)
        fast = self.read_fast(cells)
        if fast is None:
            value = code = pl.Series("value", [None], dtype=pl.String).new_from_index(0, len(cells))
            undecided = cells.is_not_null()
        else:
            value = fast.value
            code = (
                fast.code if fast.code is not None else pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
            )
            undecided = ~fast.decided
            if cells.null_count():
                undecided &= cells.is_not_null()
        if undecided.any():
            value, code = self._read_exactly(cells, undecided, value, code)
        if self.empty is not None and cells.null_count():
            value = value.zip_with(cells.is_not_null(), pl.Series([self.empty]))
        return ColumnReading(value.alias("value"), code.alias("code"))

    def _read_exactly(
        self, cells: pl.Series, undecided: pl.Series, value: pl.Series, code: pl.Series
    ) -> tuple[pl.Series, pl.Series]:
        at = undecided.arg_true()
        texts, distinct = Repeated.of(cells[at])
        readings = [self._read_remembered(text) for text in distinct.to_list()]
        values = pl.Series([reading.value for reading in readings], dtype=pl.String)
        codes = pl.Series([reading.code for reading in readings], dtype=pl.String)
        return value.clone().scatter(at, values[texts]), code.clone().scatter(at, codes[texts])

    def _read_remembered(self, text: str) -> Reading:
        reading = self._remembered.get(text)
        if reading is None:
            if len(self._remembered) >= REMEMBERED_CELLS:
                self._remembered.clear()
            reading = self._remembered[text] = self.read_without_suggestion(text)
        return reading


class EvidenceGatherer(ABC):
    """Looks at all cells of a column, batch by batch, before any of them is read."""

    @abstractmethod
    def observe(self, cells: pl.Series) -> None:
        """Take in one batch of raw cells (String, null = empty, white space around them kept)."""

    @abstractmethod
    def evidence(self) -> dict[str, Any]:
        """What was found, as JSON: the column's entry in `decisions.types` (without `field`), e.g. `dayMonthOrder`."""

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """All that was taken in so far, as JSON; a gatherer that was given it goes on from there."""

    @abstractmethod
    def resume(self, state: dict[str, Any]) -> None:
        """Go on from the `state` of another gatherer of the same column."""


_ANY_TEXT = pl.Series(["1"])


class FieldType(ABC):
    """One type with the options of one field."""

    name: ClassVar[str]
    json_kind: JsonKind = "string"
    """Of the type as a rule; the options of a field may change it (a number with `outputFormat` is a string)."""
    errors: ClassVar[dict[str, str]]
    """Error code → English text; `{name}` stands for a parameter of `message_parameters` (`messages/phrasing.py`)."""
    autofixes: ClassVar[dict[str, str]] = {}
    """Auto-fix code → English text that says what was changed."""
    warnings: ClassVar[frozenset[str]] = frozenset()
    """The auto-fix codes that are told as warnings, because what was changed may be a mistake of the sender."""

    def __init__(self, field: Field, context: TypeContext) -> None:
        self.field = field
        self.context = context

    @abstractmethod
    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader of a column with that evidence (None: a single cell without a column, or no gatherer)."""

    def prepare(self) -> None:
        """Load and make what all readers of such columns share, so that the first long one does not wait for it."""
        self.reader().read_vectorized(_ANY_TEXT)

    def gatherer(self) -> EvidenceGatherer | None:
        """A fresh gatherer when the type decides per column, else None."""
        return None

    def display(self, value: str) -> str:
        """The text that people and hooks see for a result text."""
        return value

    def display_fast(self, values: pl.Series) -> pl.Series | None:
        """The displayed texts of result texts where they can be told at once, null where `display` has to be asked.
        None: nowhere."""
        return None

    def message_parameters(self) -> dict[str, Any]:
        """What the messages of `errors` may name, such as `min`: texts, numbers, and lists of texts."""
        return {}
