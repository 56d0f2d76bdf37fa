"""The shapes of a column: its texts with a nine for each digit, and which texts have the same one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from headgate.engine.types.cell_bytes import Bytes, Texts, dictionary_encoded

Places = npt.NDArray[np.uint32]

_WORD = 8
"""Bytes that are compared at a time."""
_LONGEST = 64
"""Bytes. Nothing longer is of a shape that many texts have, and each word is an array."""
_FEW = 8
"""So many shapes are told apart by comparing all texts with each of them, while each is that of many texts."""
_BLOCK = 1 << 16
"""Bytes that are worked on at a time: they and what is made of them stay in the processor's cache."""


class Shapes(NamedTuple):
    """`distinct`: the different shapes in the order in which they first come; `at`: the place of each text's among them."""

    distinct: list[str]
    at: Places

    @classmethod
    def of(cls, texts: Texts, lowest: int = 0) -> Shapes:
        """The shapes of texts, digits below `lowest` kept as they are."""
        data = nines(texts.data, lowest)
        length = texts.even_length
        few = _few_of_even_length(data, length) if length is not None else None
        if few is not None:
            return few
        encoded = dictionary_encoded(texts._replace(data=data).to_arrow())
        return cls(encoded.dictionary.to_pylist(), encoded.indices.to_numpy().view(np.uint32))

    def counts(self) -> npt.NDArray[np.int64]:
        """How many texts have each shape."""
        return np.bincount(self.at, minlength=len(self.distinct))

    def firsts(self) -> npt.NDArray[np.int64]:
        """The first text of each shape."""
        firsts = np.empty(len(self.distinct), np.int64)
        firsts[self.at[::-1]] = np.arange(len(self.at) - 1, -1, -1)
        return firsts

    def rows(self) -> list[npt.NDArray[np.int64]]:
        """The texts of each shape."""
        few = len(self.distinct) <= 1 << 16  # NumPy sorts small numbers by counting them
        order = np.argsort(self.at.astype(np.uint16) if few else self.at, kind="stable")
        return np.split(order, np.cumsum(self.counts())[:-1])


def _few_of_even_length(data: Bytes, length: int) -> Shapes | None:
    """The shapes of texts of one length, None when they are more than a few, or too short or too long to be compared by words."""
    if not _WORD <= length <= _LONGEST:
        return None
    starts = [*range(0, length - _WORD, _WORD), length - _WORD]  # the last two may overlap
    words = [np.ndarray(len(data) // length, np.uint64, data, start, (length,)) for start in starts]
    at, rest, distinct = np.zeros(len(words[0]), np.uint32), np.arange(len(words[0])), []
    for place in range(1, _FEW + 1):
        same = words[0] == words[0][0]
        for word in words[1:]:
            same &= word == word[0]
        distinct.append(data[rest[0] * length : (rest[0] + 1) * length].tobytes().decode())
        share = np.count_nonzero(same) / len(same)
        if share == 1:
            return Shapes(distinct, at)
        if share < 1 / _FEW:
            return None
        others = np.flatnonzero(~same)
        rest, words = rest[others], [word[others] for word in words]
        at[rest] = place
    return None


def nines(data: Bytes, lowest: int = 0) -> Bytes:
    """The bytes with a nine for every ASCII digit from `lowest` on."""
    first = np.uint8(ord("0") + lowest)
    shape = np.empty_like(data)
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        is_digit = (block - first) <= np.uint8(9 - lowest)  # what is below wraps around
        np.maximum(block, is_digit.view(np.uint8) * np.uint8(ord("9")), out=shape[start : start + len(block)])
    return shape
