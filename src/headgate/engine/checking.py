"""What is wrong with working rows: failed types, broken rows and validators, gathered in the issue log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

import polars as pl

from headgate.engine.cell_options import has_own_options, types_by_options
from headgate.engine.issue_kinds import RECIPE, IssueKind, Level
from headgate.engine.issues import IssueSink
from headgate.engine.messages.english import in_english
from headgate.engine.table import ROW
from headgate.engine.types.base import FEW_CELLS, FieldType
from headgate.engine.types.masks import picked
from headgate.engine.validators import Batch, Duplicates, SlotColumn, Tracker, build_validators, slot_column
from headgate.engine.validators.few_duplicates import DuplicatesOfAny
from headgate.engine.working import (
    AMBIGUOUS_TEXT,
    EXTRA,
    INDEX,
    SPREADSHEET_ERROR,
    Slot,
    failed_cells,
    messages_column,
    no_rows,
)
from headgate.schema import Field

TOO_MANY_CELLS = "too_many_cells"
HOOK_MESSAGE = "hook_message"
LEVELS: tuple[Level, ...] = ("error", "warning", "info")

ROW_MESSAGES = {
    TOO_MANY_CELLS: "The row has more cells than the table has columns; a delimiter inside a value may not be quoted.",
}
CELL_MESSAGES = {
    AMBIGUOUS_TEXT: "This text means one value as the file writes this column and another one as values are displayed. "
    "Write the value so that it can only mean one thing. In a hook: give a number, a Date, or the resultValue of the cell "
    "that is copied.",
    RECIPE: "A saved correction changed this cell.",
    SPREADSHEET_ERROR: "The spreadsheet has an error in this cell. Correct its formula, or enter the value itself.",
}


class Checks:
    """Checks working chunks in order. Use it with `with`: validators may own a process."""

    def __init__(
        self,
        fields: Sequence[Field],
        slots: Sequence[Slot],
        types: Mapping[str, FieldType],
        issues: IssueSink,
        duplicates: Callable[[], Duplicates] = DuplicatesOfAny,
    ) -> None:
        self._slots = slots
        self._types = types
        self._issues = issues
        self._validators = build_validators(fields, duplicates=duplicates)
        self.autofixes: dict[tuple[str, str], int] = {}
        """How many cells of a field (key, code) were auto-fixed in the chunks so far."""
        read = {key for field in fields for key in read_by_validators(field)}
        self._validated = [slot for slot in slots if slot.field.key in read]
        self._slot_at = {(slot.field.key, slot.many_to_one_index or 0): slot for slot in slots}

    @property
    def trackers(self) -> Sequence[Tracker]:
        """What the rules about several rows remember."""
        return self._validators.trackers

    def observe(self, chunks: Callable[[set[str]], Iterator[pl.DataFrame]]) -> None:
        """Look at all rows before the first is checked, as often as uniqueness needs.

        `chunks` gives the working chunks with the slots of the named fields.
        """
        while self.wants_pass:
            for chunk in chunks(self.watched):
                self.look_at(chunk)
            self.end_pass()

    @property
    def wants_pass(self) -> bool:
        """Whether all rows must be looked at (once more) before the first is checked."""
        return self._validators.wants_pass

    @property
    def watched(self) -> set[str]:
        """The keys of the fields whose slots the next pass looks at."""
        return self._validators.watched

    def look_at(self, chunk: pl.DataFrame) -> None:
        """The next working chunk of a pass."""
        watched = self.watched
        self._validators.observe(batch_of(chunk, [slot for slot in self._slots if slot.field.key in watched]))

    def end_pass(self) -> None:
        """Every row was looked at."""
        self._validators.end_pass()

    def check(self, chunk: pl.DataFrame, keys: Collection[str] | None = None) -> pl.Series:
        """Log what is wrong in the chunk; the rows that have an error (Boolean).

        `keys`: the fields whose cells are checked; None for all, and for the rows as such. A chunk needs the slots of these
        fields and of those that their validators read.
        """
        invalid = self._broken_rows(chunk) if keys is None else no_rows(chunk)
        there = frozenset(chunk.columns)  # asked for once: of thousands of columns it takes milliseconds
        failed: dict[int, pl.Series] = {}
        for slot in self._slots:
            if keys is not None and slot.field.key not in keys:
                continue
            codes = chunk[slot.code]
            if codes.null_count() < len(codes):
                fails = failed[slot.position] = failed_cells(chunk, slot)
                autofixed = len(codes) - codes.null_count() - self._failures(chunk, slot, fails)
                self._note_autofixes(chunk, slot, autofixed)
                invalid |= fails
            if messages_column(slot) in there:
                invalid |= self._hook_messages(chunk, slot)
        validated = self._validated
        if keys is not None:
            validated = [slot for slot in validated if slot.value in there]
        for finding in self._validators.check(batch_of(chunk, validated, failed), keys):
            slot = self._slot_at[finding.key, finding.position]
            kind = IssueKind(
                slot.position,
                finding.key,
                slot.many_to_one_index,
                finding.code,
                finding.level,
                finding.message,
                finding.text_key,
                finding.parameters,
            )
            self._issues.add(kind, _rows_of(chunk, finding.fails, slot))
            if finding.level == "error":
                invalid |= finding.fails
        self._issues.end_chunk()
        return invalid

    def _broken_rows(self, chunk: pl.DataFrame) -> pl.Series:
        broken = chunk[EXTRA]
        if broken.any():
            kind = IssueKind(
                None, None, None, TOO_MANY_CELLS, "error", ROW_MESSAGES[TOO_MANY_CELLS], f"row.{TOO_MANY_CELLS}"
            )
            self._issues.add(kind, _rows_of(chunk, broken, None))
        return broken

    def _failures(self, chunk: pl.DataFrame, slot: Slot, failed: pl.Series) -> int:
        """Log the cells that failed; gives how many have a code that is no auto-fix."""
        if not failed.any():
            return 0
        field_type = self._types[slot.field.key]
        own = has_own_options(chunk, slot)
        count = self._log_failures(chunk, slot, failed & ~own if own.any() else failed, field_type)
        for own_type, places in types_by_options(chunk, slot, field_type):
            has_these = no_rows(chunk).scatter(places, values=True)
            count += self._log_failures(chunk, slot, failed & has_these, own_type)
        return count

    def _log_failures(self, chunk: pl.DataFrame, slot: Slot, failed: pl.Series, field_type: FieldType) -> int:
        rows, codes = _rows_of(chunk, failed, slot), chunk[slot.code].filter(failed)
        different = _different(codes)
        for code in sorted(different):
            own = rows if len(different) == 1 else picked(rows.get_columns(), codes == code)
            self._issues.add(failure_kind(field_type, slot, code), own)
        return rows.height - (int((codes == RECIPE).sum()) if RECIPE in different else 0)

    def _note_autofixes(self, chunk: pl.DataFrame, slot: Slot, count: int) -> None:
        """Count the cells with each code of an auto-fix; `count` is how many have any."""
        if not count:
            return
        codes = chunk[slot.code]
        field_type = self._types[slot.field.key]
        for code, found in _counted(codes, (*field_type.autofixes, RECIPE), count).items():
            self.autofixes[slot.field.key, code] = self.autofixes.get((slot.field.key, code), 0) + found
            if code in field_type.warnings:
                parameters = field_type.message_parameters()
                message = in_english(field_type.autofixes[code], parameters)
                key = f"autofix.{field_type.name}.{code}"
                kind = IssueKind(
                    slot.position, slot.field.key, slot.many_to_one_index, code, "warning", message, key, parameters
                )
                self._issues.add(kind, _rows_of(chunk, codes == code, slot))

    def _hook_messages(self, chunk: pl.DataFrame, slot: Slot) -> pl.Series:
        column = messages_column(slot)
        cells = chunk.select(INDEX, ROW, pl.col(slot.text).alias("value"), pl.col(column)).drop_nulls(column)
        messages = cells.explode(column).unnest(column)
        for level in LEVELS:
            kind = IssueKind(slot.position, slot.field.key, slot.many_to_one_index, HOOK_MESSAGE, level, None)
            self._issues.add(kind, messages.filter(pl.col("level") == level))
        wrong = messages.filter(pl.col("level") == "error")[INDEX].unique()
        return chunk[INDEX].is_in(wrong.implode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._validators.close()


def _rows_of(chunk: pl.DataFrame, where: pl.Series, slot: Slot | None) -> pl.DataFrame:
    """The marked rows as issues are told of them; without a slot their value is null."""
    columns = [chunk[INDEX], chunk[ROW]]
    if slot is None:
        columns.append(pl.Series("value", [None], dtype=pl.String).new_from_index(0, chunk.height))
    else:
        columns.append(chunk[slot.text].alias("value"))
    return picked(columns, where)


def batch_of(chunk: pl.DataFrame, slots: Sequence[Slot], failed: Mapping[int, pl.Series] | None = None) -> Batch:
    """The cells of the slots as validators want them. `failed`: which cells of some slots failed, by position."""
    batch: dict[str, list[SlotColumn]] = {}
    for slot in slots:
        fails = failed.get(slot.position) if failed is not None else None
        column = slot_column(
            slot.field.type_name, chunk[slot.value], failed_cells(chunk, slot) if fails is None else fails
        )
        batch.setdefault(slot.field.key, []).append(column)
    return batch


def _different(codes: pl.Series) -> set[str]:
    return set(codes.to_list() if len(codes) <= FEW_CELLS else codes.unique().to_list())


def _counted(codes: pl.Series, known: Collection[str], count: int) -> dict[str, int]:
    """How often each of the known codes comes. `count`: how many cells have any of them."""
    if len(codes) <= FEW_CELLS:
        numbers = Counter(codes.to_list())
        return {code: numbers[code] for code in known if code in numbers}
    found: dict[str, int] = {}
    for code in known:
        # To compare with one takes a tenth of what telling all of them apart does, and most cells have one of few.
        if sum(found.values()) < count and (number := int((codes == code).sum())):
            found[code] = number
    return found


def read_by_validators(field: Field) -> Iterator[str]:
    """The keys of the fields that the field's validators look at."""
    for validator in field.validators:
        yield field.key
        yield from validator.named_fields()


def failure_kind(field_type: FieldType, slot: Slot, code: str) -> IssueKind:
    """The issue of a reading code, with the schema's own text for type errors, else the type's."""
    field, key, parameters = slot.field, f"error.{field_type.name}.{code}", field_type.message_parameters()
    message: str | None = None
    if code in CELL_MESSAGES:
        key, parameters, message = f"cell.{code}", {}, CELL_MESSAGES[code]
    elif field.invalid_value_message:
        return IssueKind(slot.position, field.key, slot.many_to_one_index, code, "error", field.invalid_value_message)
    else:
        message = in_english(field_type.errors[code], parameters)
    return IssueKind(slot.position, field.key, slot.many_to_one_index, code, "error", message, key, parameters)
