"""From a file to the fields that it could have."""

from __future__ import annotations

import re
import unicodedata
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from headgate.engine.header import HeaderDecision
from headgate.engine.import_run import ImportRun
from headgate.engine.infer.column import Column, columns_of
from headgate.engine.infer.evidence import found
from headgate.engine.infer.types import Inferred, type_of
from headgate.engine.match.vocabulary import vocabulary_for
from headgate.engine.matching import table_width
from headgate.engine.request import ImportRequest
from headgate.engine.table import RawTable
from headgate.engine.trial.statements import Statement
from headgate.records import dataclass
from headgate.schema.hooks import NO_HOOKS
from headgate.schema.schema import MAX_FIELDS

FEW_ROWS = 5
"""Fewer rows prove neither that a value stands once only nor that a cell is never empty."""
MAX_OPTIONS = 20
MIN_ROWS_FOR_OPTIONS = 20
ROWS_PER_OPTION = 5
LONGEST_OPTION = 40
_A_WORD = re.compile(r"\s*[^\W\d]")
WITHOUT_REQUIRED = frozenset({"checkbox"})
"""An unticked box counts as empty for `required`."""


@dataclass(frozen=True)
class InferredColumn:
    """A column and the field that it could be."""

    column: Column
    field: dict[str, Any]
    evidence: list[Statement]

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return {
            "column": self.column.index,
            "header": self.column.header,
            "field": self.field,
            "evidence": [one.to_json() for one in self.evidence],
            "filled": len(self.column.filled),
            "distinct": len(self.column.distinct),
            "samples": self.column.samples,
        }


@dataclass(frozen=True)
class Inference:
    """What a file could mean."""

    file: dict[str, Any]
    header: dict[str, Any]
    rows: int
    fields: list[dict[str, Any]]
    warnings: list[Statement]

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return {
            "file": self.file,
            "header": self.header,
            "rows": self.rows,
            "fields": self.fields,
            "warnings": [one.to_json() for one in self.warnings],
        }


def infer(request: ImportRequest, workdir: Path) -> Inference:
    """The fields of `request.source`, read as the settings of `request.schema` say; its fields and hooks do not count.

    Raises ImportFailedError.
    """
    schema = replace(request.schema, fields=(), hooks=NO_HOOKS)
    with ExitStack() as resources:
        run = ImportRun(replace(request, schema=schema), workdir, resources)
        table = run.read()
        header = _assumed(table, run.find_header(table))
        headers = _headers(run, table, header)
        vocabulary = vocabulary_for(headers, schema.settings.locale)
        keys = _Keys()
        fields, rows = [], 0
        for column in columns_of(table, header.data_start, headers, vocabulary):
            rows = column.rows
            if column.header or len(column.filled):
                fields.append(_inferred(column, keys).to_json())
    warnings = _warnings(header, rows, sum(not name for name in headers))
    return Inference(run.decisions.file or {}, header.to_json(), rows, fields, warnings)


def _assumed(table: RawTable, header: HeaderDecision) -> HeaderDecision:
    """The header to go on with. One that is not clear stays uncertain, which is said; but the likeliest row is taken for it
    where all of its cells are words, because a person looks at what comes of it."""
    if header.status != "uncertain" or header.row is not None or not header.runners_up:
        return header
    row = int(header.runners_up[0]["row"])
    cells = [cell or "" for cell in table.head(row + 1)[row]]
    if not all(_A_WORD.match(cell) for cell in cells) or len(set(cells)) < len(cells):
        return header
    return replace(header, row=row, rows=(row,), runners_up=header.runners_up[1:])


def _headers(run: ImportRun, table: RawTable, header: HeaderDecision) -> list[str]:
    """The names of the columns that a row has by right, at most as many as a schema may have fields."""
    headers = run.headers_of(table, header)
    width = table_width(table, headers, header)
    return [name.strip() for name in headers[: min(width, MAX_FIELDS)]]


def _warnings(header: HeaderDecision, rows: int, unnamed: int) -> list[Statement]:
    said = []
    if header.status == "uncertain":
        said.append(found("header_uncertain"))
    if rows < FEW_ROWS:
        said.append(found("few_rows", rows=rows))
    if unnamed:
        said.append(found("columns_without_name", count=unnamed))
    return said


def _inferred(column: Column, keys: _Keys) -> InferredColumn:
    inferred = type_of(column)
    label = column.header or f"Column {column.index + 1}"
    field: dict[str, Any] = {"label": label, "key": keys.next_for(label, column.index)}
    evidence = list(inferred.evidence)
    options = _options(column, inferred)
    if options:
        field |= {"type": "select", "selectOptions": options}
        evidence = [found("few_values", distinct=len(options), count=len(column.filled))]
    elif inferred.type != "string":
        field["type"] = inferred.written
    validators = []
    complete = len(column.filled) == column.rows >= FEW_ROWS
    if complete and inferred.type not in WITHOUT_REQUIRED:
        validators.append({"validate": "required"})
        evidence.append(found("never_empty", count=column.rows))
    if complete and _is_unique(column, inferred):
        validators.append({"validate": "unique"})
        evidence.append(found("all_different", count=column.rows))
    if validators:
        field["validators"] = validators
    return InferredColumn(column, field, evidence)


def _is_unique(column: Column, inferred: Inferred) -> bool:
    id_like = inferred.type == "uuid" or (inferred.type == "string" and column.is_identifier)
    return id_like and len(column.distinct) == len(column.filled)


def _options(column: Column, inferred: Inferred) -> list[dict[str, Any]]:
    """The options to choose from, where few short texts recur, each of them more than once; else none."""
    count, texts = len(column.filled), column.distinct
    if inferred.type != "string" or not count or any(one.code == "digits_are_a_code" for one in inferred.evidence):
        return []
    if not 2 <= len(texts) <= MAX_OPTIONS or count < max(MIN_ROWS_FOR_OPTIONS, ROWS_PER_OPTION * len(texts)):
        return []
    counted = column.filled.value_counts(name="count")
    if counted["count"].min() == 1 or texts.str.len_chars().max() > LONGEST_OPTION:  # type: ignore[operator]  # of whole numbers
        return []
    if texts.str.to_lowercase().n_unique() < len(texts) or column.is_identifier:
        return []
    return [{"label": text, "value": text} for text in texts.to_list()]


class _Keys:
    """Gives each field a key of its own, made of its label: `First name` is `first_name`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def next_for(self, label: str, index: int) -> str:
        """A key that no field before has."""
        plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
        stem = "_".join(re.findall(r"[a-z0-9]+", plain)) or f"column_{index + 1}"
        key, number = stem, 1
        while key in self._taken:
            number += 1
            key = f"{stem}_{number}"
        self._taken.add(key)
        return key
