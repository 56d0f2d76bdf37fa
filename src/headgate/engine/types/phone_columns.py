"""Telephone numbers of a whole column at once: the metadata's patterns, run as automata over the columns' digits.

Decides real numbers only, and only where one rule alone applies; errors and rare forms (calling code without `+`,
dial-out prefixes, trunk prefixes that are rewritten, digits of other scripts) are left to the exact parser.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl

from headgate.engine.types.cell_bytes import Bytes, Offsets, Texts
from headgate.engine.types.digit_automaton import Digits
from headgate.engine.types.phone_plans import PUNCTUATION, NumberFormat, Plan, calling_codes, main_plan, plans_of
from headgate.engine.types.phone_rules import Mask, PhoneRules, rules_of

MAX_CHARACTERS = 250
MIN_DIGITS = 4

FEW_NUMBERS = 256
"""Below this, the exact parser is quicker than making a country's automaton."""

_MARK, _PART, _OTHER = range(3)
_KINDS = np.full(256, _OTHER, np.uint8)
_KINDS[[byte for byte in range(128) if re.fullmatch(f"[{PUNCTUATION}]", chr(byte))]] = _MARK
_KINDS[[*b"+0123456789"]] = _PART
"""Of each byte: what stands between digits, what is part of a number, all else."""


class Numbers(NamedTuple):
    """The digits of some cells: those of cell `at[n]` of the column are `data[starts[n]:starts[n] + lengths[n]]`."""

    data: Bytes
    at: Offsets
    starts: Offsets
    lengths: Offsets

    @property
    def digits(self) -> Digits:
        """The digits without the cells that they are of."""
        return Digits(self.data, self.starts, self.lengths)

    def where(self, mask: Mask) -> Numbers:
        """Those that the mask marks."""
        if mask.all():
            return self
        return Numbers(self.data, self.at[mask], self.starts[mask], self.lengths[mask])

    def behind(self, digits: int | Offsets) -> Numbers:
        """The same without their first digits: so many of all of them, or of each."""
        return Numbers(self.data, self.at, self.starts + digits, self.lengths - digits)

    def texts(self) -> pl.Series:
        """The digits as texts."""
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.lengths)])
        places = np.repeat(self.starts - offsets[:-1], self.lengths)
        places += np.arange(len(places))
        return Texts(self.data[places], offsets).series().alias("number")


def read_numbers(cells: pl.Series, plan: Plan | None, *, national_only: bool, formatted: bool) -> pl.Series:
    """The result texts of the cells that are surely valid, null for all others.

    `plan`: the field's country. `national_only`: refuse other countries, write the national form. `formatted`: with
    spaces and punctuation.
    """
    local, dialled = _digits_of(cells)
    only = plan if national_only else None
    found: list[tuple[Plan, Numbers]] = []
    if plan is not None:
        found += _valid_numbers(_surely_national(local, plan), plan, plan.calling_code, only=only)
    for code, group in _by_calling_code(dialled):
        if not national_only or (plan is not None and code == plan.calling_code):
            found += _valid_numbers(group, main_plan(code), code, only=only)
    value = pl.Series("value", [None], dtype=pl.String).new_from_index(0, len(cells))
    wanted = [(owner, numbers) for owner, numbers in found if len(numbers.at) and (only is None or owner is only)]
    if not wanted:
        return value
    at = np.concatenate([numbers.at for _, numbers in wanted])
    texts = [_written(numbers.texts(), owner, national_only, formatted) for owner, numbers in wanted]
    return value.clone().scatter(pl.Series(at), pl.concat([text.alias("value") for text in texts]))


def _digits_of(cells: pl.Series) -> tuple[Numbers, Numbers]:
    """The cells that are shaped like numbers: those without a `+`, and those with one in front, which is left out."""
    short = (cells.str.len_bytes() <= MAX_CHARACTERS).fill_null(value=False).to_numpy()
    source, bounds = Texts.of(cells)
    if len(source) and source.max() > ord("\x7f"):
        # Punctuation of other scripts; what else is not ASCII is no number here.
        source, bounds = Texts.of(cells.str.replace_all(f"[{PUNCTUATION}]+", ""))
    kinds = _KINDS[source]
    unknown = _texts_at(bounds, np.flatnonzero(kinds == _OTHER))
    kept = kinds != _MARK
    data = source[kept]
    before = np.zeros(len(kept) + 1, np.int32)
    np.cumsum(kept, out=before[1:])
    bounds = before[bounds].astype(np.int64)
    starts, lengths = bounds[:-1], np.diff(bounds)
    usable = short & (lengths >= MIN_DIGITS)
    usable[unknown] = False
    pluses = np.flatnonzero(data == ord("+"))
    signed = _texts_at(bounds, pluses)
    in_front = pluses == starts[signed]
    usable[signed[~in_front]] = False
    plus = np.zeros(len(starts), np.bool_)
    plus[signed[in_front]] = True
    numbers = Numbers(data, np.arange(len(starts)), starts, lengths)
    return numbers.where(usable & ~plus), numbers.where(usable & plus).behind(1)


def _texts_at(bounds: Offsets, places: Offsets) -> Offsets:
    """Which text each byte belongs to."""
    return np.searchsorted(bounds, places, side="right") - 1


def _surely_national(numbers: Numbers, plan: Plan) -> Numbers:
    """The digits that are not dialled abroad and do not begin with the country's own calling code by mistake."""
    rules = rules_of(plan)
    if rules is None or len(numbers.at) < FEW_NUMBERS:
        return numbers.where(np.zeros(len(numbers.at), np.bool_))
    said = rules.automaton.matches(numbers.digits)
    like_code = rules.says(said, rules.calling_code)
    return numbers.where(~rules.says(said, rules.dial_out) & (~like_code | rules.says(said, rules.general)))


def _by_calling_code(numbers: Numbers) -> list[tuple[str, Numbers]]:
    """The numbers that stood behind a `+`, by calling code, without it."""
    if not len(numbers.at):
        return []
    first, second, third = (numbers.data[numbers.starts + place] & 15 for place in range(3))
    beginnings = first * np.int64(100) + second * np.int64(10) + third
    widths = _code_widths()[beginnings]
    codes = beginnings // 10 ** (3 - widths)
    found = np.unique(codes[widths > 0]).tolist()
    return [
        (str(code), numbers.where((codes == code) & (widths == len(str(code)))).behind(len(str(code))))
        for code in found
    ]


@cache
def _code_widths() -> Offsets:
    """By the first three digits behind a `+`: how many of them are a calling code; 0 where none is."""
    known = calling_codes()
    texts = (f"{number:03}" for number in range(1000))
    return np.array([next((width for width in (1, 2, 3) if text[:width] in known), 0) for text in texts], np.int64)


def _valid_numbers(numbers: Numbers, plan: Plan, code: str, *, only: Plan | None) -> list[tuple[Plan, Numbers]]:
    """The valid ones, without trunk prefix, by the country that they belong to.

    `only`: the country whose numbers alone are wanted; those of countries that come after it are not looked for.
    """
    if len(numbers.at) < FEW_NUMBERS or (main := rules_of(plan)) is None:
        return []
    rest = _without_trunk_prefix(numbers, main)
    owners = plans_of(code)
    found = []
    for owner in owners:
        rules = rules_of(owner)
        if len(rest.at) < FEW_NUMBERS or rules is None:
            break
        said = rules.automaton.matches(rest.digits)
        valid = rules.valid(said, rest.lengths)
        claimed = np.ones(len(said), np.bool_) if len(owners) == 1 else rules.claims(said, rest.lengths)
        found.append((owner, rest.where(claimed & valid)))
        rest = rest.where(~claimed)
        if owner is only:
            break
    return found


def _without_trunk_prefix(numbers: Numbers, rules: PhoneRules) -> Numbers:
    """The numbers that people dial within a country; those whose prefix is rewritten are left out."""
    said = rules.automaton.matches(numbers.digits)
    cut = np.zeros(len(said), np.int64)
    clear, undecided = np.ones(len(said), np.bool_), np.ones(len(said), np.bool_)
    for bit, width in rules.trunk:
        begins = undecided & rules.says(said, bit)
        undecided &= ~begins
        if width is None:
            clear &= ~begins
        else:
            cut[begins] = width
    at = np.flatnonzero(cut)
    if len(at):
        # A prefix is none where the number is one with it, and none without.
        stripped = Digits(numbers.data, numbers.starts[at] + cut[at], numbers.lengths[at] - cut[at])
        shorter = rules.says(rules.automaton.matches(stripped), rules.general)
        cut[at[rules.says(said[at], rules.general) & ~shorter]] = 0
    return numbers.behind(cut).where(clear)


def _written(numbers: pl.Series, plan: Plan, national: bool, formatted: bool) -> pl.Series:
    if not national and not formatted:
        return "+" + plan.calling_code + numbers
    number = pl.col(numbers.name)
    text = number
    if national and not formatted and all(_only_separates(style) for style in plan.formats):
        return numbers
    for style in reversed(plan.formats):
        template = _rust_template(style.national if national else style.international)
        text = pl.when(_fits(style, number)).then(number.str.replace(_whole(style.pattern), template)).otherwise(text)
    if not national:
        spaced = text.str.replace_all(f"[{PUNCTUATION}]+", " ").str.strip_chars(" ")
        text = pl.lit(f"+{plan.calling_code} ") + spaced
    elif not formatted:
        text = text.str.replace_all("[^0-9]", "")
    return numbers.to_frame().select(text).to_series()


def _only_separates(style: NumberFormat) -> bool:
    """Whether the national form has the number's own digits in their order, and none beside them."""
    groups = re.compile(style.pattern).groups
    return re.sub(r"\\([1-9])|[^0-9]", r"\1", style.national) == "".join(map(str, range(1, groups + 1)))


def _fits(style: NumberFormat, number: pl.Expr) -> pl.Expr:
    whole = number.str.contains(_whole(style.pattern))
    return number.str.contains(f"^(?:{style.leading})") & whole if style.leading else whole


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _rust_template(template: str) -> str:
    """`\\1-\\2` of the metadata as `${1}-${2}`."""
    return re.sub(r"\\(\d)", r"${\1}", template.replace("$", "$$"))
