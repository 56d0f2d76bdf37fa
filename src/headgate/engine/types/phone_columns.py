"""Telephone numbers of a whole column at once: the metadata's patterns, run as automata over the columns' digits.

Decides real numbers only, and only where one rule alone applies; errors and rare forms (calling code without `+`,
dial-out prefixes, trunk prefixes that are rewritten, digits of other scripts) are left to the exact parser.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from headgate.engine.types.cell_bytes import Bytes, Offsets, Texts, rows_at
from headgate.engine.types.digit_automaton import Digits
from headgate.engine.types.phone_plans import PUNCTUATION, NumberFormat, Plan, calling_codes, main_plan, plans_of
from headgate.engine.types.phone_rules import Mask, PhoneRules, Said, rules_of
from headgate.engine.types.text_shapes import Shapes

MAX_CHARACTERS = 250
MIN_DIGITS = 4

FEW_NUMBERS = 256
"""Below this, the exact parser is quicker than making a country's automaton."""

_NO_NUMBER, _LOCAL, _SIGNED = range(3)
_SHAPE = re.compile(rf"[{PUNCTUATION}]*(?P<plus>\+?)(?P<digits>(?:[{PUNCTUATION}]*9)+)[{PUNCTUATION}]*")


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

    def by_length(self) -> list[Numbers]:
        """The same, those of each length together."""
        lengths = np.flatnonzero(np.bincount(self.lengths)).tolist()
        return [self.where(self.lengths == length) for length in lengths]

    def texts(self, prefix: str = "") -> pl.Series:
        """The digits, which are equally many of all, as texts behind a prefix."""
        rows = rows_at(self.data, self.starts, int(self.lengths[0]))
        start = np.frombuffer(prefix.encode(), np.uint8)
        texts = np.empty((len(rows), len(start) + rows.shape[1]), np.uint8)
        texts[:, : len(start)], texts[:, len(start) :] = start, rows
        offsets = np.arange(len(rows) + 1, dtype=np.int64) * texts.shape[1]
        return Texts(texts.reshape(-1), offsets).series().alias("number")


def read_numbers(
    cells: pl.Series, plan: Plan | None, *, national_only: bool, formatted: bool, with_plus_only: bool = False
) -> pl.Series:
    """The result texts of the cells that are surely valid, null for all others.

    `plan`: the field's country. `national_only`: refuse other countries, write the national form. `formatted`: with
    spaces and punctuation. `with_plus_only`: what is dialled abroad without a `+` is left to the exact parser.
    """
    local, dialled = _digits_of(cells)
    only = plan if national_only else None
    found: list[tuple[Plan, Numbers]] = []
    abroad = [dialled]
    if plan is not None:
        national, without_plus = _split_local(local, plan)
        found += _valid_numbers(national, plan, plan.calling_code, only=only)
        abroad += [] if with_plus_only else [without_plus]
    for code, group in (each for numbers in abroad for each in _by_calling_code(numbers)):
        if not national_only or (plan is not None and code == plan.calling_code):
            found += _valid_numbers(group, main_plan(code), code, only=only)
    wanted = [
        (owner, group) for owner, numbers in found if only is None or owner is only for group in numbers.by_length()
    ]
    texts = [_written(group, owner, national_only, formatted) for owner, group in wanted]
    if len(texts) == 1 and len(texts[0]) == len(cells):
        return texts[0].alias("value")
    value = pl.Series("value", [None], dtype=pl.String).new_from_index(0, len(cells))
    if not texts:
        return value
    at = np.concatenate([numbers.at for _, numbers in wanted])
    return value.clone().scatter(pl.Series(at), pl.concat([text.alias("value") for text in texts]))


def _digits_of(cells: pl.Series) -> tuple[Numbers, Numbers]:
    """The cells that are shaped like numbers: those without a `+`, and those with one in front, which is left out."""
    texts = Texts.of(cells)
    shapes = Shapes.of(texts)
    data = texts.data.compress((texts.data - np.uint8(ord("0"))) < np.uint8(10))
    digits = np.array([shape.count("9") for shape in shapes.distinct], np.int64)
    signs = np.array(
        [_sign_of(shape) if len(shape) <= MAX_CHARACTERS else _NO_NUMBER for shape in shapes.distinct], np.int8
    )
    lengths = digits.take(shapes.at)
    starts = np.cumsum(lengths) - lengths
    numbers = Numbers(data, np.arange(len(starts)), starts, lengths)
    sign = signs.take(shapes.at)
    return numbers.where(sign == _LOCAL), numbers.where(sign == _SIGNED)


@lru_cache(maxsize=4096)
def _sign_of(shape: str) -> int:
    """Whether texts of a shape are numbers, and begin with a `+`."""
    match = _SHAPE.fullmatch(shape) if len(shape.encode()) <= MAX_CHARACTERS else None
    if match is None or match["digits"].count("9") < MIN_DIGITS:
        return _NO_NUMBER
    return _SIGNED if match["plus"] else _LOCAL


def _split_local(numbers: Numbers, plan: Plan) -> tuple[Numbers, Numbers]:
    """The digits that are surely not dialled abroad and do not begin with the country's own calling code by mistake; and those
    that surely are dialled abroad, without what is dialled first."""
    rules = rules_of(plan)
    nobody = numbers.where(np.zeros(len(numbers.at), np.bool_))
    if rules is None or len(numbers.at) < FEW_NUMBERS:
        return nobody, nobody
    said = rules.automaton.matches(numbers.digits)
    like_code = rules.says(said, rules.calling_code)
    dials_out = rules.says(said, rules.dial_out)
    national = numbers.where(~dials_out & (~like_code | rules.says(said, rules.general)))
    if rules.dial_out_width is None or not dials_out.any():
        return national, nobody
    abroad = numbers.where(dials_out & (numbers.lengths >= rules.dial_out_width + MIN_DIGITS)).behind(
        rules.dial_out_width
    )
    return national, abroad.where(abroad.data.take(abroad.starts) != ord("0"))


def _by_calling_code(numbers: Numbers) -> list[tuple[str, Numbers]]:
    """Numbers as they are dialled behind a `+`, by calling code, without it."""
    if not len(numbers.at):
        return []
    first, second, third = (numbers.data.take(numbers.starts + place) & np.uint8(15) for place in range(3))
    beginnings = first * np.uint16(100) + second * np.uint8(10) + third
    codes = _codes().take(beginnings)
    found = np.flatnonzero(np.bincount(codes)).tolist()
    return [(str(code), numbers.where(codes == code).behind(len(str(code)))) for code in found if code]


@cache
def _codes() -> npt.NDArray[np.uint16]:
    """By the first three digits behind a `+`: the calling code; 0 where none is."""
    known = calling_codes()
    texts = (f"{number:03}" for number in range(1000))
    return np.array([next((int(text[:n]) for n in (1, 2, 3) if text[:n] in known), 0) for text in texts], np.uint16)


def _valid_numbers(numbers: Numbers, plan: Plan, code: str, *, only: Plan | None) -> list[tuple[Plan, Numbers]]:
    """The valid ones, without trunk prefix, by the country that they belong to.

    `only`: the country whose numbers alone are wanted; those of countries that come after it are not looked for.
    """
    if len(numbers.at) < FEW_NUMBERS or (main := rules_of(plan)) is None:
        return []
    rest, said_by_main = _without_trunk_prefix(numbers, main)
    owners = plans_of(code)
    found = []
    for owner in owners:
        rules = rules_of(owner)
        if len(rest.at) < FEW_NUMBERS or rules is None:
            break
        said = said_by_main if rules is main and said_by_main is not None else rules.automaton.matches(rest.digits)
        valid = rules.valid(said, rest.lengths)
        claimed = np.ones(len(said), np.bool_) if len(owners) == 1 else rules.claims(said, rest.lengths)
        found.append((owner, rest.where(claimed & valid)))
        rest, said_by_main = rest.where(~claimed), None
        if owner is only:
            break
    return found


def _without_trunk_prefix(numbers: Numbers, rules: PhoneRules) -> tuple[Numbers, Said | None]:
    """The numbers that people dial within a country, and what the rules say of them if that is known; those whose prefix is
    rewritten are left out."""
    said = rules.automaton.matches(numbers.digits)
    trunks = np.uint32(sum(1 << bit for bit, _ in rules.trunk))
    if not (said & trunks).any():
        return numbers, said
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
    return numbers.behind(cut).where(clear), None


def _written(group: Numbers, plan: Plan, national: bool, formatted: bool) -> pl.Series:
    if not national and not formatted:
        return group.texts("+" + plan.calling_code)
    numbers = group.texts()
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
