"""Texts without difference of case: Unicode's full case folding, for whole columns."""

from __future__ import annotations

import re
import sys
from functools import cache

import polars as pl

from headgate.engine.types.cell_bytes import Texts, in_lower_case
from headgate.libraries import numpy as np

_BEYOND_ASCII = 0x80


def folded(texts: pl.Series) -> pl.Series:
    """`STRASSE` and `straße` alike as `strasse`, `ΣΊΣΥΦΟΣ` and `Σίσυφος` alike as `σίσυφοσ`."""
    data, offsets = Texts.of(texts)
    if not len(data) or data.max() < _BEYOND_ASCII:
        lower = in_lower_case(data)
        if np.array_equal(lower, data):
            return texts
        result = Texts(lower, offsets).series()
        return result.set(texts.is_null(), None) if texts.null_count() else result
    folds_apart = texts.str.contains(_folding_apart()).fill_null(value=False)
    if not folds_apart.any():
        return texts.str.to_lowercase()
    at = folds_apart.arg_true()
    others = texts.gather(at)
    distinct = others.unique()
    table = pl.DataFrame({"text": distinct, "folded": [text.casefold() for text in distinct.to_list()]})
    rows = others.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left")
    return texts.clone().scatter(at, rows["folded"]).str.to_lowercase()


@cache
def _folding_apart() -> str:
    """A class of the characters whose folding is more than Polars' lower case (`ß`, `ς`, `ſ`, …).

    Capital sigma is one of them: its lower case depends on where in a word it stands.
    """
    characters = [
        character for code in range(0x80, sys.maxunicode + 1) if (character := chr(code)).casefold() != character
    ]
    folding = [character.casefold() for character in characters]
    table = pl.DataFrame({"character": characters, "folding": folding})
    apart = table.filter(pl.col("character").str.to_lowercase() != pl.col("folding").str.to_lowercase())
    return "[" + "".join(re.escape(character) for character in [*apart["character"].to_list(), "Σ"]) + "]"
