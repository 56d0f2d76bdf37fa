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
from headgate.engine.types.cell_bytes import Bytes, Texts
from headgate.engine.types.number_shapes import LONGEST_SHAPE
from headgate.engine.types.text_shapes import Shapes

REMEMBERED_SHAPES = 50_000
NEW_SHAPES_AT_ONCE = 8_192
"""When a chunk has more shapes that were never seen, its texts are not numbers, and nothing is gained."""

SLOT = "\x01"
"""Stands in a template where the next digit goes."""

_MOST_DECIMALS = 255
_KEPT, _DROPPED = "1", "0"
_DIGITS = frozenset("0123456789")
_WRITTEN_OTHERWISE = {",": ".", "(": "-"}
"""What stands in cells for a byte of result texts."""


class Filled(NamedTuple):
    """The readings of a column: where `decided` is true, `value` and `code` hold, and a value has so many digits behind its
    point as `decimals` says."""

    value: pl.Series
    code: pl.Series
    decided: pl.Series
    decimals: Bytes


class Template(NamedTuple):
    """What the texts of a shape become. `text` has a SLOT for every byte of the cell that `kept` marks; None for no value.

    `picked` marks the bytes of the cell that are the value when nothing but these is left, and each comma and parenthesis
    among them is written as results have it; None where other bytes have to be put in. `changes`: there is one of these.
    `decimals`: digits behind the point.
    """

    text: str | None
    kept: str
    code: str | None
    picked: str | None
    decimals: int = 0
    changes: bool = False


def shapes_of(texts: pl.Series) -> Shapes:
    """The shapes of a column: every digit but zero is a nine. Null is ""."""
    return Shapes.of(Texts.of(texts), 1)


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
        cells = Texts.of(texts)
        shapes = Shapes.of(cells, 1)
        templates = self._templates(shapes.distinct)
        used = [one for one in templates if one is not None]
        decided = _column([one is not None for one in templates], pl.Boolean, shapes)
        code = _column([one.code if one else None for one in templates], pl.String, shapes)
        decimals = np.array([one.decimals if one else 0 for one in templates], np.uint8).take(shapes.at)
        if all(one.text is None for one in used):
            return Filled(pl.Series([None], dtype=pl.String).new_from_index(0, len(texts)), code, decided, decimals)
        if all(one.picked is not None and "0" not in one.picked for one in used) and not _changes(used):
            return Filled(texts if len(used) == len(templates) else texts.set(~decided, None), code, decided, decimals)
        return Filled(_filled(cells, templates, shapes), code, decided, decimals)

    def _templates(self, names: list[str]) -> list[Template | None]:
        known = self._known
        if len(known) > REMEMBERED_SHAPES:
            known.clear()
        # Long texts are not remembered: nothing is known of them.
        new = [name for name in names if name not in known and len(name) <= LONGEST_SHAPE]
        if len(new) <= NEW_SHAPES_AT_ONCE:
            for name in new:
                known[name] = self._template(name)
        return [known.get(name) for name in names]

    def _template(self, shape: str) -> Template | None:
        # No text at all is no number: nothing is known of it.
        reading = self._read(shape) if 0 < len(shape.encode()) <= LONGEST_SHAPE else None
        return None if reading is None else template_of(shape, reading)


def template_of(shape: str, reading: Reading) -> Template | None:
    """The template that an exact reading of a shape gives, None when the digits of shape and value cannot be matched."""
    source = shape.encode().decode("latin-1")
    size = len(source)
    if reading.value is None:
        return Template(None, _DROPPED * size, reading.code, _DROPPED * size)
    digits, written = _significant(source), _significant(reading.value)
    if [source[at] for at in digits] != [reading.value[at] for at in written]:
        return None
    kept = [_DROPPED] * size
    for at in digits:
        kept[at] = _KEPT
    text = list(reading.value)
    for at in written:
        text[at] = SLOT
    decimals = min(len(reading.value.partition(".")[2]), _MOST_DECIMALS)
    picked = _picked(source, reading.value)
    changes = any(
        mark == _KEPT and byte in _WRITTEN_OTHERWISE for mark, byte in zip(picked or "", source, strict=False)
    )
    return Template("".join(text), "".join(kept), reading.code, picked, decimals, changes)


def _picked(source: str, value: str) -> str | None:
    """The bytes of the source that make up the value, in their order; None where they do not."""
    picked = [_DROPPED] * len(source)
    digits = _significant(source)
    at = 0
    for character in value:
        while at < len(source) and _WRITTEN_OTHERWISE.get(source[at], source[at]) != character:
            if at in digits:
                return None
            at += 1
        if at == len(source):
            return None
        picked[at] = _KEPT
        at += 1
    return None if any(place >= at for place in digits) else "".join(picked)


def _significant(text: str) -> Sequence[int]:
    """The places of the digits from the first to the last that is no zero."""
    places = [at for at, character in enumerate(text) if character in _DIGITS]
    while places and text[places[0]] == "0":
        places.pop(0)
    while places and text[places[-1]] == "0":
        places.pop()
    return places


def _changes(templates: Sequence[Template]) -> bool:
    """Whether a byte that is picked may have to be written otherwise."""
    return any(one.changes for one in templates)


def _filled(cells: Texts, templates: Sequence[Template | None], shapes: Shapes) -> pl.Series:
    """Each text by its template."""
    if all(one is None or one.picked is not None for one in templates):
        return _picked_bytes(cells, templates, shapes)
    values = _column([one.text if one else None for one in templates], pl.String, shapes)
    marks = _bytes([one.kept if one else None for one in templates], cells, shapes)
    target = Texts.of(values)
    data = target.data.copy()
    data[data == ord(SLOT)] = cells.data.compress(marks == ord(_KEPT))
    return Texts(data, target.offsets).series().set(values.is_null(), None)


def _picked_bytes(cells: Texts, templates: Sequence[Template | None], shapes: Shapes) -> pl.Series:
    """Each text without the bytes that its template does not pick."""
    picked = [one.picked if one else None for one in templates]
    data = cells.data.compress(_bytes(picked, cells, shapes) == ord(_KEPT))
    if _changes([one for one in templates if one]):
        for written, character in _WRITTEN_OTHERWISE.items():
            data[data == ord(written)] = ord(character)
    sizes = np.array([(one or "").count(_KEPT) for one in picked], np.int64)
    offsets = np.zeros(len(shapes.at) + 1, np.int64)
    np.cumsum(sizes.take(shapes.at), out=offsets[1:])
    texts = Texts(data, offsets).series()
    nothing = [one is None or one.text is None for one in templates]
    return texts.set(_column(nothing, pl.Boolean, shapes), None) if any(nothing) else texts


def _bytes(marks: Sequence[str | None], cells: Texts, shapes: Shapes) -> Bytes:
    """The marks of all bytes of the cells; of a text without any, none of its bytes is marked."""
    there = [
        mark if mark is not None else _DROPPED * len(shape.encode())
        for mark, shape in zip(marks, shapes.distinct, strict=True)
    ]
    found = Texts.of(_column(there, pl.String, shapes)).data
    if len(found) != len(cells.data):
        raise ValueError("a mark of another length than its text")
    return found


def _column(values: Sequence[bool] | Sequence[str | None], dtype: type[pl.DataType], shapes: Shapes) -> pl.Series:
    """What holds for each shape, for each text."""
    if len(set(values)) == 1:
        return pl.Series(values[:1], dtype=dtype).new_from_index(0, len(shapes.at))
    if dtype == pl.Boolean:
        return pl.Series(np.array(values, np.bool_).take(shapes.at))
    return pl.Series(values, dtype=dtype)[pl.Series(shapes.at)]
