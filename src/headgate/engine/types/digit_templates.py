"""One decision for all texts that differ in their digits only.

What a number's text becomes depends on where its zeros stand, never on which other digit stands where: `$1,234.50`,
`$9,876.10` and `$9,999.90` are read alike. So the last of them, the *shape*, is read exactly, once, and gives a template
into which the digits of all the others are filled. A column of a million amounts has a few hundred shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from headgate.engine.types.base import Reading
from headgate.engine.types.cell_bytes import Repeated, Texts, translated

LONGEST_TEXT = 40
"""Bytes. Longer texts are no numbers of any usual kind, and each would be a shape of its own."""

REMEMBERED_SHAPES = 50_000
NEW_SHAPES_AT_ONCE = 8_192
"""When a chunk has more shapes that were never seen, its texts are not numbers, and nothing is gained."""

SLOT = "\x01"
"""Stands in a template where the next digit goes."""

_KEPT, _DROPPED = "1", "0"
_DIGITS = frozenset("0123456789")
_TO_SHAPE = np.arange(256, dtype=np.uint8)
_TO_SHAPE[[*b"12345678"]] = ord("9")


class Filled(NamedTuple):
    """The readings of a column: where `decided` is true, `value` and `code` hold."""

    value: pl.Series
    code: pl.Series
    decided: pl.Series


class Template(NamedTuple):
    """What the texts of a shape become. `text` has a SLOT for every byte of the cell that `kept` marks; None for no value.

    `same`: the text stays as it is.
    """

    text: str | None
    kept: str
    code: str | None
    same: bool = False


def shapes_of(texts: pl.Series) -> Repeated:
    """The shapes of a column: every digit but zero is a nine. Null is ""."""
    return Repeated.of(translated(texts, _TO_SHAPE))


class DigitTemplates:
    """Reads texts by their shapes. `read` gives the exact reading of a shape, None where digits decide.

    Wherever it gives one, it must give the same to every text of the shape, and its value must have the text's digits from
    the first to the last that is no zero, in their order, and no others but zeros.
    """

    def __init__(self, read: Callable[[str], Reading | None]) -> None:
        self._read = read
        self._known: dict[str, Template | None] = {}

    def fill(self, texts: pl.Series) -> Filled:
        """The readings of the texts (String without nulls)."""
        shapes = shapes_of(texts)
        templates = self._templates(shapes.distinct)
        decided = _column([one is not None for one in templates], pl.Boolean).gather(shapes.at)
        code = _column([one.code if one else None for one in templates], pl.String).gather(shapes.at)
        if all(one is None or one.same for one in templates):
            return Filled(texts.set(~decided, None), code, decided)
        return Filled(_filled(texts, templates, shapes.at), code, decided)

    def _templates(self, shapes: pl.Series) -> list[Template | None]:
        known = self._known
        if len(known) > REMEMBERED_SHAPES:
            known.clear()
        names: list[str] = shapes.to_list()
        new = [name for name in names if name not in known]
        if len(new) <= NEW_SHAPES_AT_ONCE:
            for name in new:
                known[name] = self._template(name)
        return [known.get(name) for name in names]

    def _template(self, shape: str) -> Template | None:
        reading = self._read(shape) if len(shape.encode()) <= LONGEST_TEXT else None
        return None if reading is None else template_of(shape, reading)


def template_of(shape: str, reading: Reading) -> Template | None:
    """The template that an exact reading of a shape gives, None when the digits of shape and value cannot be matched."""
    size = len(shape.encode())
    if reading.value is None:
        return Template(None, _DROPPED * size, reading.code)
    if reading.value == shape:
        return Template(SLOT * size, _KEPT * size, reading.code, same=True)
    digits, written = _significant(shape.encode().decode("latin-1")), _significant(reading.value)
    if [shape.encode()[at] for at in digits] != [ord(reading.value[at]) for at in written]:
        return None
    kept = [_DROPPED] * size
    for at in digits:
        kept[at] = _KEPT
    text = list(reading.value)
    for at in written:
        text[at] = SLOT
    return Template("".join(text), "".join(kept), reading.code)


def _significant(text: str) -> Sequence[int]:
    """The places of the digits from the first to the last that is no zero."""
    places = [at for at, character in enumerate(text) if character in _DIGITS]
    while places and text[places[0]] == "0":
        places.pop(0)
    while places and text[places[-1]] == "0":
        places.pop()
    return places


def _filled(texts: pl.Series, templates: Sequence[Template | None], at: pl.Series) -> pl.Series:
    """Each text by its template."""
    values = _column([one.text if one else None for one in templates], pl.String).gather(at)
    kept = _column([one.kept if one else None for one in templates], pl.String).gather(at)
    if kept.null_count():
        # The bytes of an undecided text must not stand between the others.
        texts = texts.set(kept.is_null(), None)
    source, marks, target = Texts.of(texts), Texts.of(kept), Texts.of(values)
    data = target.data.copy()
    data[data == ord(SLOT)] = source.data[marks.data == ord(_KEPT)]
    return Texts(data, target.offsets).series().set(values.is_null(), None)


def _column(values: Sequence[bool] | Sequence[str | None], dtype: type[pl.DataType]) -> pl.Series:
    return pl.Series(values, dtype=dtype)
