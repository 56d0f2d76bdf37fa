"""Which record of a file holds the column names (pipeline.md, "Header"): taken only where it is clear."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import field
from typing import Any, Literal

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import because
from headgate.engine.header.cells import DATA_KINDS, Kind, clean
from headgate.engine.header.features import (
    RowFeatures,
    SchemaNames,
    features_of,
    named_fields,
)
from headgate.engine.header.grid import Grid
from headgate.engine.header.joining import Join, header_block, is_group_row, joined_names
from headgate.engine.header.model import probability
from headgate.engine.header.surroundings import BODY_ROWS, CONSISTENT
from headgate.records import dataclass
from headgate.schema import Field

HeaderStatus = Literal["accepted", "uncertain", "override", "person", "recipe"]

MAX_CANDIDATES = 40
"""Filled records from the top that may be the header."""
MAX_RUNNERS_UP = 3
_ALMOST_ALL = 0.9
_CLEARLY_LESS = 0.5
_LIKELY = 0.5
_MODEL_SURE, _MODEL_LIKELY, _MODEL_RIVAL, _MODEL_ROWS = 0.9, 0.8, 0.1, 3
_MODEL_KNOWN = 0.3
_BY_MODEL = 0.96
_MOSTLY_KNOWN, _HARDLY_KNOWN = 0.6, 0.05


@dataclass(frozen=True)
class HeaderDecision:
    """The `header` part of the decisions. Indices are record numbers, blank and preamble records included.

    `row`: the record with the names, None when none is likely. `rows`: all records of the header: those above whose texts
    are joined, the row itself, and rows of units, numbers or remarks below. Data starts after the last of them.
    """

    row: int | None
    rows: tuple[int, ...]
    status: HeaderStatus
    confidence: float
    evidence: list[dict[str, Any]] = field(default_factory=list)
    runners_up: list[dict[str, Any]] = field(default_factory=list)
    join: Join = "groups"
    """How texts of `rows` above `row` become parts of the names."""

    @property
    def data_start(self) -> int:
        """The first record that is data."""
        return max(self.rows) + 1 if self.rows else 0

    def to_json(self) -> dict[str, Any]:
        """The form of pipeline.md, "Decisions"."""
        return {
            "row": self.row,
            "rows": list(self.rows),
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "evidence": self.evidence,
            "runnersUp": self.runners_up,
        }


def choose_header(
    rows: Sequence[Sequence[str | None]],
    fields: Sequence[Field],
    *,
    override: int | None = None,
    total_rows: int | None = None,
) -> HeaderDecision:
    """Decide from the first records (about 200) of a file.

    `override`: `settings.matchingStep.headerRowOverride`; raises ImportFailedError "header_row_out_of_range" when the
    file, of `total_rows` records, ends before it.
    """
    if override is not None:
        count = len(rows) if total_rows is None else total_rows
        if override >= count:
            raise ImportFailedError(
                "header_row_out_of_range",
                f"The header row is set to record {override} (counted from 0), but the file has {count}. "
                "Correct headerRowOverride in the schema's settings, or check that the right file was sent.",
                row=override,
                rows=count,
            )
        return HeaderDecision(override, (override,), "override", 1.0, [because("override")])
    grid = Grid.of(rows)
    names, vocabulary = SchemaNames.of(fields), grid.vocabulary
    candidates = [row for row in range(len(grid.cells)) if grid.filled(row)][:MAX_CANDIDATES]
    seen = features_of(grid, candidates, names, vocabulary)
    if not seen:
        return HeaderDecision(None, (), "uncertain", 0.0, [because("no_records")])
    return _decided(grid, seen, names)


def _decided(grid: Grid, seen: Sequence[RowFeatures], names: SchemaNames) -> HeaderDecision:
    first = {tuple(grid.cells[one.row]): one for one in reversed(seen)}
    seen = [one for one in seen if first[tuple(grid.cells[one.row])] is one]
    ranked = sorted(seen, key=lambda features: (-_likelihood(features, names), features.row))
    best, rest = ranked[0], ranked[1:]
    likelihood = _likelihood(best, names)
    block = header_block(grid, best, names, grid.vocabulary)
    rivals = [other for other in rest if other.row not in block.rows]
    by_schema = _clear_by_schema(best, rivals, names) or _clear_when_joined(grid, best, names)
    by_shape = _clear_by_shape(grid, best, block.rows)
    evidence = _evidence(best)
    by_shape = by_shape and probability(best, names.fields) >= _LIKELY
    if not block.clear:
        by_schema = by_shape = False
    runners_up = [
        {"row": other.row, "confidence": round(min(_likelihood(other, names), 1 - likelihood), 4)}
        for other in rest[:MAX_RUNNERS_UP]
    ]
    # The model looks closely at all rows, so it is asked last.
    if by_schema or by_shape or (block.clear and _clear_by_model(best, rivals, names)):
        confidence = max(likelihood, 0.99 if by_schema else 0.97) if by_schema or by_shape else _BY_MODEL
        return HeaderDecision(
            block.row, block.rows, "accepted", confidence, [*evidence, *block.evidence], runners_up, block.join
        )
    why = because("looks_like_data" if best.name_share < 1 or likelihood < _LIKELY else "not_clear")
    row = best.row if likelihood >= _LIKELY else None
    return HeaderDecision(
        row, (row,) if row is not None else (), "uncertain", min(likelihood, 0.9), [*evidence, why],
        runners_up if row is not None else [{"row": best.row, "confidence": round(likelihood, 4)}, *runners_up][:3],
    )  # fmt: skip


def _likelihood(features: RowFeatures, names: SchemaNames) -> float:
    """How likely the row is the header, as a logistic sum of what was seen; fit to be ranked, not to decide alone."""
    named = features.named_fields / max(1, min(names.fields, features.filled))
    similar = features.similar_fields / max(1, min(names.fields, features.filled))
    total = (
        -4.0
        + 6.0 * named
        + 3.0 * similar
        + 2.0 * features.known_share
        + 2.5 * features.contrast_share
        + 1.5 * (features.coverage - 0.5)
        + 1.5 * (features.name_share - 0.5)
        + 1.0 * (features.distinct_share - 0.5)
        - 3.0 * features.recurring_share
        - 3.0 * (1 - features.name_share)
        - 1.5 * features.wide_above
        - 1.5 * (features.filled < 2)
        + 1.0 * (not features.wide_above and features.coverage >= _ALMOST_ALL)
    )
    return 1 / (1 + math.exp(-total))


def _clear_by_schema(best: RowFeatures, rest: Sequence[RowFeatures], names: SchemaNames) -> bool:
    """Whether the row names so many fields that it can be nothing else."""
    supported = best.named_fields + best.similar_fields
    others = max((other.named_fields for other in rest), default=0)
    others_supported = max((other.named_fields + other.similar_fields for other in rest), default=0)
    if best.name_share < 1 and best.named_fields < 3:
        return False
    if others > _CLEARLY_LESS * best.named_fields or others_supported > _CLEARLY_LESS * supported:
        return False
    cells = min(best.filled, names.fields)
    majority = 2 * best.named_fields >= cells
    if best.named_fields >= 2 and majority:
        return True
    first = all(other.row > best.row for other in rest) and not best.wide_above
    if best.literal_fields >= 1 and majority and first and others == 0 and best.name_share == 1:
        # A name as written, in the first record of a small table. A value that happens to be one recurs below.
        return best.recurring_share == 0
    if best.named_fields >= 1 and cells == 1:
        # One field, or one column: a single name must stand as written, or above values of another kind, on top of a
        # table as narrow as itself.
        sure = best.literal_fields == 1 or (best.contrasts == 1 and best.body_rows >= 2)
        return sure and best.filled == 1 and not best.wide_above and best.recurring_share == 0
    return supported >= 2 and 2 * supported >= cells and best.name_share == 1 and best.recurring_share == 0


def _clear_when_joined(grid: Grid, best: RowFeatures, names: SchemaNames) -> bool:
    """Whether the row names most fields once the group row above stands before its repeated names."""
    above = best.row - 1
    if above < 0 or best.distinct_share == 1 or not is_group_row(grid, above, best.row) or not best.next_is_data:
        return False
    texts = joined_names(grid.cells[above], grid.cells[best.row], "groups")
    _, named, _ = named_fields([text for text in texts if text], names, grid.vocabulary)
    return named >= 2 and 2 * named >= min(best.filled, names.fields)


def _clear_by_shape(grid: Grid, best: RowFeatures, header: Sequence[int]) -> bool:
    """Whether the row is a header by its shape alone: names above data that is of another kind. `header`: all its rows."""
    unnamed, distinct = _named_by_groups(grid, best, header)
    shaped = (
        best.filled >= 2
        and best.body_rows >= 2
        and best.gap <= 2
        and best.name_share == 1
        and (distinct or (best.names_repeat_in_turn and best.contrasts >= 3 and _only_data_below(grid, best)))
        and (best.coverage >= _ALMOST_ALL or (unnamed in ((), (0,)) and best.contrasts >= 2))
        and best.recurring_share == 0
        and not best.wide_above
        and best.years_in_order
        and Kind.MISSING not in grid.kinds[best.row]
    )
    if not shaped:
        return False
    years_only = all(grid.kinds[best.row][position] is Kind.YEAR for position in grid.filled(best.row))
    if any(cell.endswith(":") or "=" in cell for cell in grid.cells[best.row]):
        # "Created by:" and "Status = open" belong to a preamble.
        return False
    # One text above numbers may be a stray value, and two cells a line of a preamble; names that people use for columns
    # make them a header.
    known_names = best.filled <= 4 and best.known_share >= _CLEARLY_LESS
    enough = (best.contrasts >= 2 and best.filled > 2) or (best.contrasts >= 1 and known_names)
    enough = enough and best.next_is_data and not best.next_is_similar and (not years_only or best.unnamed == (0,))
    known = best.known_share >= _MOSTLY_KNOWN and best.body_known_share <= _HARDLY_KNOWN
    return enough or (known and best.filled >= 3)


def _named_by_groups(grid: Grid, best: RowFeatures, header: Sequence[int]) -> tuple[tuple[int, ...], bool]:
    """The columns with data that have no name, and whether all names differ, once the row above that belongs to the header
    stands before the names of its groups."""
    above = best.row - 1
    if above not in header or best.distinct_share == 1 == best.coverage or not _only_data_below(grid, best):
        return best.unnamed, best.distinct_share == 1
    joined = joined_names(grid.cells[above], grid.cells[best.row], "groups")
    names = [joined[at].casefold() for at in range(len(joined)) if joined[at]]
    return tuple(at for at in best.unnamed if at >= len(joined) or not joined[at]), len(set(names)) == len(names)


def _only_data_below(grid: Grid, best: RowFeatures) -> bool:
    """Whether the next row of several cells has data in every column that has data further below: units have not."""
    wide = [row for row in range(best.row + 1, len(grid.cells)) if len(grid.filled(row)) > 1]
    if not wide:
        return False
    further, next_kinds = wide[1 : BODY_ROWS + 1], grid.kinds[wide[0]]
    for at in grid.filled(best.row):
        values = [kind for _, kind in grid.column(at, further)]
        is_data = at < len(next_kinds) and next_kinds[at] in (*DATA_KINDS, Kind.MISSING, Kind.EMPTY)
        if values and sum(kind in DATA_KINDS for kind in values) >= CONSISTENT * len(values) and not is_data:
            return False
    return True


def _clear_by_model(best: RowFeatures, rest: Sequence[RowFeatures], names: SchemaNames) -> bool:
    """Whether the model has no doubt, and nothing about the row speaks against it."""
    sound = (
        best.filled >= 3
        and best.name_share == 1
        and best.recurring_share == 0
        and best.body_rows >= _MODEL_ROWS
        and best.gap == 0
        and best.years_in_order
        and not best.wide_above
        and not best.next_is_similar
    )
    contrasted = best.contrasts >= 2 and best.next_is_data and best.distinct_share == 1
    supported = contrasted or best.named_fields + best.similar_fields >= 1 or best.known_share >= _MODEL_KNOWN
    if not (sound and supported) or probability(best, names.fields) < (_MODEL_LIKELY if contrasted else _MODEL_SURE):
        return False
    return all(probability(other, names.fields) <= _MODEL_RIVAL for other in rest)


def _evidence(best: RowFeatures) -> list[dict[str, Any]]:
    evidence: list[dict[str, Any]] = []
    if best.named_fields:
        evidence.append(because("fields_named", count=best.named_fields))
    if best.similar_fields:
        evidence.append(because("fields_meant", count=best.similar_fields))
    if best.known_share > 0:
        evidence.append(because("column_names_known", share=round(best.known_share, 3)))
    if best.contrasts:
        evidence.append(because("text_above_other_kinds", count=best.contrasts))
    if best.recurring_share > 0:
        evidence.append(because("cells_recur_below", share=round(best.recurring_share, 3)))
    if best.wide_above:
        evidence.append(because("wide_row_above"))
    if best.next_is_similar:
        evidence.append(because("next_row_similar"))
    return evidence


def header_names(rows: Sequence[Sequence[str | None]], decision: HeaderDecision) -> list[str]:
    """The names of all columns by position, "" where there is none.

    A group row above stands for the names that are missing; where names repeat it is put before all of them, each group
    up to the next one. Names whose words stand in two rows are put together. `rows` are the records that `choose_header`
    saw. Raises IndexError when they end before it.
    """
    if decision.row is None:
        return [""] * max((len(row) for row in rows), default=0)
    names = [clean(cell) for cell in rows[decision.row]]
    for group_row in sorted((row for row in decision.rows if row < decision.row), reverse=True):
        names = joined_names([clean(cell) for cell in rows[group_row]], names, decision.join)
    return names
