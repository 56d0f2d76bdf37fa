"""Ranks fields for columns by what their names mean to a sentence-embedding model.

A column is its header, alone and with some of its values; a field is each of its names and what is said about it. The likest
pair of the two counts. Everything happens in this process: no text leaves it, and of columns nothing is kept.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import structlog

from headgate.config import ConfigurationError
from headgate.reviews.api_models import FieldInfo, FileColumn
from headgate.reviews.model_client import SECONDS, SuggestionError
from headgate.reviews.semantic.files import check_embeddings

if TYPE_CHECKING:
    from headgate.reviews.semantic.encoder import SentenceEncoder, Vectors

FLOOR = 0.45
"""The cosine from which a field is shown: below it, further suggestions are nearly all wrong (measured, docs/vocabulary.md)."""
SHOWN = 3
"""Fields that people are shown for a column."""
MAX_COLUMNS = 200
"""Columns that are looked at; those further right are left to headgate."""
MAX_FIELDS = 500
MAX_REMEMBERED = 4096
"""Texts of fields whose vectors are kept: schemas come again, and their texts are the operator's customers', not of files."""
FIELD_TEXTS = 128
"""Texts of fields between which it is remembered how far one got."""
SAMPLES, SAMPLE_CHARACTERS = 2, 30
HEADER_CHARACTERS = 200
DESCRIPTION_CHARACTERS = 200
OPTIONS, OPTION_CHARACTERS = 6, 30

_PARTS = re.compile(r"(?<=[a-z\d])(?=[A-Z])|[_\-./\\|\s]+")
_FAILED = (
    "The model that suggests fields cannot be used. Tell whoever runs headgate; meanwhile choose the fields yourself."
)
_SLOW = "The model that suggests fields took too long. Try again, or choose the fields yourself."

log = structlog.get_logger(__name__)


class EmbeddingSuggester:
    """Loads the model when it is asked first, once. Safe to share between threads, which take turns."""

    source: Literal["headgate", "model"] = "model"

    def __init__(self, directory: Path, *, seconds: float = SECONDS) -> None:
        self._directory = directory
        self._seconds = seconds
        self._turn = threading.Lock()
        self._encoder: SentenceEncoder | None = None
        self._remembered: dict[str, Vectors] = {}

    def suggest(self, columns: Sequence[FileColumn], fields: Sequence[FieldInfo]) -> dict[int, list[str]]:
        """Up to three fields for each column that is like enough to one, the likest first. Raises SuggestionError."""
        found = {
            index: [key for key, likeness in ranked[:SHOWN] if likeness >= FLOOR]
            for index, ranked in self.likenesses(columns, fields).items()
        }
        return {index: keys for index, keys in found.items() if keys}

    def likenesses(
        self, columns: Sequence[FileColumn], fields: Sequence[FieldInfo]
    ) -> dict[int, list[tuple[str, float]]]:
        """Column index → every field with its likeness (a cosine), the likest first. Raises SuggestionError."""
        asked = [column for column in columns[:MAX_COLUMNS] if words_of(column.header[:HEADER_CHARACTERS])]
        known = fields[:MAX_FIELDS]
        if not asked or not known:
            return {}
        deadline = time.monotonic() + self._seconds
        if not self._turn.acquire(timeout=self._seconds):
            raise SuggestionError(_SLOW)
        try:
            return self._compared(asked, known, deadline)
        finally:
            self._turn.release()

    def _compared(
        self, columns: Sequence[FileColumn], fields: Sequence[FieldInfo], deadline: float
    ) -> dict[int, list[tuple[str, float]]]:
        encoder = self._loaded()
        # Importing it costs what the encoder does; it is loaded by now.
        import numpy as np

        from headgate.reviews.semantic.encoder import EncoderError, TooSlowError

        names = [field_texts(field) for field in fields]
        headers = [column_texts(column) for column in columns]
        try:
            field_vectors = self._of_fields(encoder, [text for texts in names for text in texts], deadline)
            column_vectors = encoder.encode([text for texts in headers for text in texts], deadline)
        except TooSlowError:
            raise SuggestionError(_SLOW) from None
        except EncoderError as error:
            log.warning("embeddings_failed", cause=str(error))
            raise SuggestionError(_FAILED) from None
        alike = column_vectors @ field_vectors.T
        # The best of each column's texts with each field's: first over the rows of a column, then the columns of a field.
        alike = np.maximum.reduceat(alike, _starts(headers), axis=0)
        alike = np.maximum.reduceat(alike, _starts(names), axis=1)
        found: dict[int, list[tuple[str, float]]] = {}
        for column, row in zip(columns, alike, strict=True):
            # By likeness, then by the schema's order: the same file gets the same answer.
            order = np.argsort(-row, kind="stable")
            found[column.index] = [(fields[at].key, float(row[at])) for at in order]
        return found

    def _of_fields(self, encoder: SentenceEncoder, texts: Sequence[str], deadline: float) -> Vectors:
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._remembered]
        if len(self._remembered) + len(new) > MAX_REMEMBERED:
            self._remembered.clear()
            new = list(dict.fromkeys(texts))
        for start in range(0, len(new), FIELD_TEXTS):
            part = new[start : start + FIELD_TEXTS]
            # What was done counts: who asks again about a schema that took too long comes further.
            self._remembered.update(zip(part, encoder.encode(part, deadline), strict=True))
        return np.stack([self._remembered[text] for text in texts])

    def _loaded(self) -> SentenceEncoder:
        if self._encoder is None:
            try:
                files = check_embeddings(self._directory)
                from headgate.reviews.semantic.encoder import EncoderError, SentenceEncoder
            except (ConfigurationError, ImportError, OSError) as error:
                log.warning("embeddings_failed", cause=str(error))
                raise SuggestionError(_FAILED) from None
            try:
                self._encoder = SentenceEncoder(files)
            except EncoderError as error:
                log.warning("embeddings_failed", cause=str(error))
                raise SuggestionError(_FAILED) from None
        return self._encoder


def column_texts(column: FileColumn) -> list[str]:
    """What a column is called, and that with some of its values: `Nm 1`, `Nm 1: Ann, Bob`."""
    header = words_of(column.header[:HEADER_CHARACTERS])
    values = [sample[:SAMPLE_CHARACTERS].strip() for sample in column.samples[:SAMPLES]]
    context = ", ".join(value for value in values if value)
    return [header, f"{header}: {context}"] if context else [header]


def field_texts(field: FieldInfo) -> list[str]:
    """What a field is called (its label, the words of its key), and its label with what is said about it."""
    label = words_of(field.label[:HEADER_CHARACTERS])
    texts = [label, words_of(field.key[:HEADER_CHARACTERS])]
    if field.description:
        texts.append(f"{label}: {field.description[:DESCRIPTION_CHARACTERS]}")
    if field.select_options:
        options = [option.label[:OPTION_CHARACTERS] for option in field.select_options[:OPTIONS]]
        texts.append(f"{label}: {', '.join(options)}")
    return list(dict.fromkeys(text for text in texts if text)) or [field.key]


def words_of(name: str) -> str:
    """The words of a name as a person would write them: `shipTo_zipCode` → `ship To zip Code`."""
    return " ".join(_PARTS.sub(" ", name).split())


def _starts(texts: Sequence[Sequence[str]]) -> list[int]:
    """Where the texts of each begin, when they stand in one row."""
    starts, at = [], 0
    for each in texts:
        starts.append(at)
        at += len(each)
    return starts
