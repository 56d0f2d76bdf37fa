"""Host names of a whole column at once: their bytes say whether they are host names, their endings are looked up once each.

Decides what is ASCII and short; the rest is left to the exact reader.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.cell_bytes import Bytes, Offsets, Texts, dictionary_encoded, in_lower_case
from headgate.engine.types.public_suffixes import Ending, ending_of

LONGEST_TEXT = 64
"""Bytes. In no longer text a label can be too long, so that none has to be measured."""
_LONGEST_ENDING = 8
"""Bytes of the last label, which is looked up as one number."""

_DOT, _HYPHEN = np.uint8(ord(".")), np.uint8(ord("-"))
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_LONGEST_ENDING + 1)], np.uint64)
_NEVER_IN_HOSTS = np.zeros(256, np.bool_)
_NEVER_IN_HOSTS[[*range(0x21), *b"_/?#:@%\\[]<>^|\x7f"]] = True

Mask = npt.NDArray[np.bool_]
_CODES = (None, "domain_normalized", "domain_invalid", "domain_suffix_unknown")
_AS_IT_IS, _NORMALIZED, _INVALID, _UNKNOWN = range(len(_CODES))


class _Hosts(NamedTuple):
    """`lower`: the bytes in lower case. `sound`: which texts are host names, `hopeless`: which cannot be."""

    texts: Texts
    lower: Bytes
    sound: Mask
    hopeless: Mask


def read_domains(cells: pl.Series, *, allow_subdomains: bool) -> FastReading:
    """The readings of trimmed cells."""
    hosts = _hosts_of(Texts.of(cells))
    dots, last = _dots_of(hosts)
    deep = np.zeros(len(dots), np.uint8)
    sound = hosts.sound & (dots > 0)
    unknown = np.zeros(len(dots), np.bool_)
    for ending, there in _by_ending(hosts, sound, last):
        if ending is Ending.UNKNOWN:
            unknown |= there
        elif ending is Ending.ALONE:
            deep[there] = 1
        elif ending is Ending.WITH_RULES_BELOW:
            at = np.flatnonzero(there)
            deep[at] = _depths(cells.gather(pl.Series(at)))
    taken = (deep > 0) & ((dots >= deep) if allow_subdomains else (dots == deep))
    decided = taken | unknown | hosts.hopeless
    lower = Texts(hosts.lower, hosts.texts.offsets).series()
    said = np.full(len(dots), _AS_IT_IS, np.uint8)
    if taken.any() and not np.array_equal(hosts.lower, hosts.texts.data):
        said[(lower != cells).fill_null(value=False).to_numpy()] = _NORMALIZED
    said[unknown], said[hosts.hopeless] = _UNKNOWN, _INVALID
    value = lower if taken.all() else lower.set(pl.Series(~taken), None)
    if not said.any():
        code = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    else:
        code = pl.Series(_CODES, dtype=pl.String).gather(pl.Series(said.astype(np.uint32)))
        code = code if decided.all() else code.set(pl.Series(~decided), None)
    return FastReading(value, code, pl.Series(decided))


def _hosts_of(texts: Texts) -> _Hosts:
    data, offsets = texts
    lengths = np.diff(offsets)
    lower = in_lower_case(data)
    dots, hyphens = lower == _DOT, lower == _HYPHEN
    marks = dots | hyphens
    usual = ((lower - np.uint8(ord("a"))) < np.uint8(26)) | ((lower - np.uint8(ord("0"))) < np.uint8(10)) | marks
    sound = (lengths > 0) & (lengths <= LONGEST_TEXT)
    hopeless = np.zeros(len(lengths), np.bool_)
    strange = np.flatnonzero(~usual)
    if len(strange):
        of = _texts_at(offsets, strange)
        sound[of] = False
        hopeless[of[_NEVER_IN_HOSTS[lower[strange]]]] = True
    # Labels begin and end with a letter or digit, and two hyphens may stand in an encoded one. What is told of two texts here is
    # told of one of them anyway.
    wrong = np.flatnonzero(marks[:-1] & marks[1:])
    sound[_texts_at(offsets, wrong)] = False
    sound[_texts_at(offsets, wrong + 1)] = False
    filled = np.flatnonzero(lengths)
    edges = marks.take(offsets[:-1][filled]) | marks.take(offsets[1:][filled] - 1)
    sound[filled[edges]] = False
    return _Hosts(texts, lower, sound, hopeless)


def _dots_of(hosts: _Hosts) -> tuple[Offsets, Offsets]:
    """How many dots each text has, and where its last one stands (anywhere, if there is none)."""
    places = np.flatnonzero(hosts.lower == _DOT)
    behind = np.searchsorted(places, hosts.texts.offsets)
    last = np.concatenate([places, [0]]).take(np.maximum(behind[1:], 1) - 1)
    return np.diff(behind), last


def _by_ending(hosts: _Hosts, sound: Mask, last: Offsets) -> list[tuple[Ending, Mask]]:
    """The texts with each kind of last label."""
    import pyarrow as pa  # as long to load as Polars, and some processes read no cells

    lengths = hosts.texts.offsets[1:] - last - 1
    short = sound & (lengths <= _LONGEST_ENDING)
    padded = np.concatenate([hosts.lower, np.zeros(_LONGEST_ENDING + 1, np.uint8)])
    windows: npt.NDArray[np.uint64] = np.ndarray(len(hosts.lower) + 1, np.uint64, padded, strides=(1,))
    words = windows.take(last + 1, mode="clip") & _MASKS.take(lengths, mode="clip")
    encoded = dictionary_encoded(pa.array(np.where(short, words, 0)))
    labels = [
        int(word).to_bytes(8, "little").rstrip(b"\0").decode("latin-1") for word in encoded.dictionary.to_pylist()
    ]
    kinds = np.array([list(Ending).index(ending_of(label)) for label in labels], np.uint8).take(
        encoded.indices.to_numpy()
    )
    return [(ending, short & (kinds == number)) for number, ending in enumerate(Ending) if (kinds == number).any()]


def _depths(cells: pl.Series) -> npt.NDArray[np.uint8]:
    """How many labels the suffix of each host name has whose last label has rules below it; 0 where it takes more than the last
    two labels to tell."""
    tails = cells.str.to_lowercase().str.extract(r"([^.]+\.[^.]+)$")
    distinct = tails.unique().drop_nulls()
    depths = pl.Series(
        [{Ending.ALONE: 1, Ending.PAIR: 2}.get(ending_of(tail), 0) for tail in distinct.to_list()], dtype=pl.UInt8
    )
    return tails.replace_strict(distinct, depths, default=0, return_dtype=pl.UInt8).to_numpy()


def _texts_at(offsets: Offsets, places: Offsets) -> Offsets:
    """Which text each byte belongs to."""
    return np.searchsorted(offsets, places, side="right") - 1
