"""Which cells of a column hold something that validators look at."""

from __future__ import annotations

import polars as pl

from headgate.engine.types.base import WHITE_SPACE
from headgate.engine.types.cell_bytes import FEWEST
from headgate.engine.validators.base import has_text


def test_few_texts_and_many_are_found_to_be_blank_by_the_same_rule() -> None:
    blanks = ["", *WHITE_SPACE, " \t\u00a0 ", None]
    texts = pl.Series("texts", [*blanks, "a", " a", "\u00a0b", "\u200b", "é", "~", "!", "\x7f", "\x00", " " * 20 + "c"])
    expected = [text not in blanks for text in texts]
    few, many = has_text(texts), has_text(pl.concat([texts] * (FEWEST // len(texts) + 1)))
    assert few.to_list() == expected
    assert many.to_list()[: len(texts)] == expected
    assert few.name == many.name == ""
    assert has_text(texts.drop_nulls()).to_list() == [
        one for one, text in zip(expected, texts, strict=True) if text is not None
    ]
    assert has_text(texts.clear()).to_list() == []
