"""Codes that seem to have lost their leading zeros, in columns whose names ask for codes of one length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from headgate.engine.explanations import warning
from headgate.engine.match.vocabulary import vocabulary_for
from headgate.engine.matching import sample_rows
from headgate.engine.table import RawTable, cell_column

_LENGTHS = {
    "zip": (4, 5),
    "ean": (8, 13),
    "gtin": (8, 13, 14),
    "upc": (12,),
    "barcode": (8, 12, 13, 14),
    "isbn": (10, 13),
}
"""Concepts of the vocabulary whose codes have so many digits."""
_CODE = re.compile("[1-9][0-9]*")
_WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_MIN_CODES = 5
_MOST = 0.5
_FEW = 0.4
_WARNED = 20
"""Columns that are named at most."""


def lost_zeros(table: RawTable, names: Sequence[str], first_row: int) -> list[dict[str, Any]]:
    """A warning for each column of postal codes, article numbers and the like with codes that are short of digits.

    A column counts when at least half of a sample are digits of the usual length, the others are shorter, and none begins with
    a zero. `first_row`: the first record that is data.
    """
    vocabulary = vocabulary_for([name for name in names if name])
    wanted: dict[int, tuple[int, ...]] = {}
    for index, name in enumerate(names):
        concepts = vocabulary.meaning(name).concepts if name else ()
        lengths = [_LENGTHS[concept] for concept in concepts if concept in _LENGTHS]
        if lengths and index < table.width:
            wanted[index] = lengths[0]
    if not wanted:
        return []
    sample = sample_rows(table, first_row)
    found = ((names[index], _short_codes(sample[cell_column(index)], lengths)) for index, lengths in wanted.items())
    return [warning("leading_zeros_missing", column=name, cells=short) for name, short in found if short][:_WARNED]


def _short_codes(column: pl.Series, lengths: Sequence[int]) -> int:
    stripped = (text.strip(_WHITE_SPACE) for text in column.to_list() if text is not None)
    texts = [text for text in stripped if text]
    if len(texts) < _MIN_CODES or not all(_CODE.fullmatch(text) for text in texts):
        return 0
    found = [len(text) for text in texts]
    usual = max(found)
    short = sum(length < usual for length in found)
    return short if usual in lengths and len(found) - short >= _MOST * len(found) and short <= _FEW * len(found) else 0
