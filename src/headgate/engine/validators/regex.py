"""`regex_match` and `regex_exclude`: JavaScript regular expressions, unanchored, that cannot hang an import."""

from __future__ import annotations

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.types.base import FEW_CELLS
from headgate.engine.types.masks import present, surely
from headgate.engine.validators.base import Batch, RowValidator
from headgate.engine.validators.regex_translation import Translation, translate
from headgate.engine.validators.regex_worker import RegexRefusedError, RegexTooSlowError, RegexWorker
from headgate.schema import Field
from headgate.schema.problems import shortened
from headgate.schema.validators import Regex as RegexOptions

_NOT_ASCII = r"[^\x00-\x7f]"
_BEYOND_BMP = r"[^\x00-\x{ffff}]"


class Regex(RowValidator):
    """Fails when the pattern is not found (`regex_match`) or found (`regex_exclude`) in the result text.

    Patterns that mean the same to Polars run there, over whole columns and in linear time. All others, and texts where
    the engines might differ, go to V8 in a child process; ImportFailedError `regex_too_slow` when that takes too long.
    """

    def __init__(self, field: Field, validator: RegexOptions, worker: RegexWorker) -> None:
        super().__init__(field, validator)
        self.pattern = validator.regex
        self.flags = validator.regex_options.flags
        self.fails_when_found = validator.validate_ == "regex_exclude"
        self._translation = translate(validator.regex, validator.regex_options)
        self._worker = worker

    def check(self, batch: Batch, position: int) -> pl.Series:
        column = self.column(batch, position)
        found = self._found(column.texts)
        return column.checked & (found if self.fails_when_found else ~found)

    def _found(self, texts: pl.Series) -> pl.Series:
        """Whether the pattern is found in each text; false for null."""
        if self._translation is None:
            found = pl.Series([False]).new_from_index(0, len(texts))
            undecided = present(texts)
        else:
            found = _contain(texts, self._translation)
            undecided = self._beyond_translation(texts)
        if undecided.any():
            at = undecided.arg_true()
            found = found.scatter(at, self._search(texts.gather(at)))
        return found

    def _beyond_translation(self, texts: pl.Series) -> pl.Series:
        """The texts that the translated pattern must not decide (no nulls)."""
        nothing = pl.Series([False]).new_from_index(0, len(texts))
        if self._translation is None or not (self._translation.ascii_only or self._translation.bmp_only):
            return nothing
        if _are_ascii(texts):
            return nothing
        characters = _NOT_ASCII if self._translation.ascii_only else _BEYOND_BMP
        return surely(texts.str.contains(characters))

    def _search(self, texts: pl.Series) -> pl.Series:
        distinct = texts.unique()
        try:
            found = self._worker.search(self.pattern, self.flags, distinct)
        except RegexTooSlowError as error:
            raise ImportFailedError(
                "regex_too_slow",
                f'The pattern "{shortened(self.pattern)}" of the field "{self.key}" ran too long on a value of the '
                "file. Rewrite it without repetitions inside of repetitions, such as (a+)+.",
                field=self.key,
            ) from error
        except RegexRefusedError as error:
            raise ImportFailedError(
                "regex_too_slow",
                f'The pattern "{shortened(self.pattern)}" of the field "{self.key}" cannot be run: {error}. '
                "Correct it in the schema.",
                field=self.key,
            ) from error
        table = pl.DataFrame({"text": distinct, "found": found})
        return texts.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left")["found"]


def _contain(texts: pl.Series, wanted: Translation) -> pl.Series:
    """In which texts the pattern is found, however few may be decided so; false for null. A query takes as long as to look for a
    plain text in hundreds of others."""
    if wanted.literal is not None and len(texts) <= FEW_CELLS:
        found = [text is not None and wanted.literal in text for text in texts.to_list()]
        return pl.Series(found, dtype=pl.Boolean)
    return surely(texts.str.contains(wanted.pattern))


def _are_ascii(texts: pl.Series) -> bool:
    if len(texts) <= FEW_CELLS:
        return all(text is None or text.isascii() for text in texts.to_list())
    return bool((texts.str.len_bytes() == texts.str.len_chars()).all())
