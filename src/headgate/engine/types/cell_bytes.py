"""The bytes of a column of texts as one array, for what costs the same whatever stands in them.

Polars calls a matcher for every text. Where a byte says what becomes of it, or where the same text comes again and
again, NumPy and Arrow do the whole column in a tenth of the time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import polars as pl

from headgate.libraries import numpy as np
from headgate.records import dataclass

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE = 4_096
"""So many texts, taken from all of a chunk, tell whether its texts come again."""

FEWEST = 1_024
"""Below this, telling texts apart is not worth its overhead."""

WORTHWHILE = 0.9
"""Share of different texts in the sample below which each text is read once. Of 18,000 different texts in a chunk of
65,536 the sample shows about this share."""

_EDGE = r"^[\t\n\x0b\x0c\r\x1c-\x20[^\x00-\x7f]]|[\t\n\x0b\x0c\r\x1c-\x20[^\x00-\x7f]]$"

Bytes: TypeAlias = "npt.NDArray[np.uint8]"
Offsets: TypeAlias = "npt.NDArray[np.int64]"


class Texts(NamedTuple):
    """The UTF-8 of all texts, one behind the other: text n is `data[offsets[n]:offsets[n + 1]]`. A null has no bytes."""

    data: Bytes
    offsets: Offsets

    @classmethod
    def of(cls, texts: pl.Series) -> Texts:
        """The bytes of a String series."""
        if texts.null_count():
            texts = texts.fill_null("")  # what stood in a cell before it became null may still be among its bytes
        array = texts.to_arrow()
        _, offsets, data = array.buffers()
        bounds = (
            np.frombuffer(offsets, np.int64, len(array) + 1, array.offset * 8) if offsets else np.zeros(1, np.int64)
        )
        start, end = int(bounds[0]), int(bounds[-1])
        return cls(np.frombuffer(data, np.uint8, end)[start:] if end > start else np.zeros(0, np.uint8), bounds - start)

    @property
    def even_length(self) -> int | None:
        """The bytes of each text where all have equally many, so that `data` is a table; None otherwise."""
        count = len(self.offsets) - 1
        length = int(self.offsets[1]) if count else 0
        even = length * count == len(self.data) and bool((np.diff(self.offsets) == length).all())
        return length if even and length else None

    def rows(self, at: npt.NDArray[np.int64], length: int) -> Bytes:
        """The texts at these places, which all have `length` bytes, as a table."""
        return rows_at(self.data, self.offsets[at], length)

    def to_arrow(self) -> Any:
        """The texts as an Arrow array of LargeString without nulls, nothing copied. The bytes must be UTF-8."""
        import pyarrow as pa  # as long to load as Polars, and some processes read no cells

        return pa.LargeStringArray.from_buffers(
            len(self.offsets) - 1, pa.py_buffer(self.offsets), pa.py_buffer(self.data)
        )

    def series(self) -> pl.Series:
        """The texts as a String series without nulls. The bytes must be UTF-8."""
        return series_of(self.to_arrow())


def rows_at(data: Bytes, starts: Offsets, length: int) -> Bytes:
    """The `length` bytes from each of the starts on, as a table."""
    if not length:
        return np.zeros((len(starts), 0), np.uint8)
    # One copy of `length` bytes a text, instead of an index a byte.
    window = np.dtype((np.void, length))
    windows = np.ndarray(len(data) - length + 1, window, data, strides=(1,))
    return windows[starts].view(np.uint8).reshape(-1, length)


class Repeated(NamedTuple):
    """A column as its different texts: `distinct`, and `at`, the place of each cell's text there (UInt32, null for null)."""

    at: pl.Series
    distinct: pl.Series

    @classmethod
    def of(cls, texts: pl.Series) -> Repeated:
        """The different texts in the order in which they first come."""
        array = dictionary_encoded(texts.to_arrow())
        return cls(series_of(array.indices).cast(pl.UInt32), series_of(array.dictionary))

    def counts(self) -> npt.NDArray[np.int64]:
        """How often each of the different texts comes."""
        at = self.at.drop_nulls() if self.at.null_count() else self.at
        return np.bincount(at.to_numpy(), minlength=len(self.distinct))

    def firsts(self) -> npt.NDArray[np.int64]:
        """The first cell of each of the different texts."""
        places = self.at.is_not_null().arg_true().to_numpy()
        firsts = np.empty(len(self.distinct), np.int64)
        firsts[self.at.drop_nulls().to_numpy()[::-1]] = places[::-1]
        return firsts


# Arrow's own method for dictionaries, and Polars where it is given an array of Arrow, load `pyarrow.compute`: that takes 20 ms
# to write a Python function for each of Arrow's, in every process that reads cells.
def dictionary_encoded(array: Any) -> Any:
    """The Arrow array as its different values and their places (Int32)."""
    from pyarrow._compute import call_function

    return call_function("dictionary_encode", [array])


@dataclass(frozen=True, slots=True)
class _Handed:
    """An Arrow array that offers nothing but Arrow's C interface."""

    array: Any

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)


def series_of(array: Any) -> pl.Series:
    """The Arrow array as a series, its numbers and bytes not copied."""
    return pl.Series(_Handed(array))


def owned(texts: pl.Series) -> pl.Series:
    """The same texts with bytes of their own. Whoever keeps some texts of a chunk keeps all of the chunk otherwise: a text that
    was gathered points to where it stood, and that may be a file of many megabytes that stays mapped for it.
    """
    if len(texts) < FEWEST:  # what PyArrow takes to be loaded is more than to copy them
        return pl.Series(texts.name, texts.to_list(), dtype=pl.String)
    return series_of(texts.to_arrow()).alias(texts.name)


def repeats(texts: pl.Series) -> bool:
    """Whether so many of the texts come again that each is better worked on once."""
    if len(texts) < FEWEST:
        return False
    sample = texts.gather_every(max(1, len(texts) // SAMPLE))
    return sample.n_unique() < WORTHWHILE * len(sample)


def begin_visibly(texts: pl.Series) -> npt.NDArray[np.bool_]:
    """Which texts begin with a visible character of ASCII, and so are more than white space. Of a null it may say anything."""
    array = texts.rechunk().to_arrow(compat_level=pl.CompatLevel.newest())
    # Arrow's "variable-size binary view": behind the length (4 bytes) come the first bytes, zero where the text is shorter.
    views = (
        np.frombuffer(array.buffers()[1], np.uint8, (array.offset + len(array)) * 16)
        if len(array)
        else np.zeros(0, np.uint8)
    )
    first = views.reshape(-1, 16)[array.offset :, 4]
    return (first - np.uint8(ord("!"))) <= np.uint8(ord("~") - ord("!"))


def in_lower_case(data: Bytes) -> Bytes:
    """The bytes with small letters for the capitals of ASCII."""
    is_capital = (data - np.uint8(ord("A"))) < np.uint8(26)
    return data + is_capital.view(np.uint8) * np.uint8(ord("a") - ord("A"))


def may_have_edges(texts: pl.Series) -> bool:
    """Whether a text may begin or end with white space."""
    if len(texts) < FEWEST:
        return bool(texts.str.contains(_EDGE).any())
    return bool(len(with_edges(texts)))


def with_edges(texts: pl.Series) -> npt.NDArray[np.int64]:
    """The texts that may begin or end with white space: by their outer bytes, where every one beyond ASCII may be some."""
    data, offsets = Texts.of(texts)
    # White space of ASCII is up to the space, and what is no letter of ASCII is from 128 on: all others lie between.
    inner = (data - np.uint8(ord(" ") + 1)) < np.uint8(127 - ord(" "))
    if inner.all():
        return np.zeros(0, np.int64)
    begins, ends = offsets[:-1], offsets[1:] - 1
    # The edges of a text without bytes are those of others.
    outer = _outer()
    first, last = outer.take(data.take(begins, mode="clip")), outer.take(data.take(ends, mode="clip"))
    return np.flatnonzero((first | last) & (begins <= ends))


@cache
def _outer() -> npt.NDArray[np.bool_]:
    """For each byte, whether a text may begin or end with white space that begins or ends with it."""
    outer = np.zeros(256, np.bool_)
    outer[[*b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f ", *range(0x80, 0x100)]] = True
    return outer
