"""One column of a file, as inference looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import polars as pl

from headgate.engine.match.relations import relations
from headgate.engine.match.vocabulary import Vocabulary
from headgate.engine.table import RawTable, SourceKind, cell_column
from headgate.engine.types.base import WHITE_SPACE
from headgate.engine.working import DataRows, RowCounts
from headgate.records import dataclass

SAMPLES = 5
IDENTIFIERS = frozenset({"id", "number"})
"""What identifies something, behind the word for it."""
CODES = frozenset({"reference", "uuid", "sku", "gtin", "ean", "upc", "isbn", "vin", "iban", "barcode"})
"""What identifies something by itself."""


@dataclass(frozen=True)
class Column:
    """`cells`: the data rows' texts as they stand in the file (String, null = empty). `concepts`: what the header means."""

    index: int
    header: str
    cells: pl.Series
    kind: SourceKind
    concepts: tuple[str, ...] = ()

    @cached_property
    def filled(self) -> pl.Series:
        """The cells that are not empty, without the white space around them."""
        texts = self.cells.str.strip_chars(WHITE_SPACE)
        return texts.filter((texts != "").fill_null(value=False)).alias("cell")

    @cached_property
    def distinct(self) -> pl.Series:
        """The different texts, in the order in which they come first."""
        return self.filled.unique(maintain_order=True)

    @property
    def rows(self) -> int:
        """How many data rows there are."""
        return len(self.cells)

    @property
    def samples(self) -> list[str]:
        """The first different texts."""
        found: list[str] = self.distinct.head(SAMPLES).to_list()
        return found

    @property
    def is_identifier(self) -> bool:
        """Whether the header says that the values name things."""
        concepts = self.concepts
        if not concepts:
            return False
        return concepts[-1] in CODES or concepts == ("id",) or (len(concepts) > 1 and concepts[-1] in IDENTIFIERS)

    @property
    def is_code(self) -> bool:
        """Whether the header says that digits are no amount."""
        kinds = relations().kinds
        return self.is_identifier or any(kinds.get(concept) in {"code", "phone"} for concept in self.concepts)

    def means(self, *concepts: str) -> bool:
        """Whether the header speaks of one of these."""
        return bool(set(concepts) & set(self.concepts))

    def share(self, pattern: str) -> float:
        """The share of filled cells in which the pattern is found."""
        return int(self.filled.str.contains(pattern).sum()) / len(self.filled) if len(self.filled) else 0.0

    def all_match(self, pattern: str) -> bool:
        """Whether the pattern is found in every filled cell."""
        return bool(len(self.filled)) and bool(self.distinct.str.contains(pattern).all())


def columns_of(table: RawTable, first_row: int, headers: list[str], vocabulary: Vocabulary) -> Iterator[Column]:
    """The columns of a table whose data begins at the record `first_row`."""
    parts: list[list[pl.Series]] = [[] for _ in headers]
    for chunk in DataRows(table, first_row, None).chunks(RowCounts()):
        for index in range(len(headers)):
            parts[index].append(chunk[cell_column(index)])
    for index, header in enumerate(headers):
        cells = pl.concat(parts[index]) if parts[index] else pl.Series(dtype=pl.String)
        parts[index] = []
        yield Column(index, header, cells.alias("cell"), table.kind, vocabulary.meaning(header).concepts)
