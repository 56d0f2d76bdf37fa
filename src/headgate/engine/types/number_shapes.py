"""The usual shapes of number cells as regular expressions."""

from __future__ import annotations

import polars as pl

from headgate.late_patterns import late_pattern

LONGEST_SHAPE = 40
"""Bytes. Longer texts are no numbers of any usual kind, and each would be a shape of its own."""
LONGEST_TEXT = 20
"""Bytes. No text so short has the padding zeros that the exact reader writes as an exponent."""

NEVER = "[a&&b]"
CANONICAL = r"^(?:0|-?[1-9][0-9]*|-?(?:0\.0{0,5}[1-9](?:[0-9]*[1-9])?|[1-9][0-9]*\.[0-9]*[1-9]))$"
"""Result texts of numbers that are not below 1e-6, which are written with an exponent."""
CANONICAL_INTEGER = r"^(?:0|-?[1-9][0-9]*)$"

HOPELESS = (
    r"^[^\p{Nd}]*$"
    r"|\p{L}{5}"
    r"|[0-9][^0-9]*[\p{L}:/_@#&*=;<>|&&[^eE]][^0-9]*[0-9]"
    r"|[0-9]\s*[-−+()][^0-9]*[0-9]"
    r"|^[^0-9]*\p{L}[^0-9]*[0-9](?:.*[0-9])?[^0-9]*\p{L}[^0-9]*$"
)
"""No numbers: no digit, a word longer than any currency sign, something between digits, words on both sides."""

SHORT_SIGN = 4
"""Currency signs have no more letters; a field's own symbol may, and then HOPELESS does not hold."""

_SAMPLE = 256
_MAY_HAVE_EXPONENT = late_pattern(r"[0-9.,٫][^0-9a-zA-Z]*[eE][^0-9a-zA-Z]*[0-9]")


def digits_may_decide(shape: str) -> bool:
    """Whether it may matter which digits, other than zero, a text of this shape has: exponents, digits of other scripts."""
    if _MAY_HAVE_EXPONENT.search(shape):
        return True
    return not shape.isascii() and any(character.isdecimal() and not character.isascii() for character in shape)


def share_of_matches(cells: pl.Series, pattern: str) -> float:
    """Which share of a sample of the cells matches: whether it pays to look at all of them."""
    sample = cells.gather_every(max(1, len(cells) // _SAMPLE)).drop_nulls()
    return sample.filter(sample.str.contains(pattern)).len() / max(1, len(sample))
