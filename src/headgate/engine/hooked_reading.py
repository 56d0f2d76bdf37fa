"""Reading what hooks put into cells. They see values in the field's display format, so what they write may follow that."""

from __future__ import annotations

import polars as pl

from headgate.engine.types.base import WHITE_SPACE, CellReader, ColumnReading, FieldType
from headgate.engine.working import AMBIGUOUS_TEXT

_JAVASCRIPT_NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"


def displayed(field_type: FieldType, values: pl.Series) -> pl.Series:
    """Result texts as people see them."""
    if type(field_type).display is FieldType.display or values.null_count() == len(values):
        return values
    fast = field_type.display_fast(values)
    undecided = values if fast is None else values.set(fast.is_not_null(), None)
    distinct = undecided.drop_nulls().unique()
    if fast is not None and len(distinct) == 0:
        return fast
    shown = pl.Series([field_type.display(one) for one in distinct.to_list()], dtype=pl.String)
    slow = undecided.replace_strict(distinct, shown, default=None, return_dtype=pl.String)
    return slow if fast is None else fast.zip_with(fast.is_not_null(), slow)


def read_as_given(
    field_type: FieldType, reader: CellReader, plain: CellReader, texts: pl.Series, typed: pl.Series
) -> ColumnReading:
    """The readings of texts that hooks gave.

    `reader` knows how the file writes this column, `plain` does not. Values of JavaScript's own (`typed`) are read by
    `plain`; texts by `reader`. A text that is just how a value is displayed, or how JavaScript writes a number, may mean
    that value, though: in a column with decimal commas, a hook that copies the cell of 1234 writes "1,234", and
    `toFixed(3)` gives "12.500". Where the file's notation gives no value it does; where it gives another one, the cell is
    an error, for either guess could change data silently.
    """
    value, code = reader.read_column(texts)
    if not typed.any() and field_type.gatherer() is None:
        return ColumnReading(value, code)
    plain_value, plain_code = plain.read_column(texts)
    may_be_plain = _may_be_plain(field_type, texts, plain_value) & value.ne_missing(plain_value)
    taken = typed | (may_be_plain & value.is_null())
    ambiguous = may_be_plain & value.is_not_null() & ~typed
    value, code = plain_value.zip_with(taken, value), plain_code.zip_with(taken, code)
    if ambiguous.any():
        value = value.zip_with(~ambiguous, pl.Series([None], dtype=pl.String))
        code = code.zip_with(~ambiguous, pl.Series([AMBIGUOUS_TEXT]))
    return ColumnReading(value, code)


def _may_be_plain(field_type: FieldType, texts: pl.Series, values: pl.Series) -> pl.Series:
    """Which texts are just what is displayed for their values, or a number as JavaScript writes it (Boolean, no nulls)."""
    texts = texts.str.strip_chars(WHITE_SPACE)
    found = (texts == displayed(field_type, values)) | texts.str.contains(_JAVASCRIPT_NUMBER)
    return found.fill_null(value=False) & values.is_not_null()
