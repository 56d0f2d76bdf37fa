"""Which columns of the source a review does not show: those of masked fields, and those that may turn out to be one.

What stands in the records of a source is shown before anybody has said which column is which. Wherever that is not certain a
column counts as one that is to be hidden. Names of fields are shown wherever they stand, so that the header can be found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from headgate.engine.masking import DOTS, Rule, hidden_evidence, masked_text, masked_texts
from headgate.engine.match import ColumnDecision
from headgate.engine.match.words import header_key
from headgate.records import dataclass
from headgate.schema import Field

if TYPE_CHECKING:
    from headgate.engine.header import HeaderDecision
    from headgate.engine.import_run import ImportRun
    from headgate.engine.table import RawTable


@dataclass(frozen=True)
class HiddenColumns:
    """`rules`: column index → how its cells are hidden. `known`: the names of all fields, as `header_key` has them.
    `headers`: what is to be shown as the columns' names."""

    rules: Mapping[int, Rule]
    known: frozenset[str]
    headers: Sequence[str] = ()

    @classmethod
    def of(cls, run: ImportRun) -> HiddenColumns:
        """Those of a run, as far as it has come."""
        rules = masks_of(run.schema.fields)
        known = _names(run.schema.fields) if rules else frozenset()
        if run.layout is None:
            width = run.table.width if rules and run.table is not None else 0
            return cls(dict.fromkeys(range(width), "all"), known)
        served = {column.field for column in run.layout.columns if column.status == "accepted"}
        waiting = any(
            not field.hidden and (field.many_to_one or field.key not in served)
            for field in run.schema.fields
            if field.mask is not None
        )
        hidden: dict[int, Rule] = {}
        for column in run.layout.columns if rules else ():
            rule = _rule(column, rules, doubtful=waiting or column.index in run.doubtful)
            if rule is not None:
                hidden[column.index] = rule
        headers = list(run.layout.headers)
        if run.named_by_data:
            headers = [
                name if index not in hidden or header_key(name) in known else "" for index, name in enumerate(headers)
            ]
        return cls(hidden, known, headers)

    def cell(self, column: int, text: str | None) -> str | None:
        """A cell of the raw table."""
        rule = self.rules.get(column)
        if text is None or rule is None or header_key(text) in self.known:
            return text
        return masked_text(text, rule)

    def cells(self, column: int, texts: pl.Series) -> pl.Series:
        """Cells below the header."""
        return masked_texts(texts, self.rules.get(column))

    def evidence(self, column: int, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """What speaks for a decision about a column."""
        return [hidden_evidence(entry) for entry in entries] if column in self.rules else list(entries)

    def reason(self, told: Any, headers: Sequence[str]) -> Any:
        """Why a person is needed (any JSON value), without names of columns that are cells of them. `headers`: the names."""
        gone = {real for real, shown in zip(headers, self.headers, strict=False) if real != shown}
        if not gone:
            return told
        if isinstance(told, dict):
            return {key: self.reason(one, headers) for key, one in told.items()}
        if isinstance(told, list):
            return [self.reason(one, headers) for one in told]
        for name in gone if isinstance(told, str) else ():
            told = told.replace(name, DOTS)
        return told


def shown_records(run: ImportRun, own: HeaderDecision) -> frozenset[int]:
    """The records of which every cell may be shown: what headgate itself takes for the header (`own`), and what stands above it
    where that is certain."""
    if own.row is None:
        return frozenset()
    reread = run.person.reading.delimiter is not None or run.person.reading.encoding is not None
    certain = own.status == "accepted" and not reread
    return frozenset(range(max(own.rows, default=-1) + 1)) if certain else frozenset(own.rows)


def masks_of(fields: Sequence[Field]) -> dict[str, Rule]:
    """Key → how a field is masked."""
    return {field.key: field.mask for field in fields if field.mask is not None}


def kept_masks(fields: Sequence[Field], columns: Sequence[ColumnDecision], doubtful: frozenset[int]) -> frozenset[str]:
    """The keys of fields without a mask that a person gave a column which may be that of a masked field: it stays hidden,
    or to match it otherwise would be a way to look at it."""
    masked = masks_of(fields)
    return frozenset(
        column.field
        for column in columns
        if masked and column.method == "person" and column.field is not None and column.field not in masked
        if column.index in doubtful or any(other.field in masked for other in column.runners_up)
    )


def doubtful_columns(run: ImportRun, table: RawTable, header: HeaderDecision) -> tuple[frozenset[int], bool]:
    """Where a person chose how the source is read or where its header is: the columns that may be those of masked fields
    all the same; and whether cells have become the names of columns."""
    masked = masks_of(run.schema.fields)
    if not masked:
        return frozenset(), False
    doubtful: set[int] = set()
    named_by_data = False
    if header.status == "person":
        own = run.own_header(table)
        named_by_data = header.row is not None and header.row not in own.rows
        if own.rows != header.rows:
            doubtful |= {column.index for column in run.matched_by(table, own) if _rule(column, masked) is not None}
    if run.person.reading.delimiter is not None or run.person.reading.encoding is not None:
        doubtful |= set(range(table.width))
    return frozenset(doubtful), named_by_data


def _rule(column: ColumnDecision, rules: Mapping[str, Rule], *, doubtful: bool = False) -> Rule | None:
    """How a column's cells are hidden. `doubtful`: unless it certainly is that of another field."""
    if column.status == "accepted" and column.field is not None:
        return rules.get(column.field)
    candidates = {column.field, *(other.field for other in column.runners_up)}
    return "all" if doubtful or not candidates.isdisjoint(rules) else None


def _names(fields: Sequence[Field]) -> frozenset[str]:
    names = {header_key(name) for field in fields for name in (field.label, field.key, *field.alternate_matches)}
    return frozenset(names - {""})
