"""Replacing cells as a recipe says, on working chunks.

A replacement is made only where the field's type can read what it gives: nothing that was wrong becomes something else that
is wrong. The text of the file stays with the cell, and the cell is marked as auto-fixed by `recipe`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from headgate.engine.hooked_reading import read_as_given
from headgate.engine.issue_kinds import RECIPE
from headgate.engine.patterns import groups_of, rust_template
from headgate.engine.recipe.document import Condition, ReplacementPart
from headgate.engine.table import ROW, cell_column
from headgate.engine.types.base import WHITE_SPACE, CellReader, FieldType
from headgate.engine.working import Slot
from headgate.records import dataclass

_TEXT, _NEW = "text", "new"


@dataclass(frozen=True)
class _Step:
    """Replacements with one condition: whole texts at once, or one pattern."""

    texts: pl.DataFrame | None
    pattern: str
    template: str
    only_invalid: bool
    when: Condition | None


class Replacer:
    """Carries out the replacements of a recipe. `columns`: field key → its first column in the source."""

    def __init__(
        self, parts: Sequence[ReplacementPart], columns: Mapping[str, int], types: Mapping[str, FieldType]
    ) -> None:
        self._columns = columns
        self._types = types
        self._made: dict[tuple[str, int, int], int] = {}
        of_field: dict[str, list[ReplacementPart]] = {}
        for part in parts:
            of_field.setdefault(part.field, []).append(part)
        self._steps = {key: _steps(of) for key, of in of_field.items()}

    @property
    def replaced(self) -> dict[str, int]:
        """How many cells of each field were replaced so far; emptied ones, which no code marks, included."""
        counts: dict[str, int] = {}
        for (key, _, _), count in self._made.items():
            counts[key] = counts.get(key, 0) + count
        return {key: count for key, count in counts.items() if count}

    def corrected(
        self, chunk: pl.DataFrame, raw: pl.DataFrame, slots: Sequence[Slot], readers: Sequence[CellReader]
    ) -> pl.DataFrame:
        """The working chunk of `raw` with its cells replaced."""
        for slot, reader in zip(slots, readers, strict=True):
            if slot.column is not None and slot.field.key in self._steps:
                chunk = self._slot(chunk, raw, slot, reader)
        return chunk

    def _slot(self, chunk: pl.DataFrame, raw: pl.DataFrame, slot: Slot, reader: CellReader) -> pl.DataFrame:
        before = chunk[slot.text].str.strip_chars(WHITE_SPACE).fill_null("")
        invalid = chunk[slot.code].is_not_null() & chunk[slot.value].is_null()
        text = before
        for step in self._steps[slot.field.key]:
            found = _replaced(step, text)
            allowed = found != text
            if step.only_invalid:
                allowed &= invalid
            if step.when is not None:
                allowed &= self._holds(step.when, raw)
            text = found.zip_with(allowed, text)
        at = (text != before).arg_true()
        if not len(at):
            return chunk
        given = text.gather(at).replace("", None)
        plain = self._types[slot.field.key].reader()
        value, _ = read_as_given(
            self._types[slot.field.key], reader, plain, given, pl.Series([False]).new_from_index(0, len(at))
        )
        readable = value.is_not_null() | given.is_null()
        at, value = at.filter(readable), value.filter(readable)
        code = pl.Series([RECIPE], dtype=pl.String).new_from_index(0, len(at))
        # An emptied cell has no value, and a code without a value would be an error.
        code = code.zip_with(value.is_not_null(), pl.Series([None], dtype=pl.String))
        # Rows are gone through more than once; each cell counts once.
        self._made[slot.field.key, slot.position, int(chunk[ROW][0])] = len(at)
        return chunk.with_columns(
            chunk[slot.value].clone().scatter(at, value), chunk[slot.code].clone().scatter(at, code)
        )

    def _holds(self, when: Condition, raw: pl.DataFrame) -> pl.Series:
        column = self._columns.get(when.field)
        if column is None:
            return pl.Series([False]).new_from_index(0, raw.height)
        cells = raw[cell_column(column)].str.strip_chars(WHITE_SPACE).fill_null("")
        return cells == when.text if when.text is not None else cells.str.contains(when.pattern or "")


def _steps(parts: Sequence[ReplacementPart]) -> list[_Step]:
    """The replacements of a field in their order; whole texts with the same condition that follow one another at once."""
    steps: list[_Step] = []
    whole: list[ReplacementPart] = []
    for part in parts:
        if whole and (part.text is None or (part.only_invalid, part.when) != (whole[0].only_invalid, whole[0].when)):
            steps.append(_whole(whole))
            whole = []
        if part.text is not None:
            whole.append(part)
        elif part.pattern is not None:
            template = rust_template(part.to, groups_of(part.pattern))
            steps.append(_Step(None, part.pattern, template, part.only_invalid, part.when))
    return [*steps, _whole(whole)] if whole else steps


def _whole(parts: Sequence[ReplacementPart]) -> _Step:
    table = pl.DataFrame(
        {_TEXT: [str(part.text).strip(WHITE_SPACE) for part in parts], _NEW: [part.to for part in parts]},
        schema={_TEXT: pl.String, _NEW: pl.String},
    )
    return _Step(table.unique(_TEXT, keep="first"), "", "", parts[0].only_invalid, parts[0].when)


def _replaced(step: _Step, texts: pl.Series) -> pl.Series:
    if step.texts is None:
        return texts.str.replace_all(step.pattern, step.template)
    found = pl.DataFrame({_TEXT: texts}).join(step.texts, on=_TEXT, how="left", maintain_order="left")
    return found[_NEW].fill_null(texts)
