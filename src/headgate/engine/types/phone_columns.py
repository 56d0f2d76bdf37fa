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
from headgate.engine.types.phone_plans import PUNCTUATION, NumberFormat, Plan, calling_codes, main_plan, plans_of
from headgate.engine.types.phone_rules import Mask, PhoneRules, Said, rules_of
from headgate.engine.types.text_shapes import Places, Shapes

MAX_CHARACTERS = 250
MIN_DIGITS = 4

FEW_NUMBERS = 256
"""Below this, the exact parser is quicker than making a country's automaton."""

_NO_NUMBER, _LOCAL, _SIGNED = range(3)
_SHAPE = re.compile(rf"[{PUNCTUATION}]*(?P<plus>\+?)(?P<digits>(?:[{PUNCTUATION}]*9)+)[{PUNCTUATION}]*")


class Numbers(NamedTuple):
    """Telephone numbers of equally many digits: row n of the table `digits` is that of cell `at[n]` of the column.

    `said`: what the rules of the country that people dial in say of them, where that is known.
    """

    digits: Bytes
    at: Offsets
    said: Said | None = None

    @property
    def length(self) -> int:
        """The digits of each."""
        return int(self.digits.shape[1])

    def where(self, mask: Mask) -> Numbers:
        """Those that the mask marks."""
        if mask.all():
            return self
        at = np.flatnonzero(mask)
        return Numbers(self.digits[at], self.at[at], None if self.said is None else self.said[at])

    def behind(self, digits: int) -> Numbers:
        """The same without so many of their first digits."""
        return Numbers(self.digits[:, digits:], self.at)

    def texts(self, prefix: str = "") -> pl.Series:
        """The digits as texts behind a prefix."""
        start = np.frombuffer(prefix.encode(), np.uint8)
        texts = np.empty((len(self.at), len(start) + self.length), np.uint8)
        texts[:, : len(start)], texts[:, len(start) :] = start, self.digits
        offsets = np.arange(len(texts) + 1, dtype=np.int64) * texts.shape[1]
        return Texts(texts.reshape(-1), offsets).series().alias("number")


Groups = list[Numbers]


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
    for code, groups in (each for numbers in abroad for each in _by_calling_code(numbers).items()):
        if not national_only or (plan is not None and code == plan.calling_code):
            found += _valid_numbers(groups, main_plan(code), code, only=only)
    wanted = [(owner, group) for owner, group in found if (only is None or owner is only) and len(group.at)]
    texts = [_written(group, owner, national_only, formatted) for owner, group in wanted]
    if len(texts) == 1 and len(texts[0]) == len(cells):
        return texts[0].alias("value")
    value = pl.Series("value", [None], dtype=pl.String).new_from_index(0, len(cells))
    if not texts:
        return value
    at = np.concatenate([group.at for _, group in wanted])
    return value.clone().scatter(pl.Series(at), pl.concat([text.alias("value") for text in texts]))


def _digits_of(cells: pl.Series) -> tuple[Groups, Groups]:
    """The cells that are shaped like numbers: those without a `+`, and those with one in front, which is left out."""
    texts = Texts.of(cells)
    shapes = Shapes.of(texts)
    data = texts.data.compress((texts.data - np.uint8(ord("0"))) < np.uint8(10))
    counts = [shape.count("9") for shape in shapes.distinct]
    lengths = np.array(counts, np.int64).take(shapes.at)
    starts = np.cumsum(lengths) - lengths
    signs = [_sign_of(shape) if len(shape) <= MAX_CHARACTERS else _NO_NUMBER for shape in shapes.distinct]
    kinds = [(sign, count if sign else 0) for sign, count in zip(signs, counts, strict=True)]
    groups: dict[int, Groups] = {_NO_NUMBER: [], _LOCAL: [], _SIGNED: []}
    for (sign, count), at in _alike(kinds, shapes.at).items():
        groups[sign].append(Numbers(rows_at(data, starts[at], count), at))
    return groups[_LOCAL], groups[_SIGNED]


def _alike(kinds: list[tuple[int, int]], at: Places) -> dict[tuple[int, int], Offsets]:
    """The cells of each kind, where `kinds` has that of each shape and `at` the shape of each cell."""
    different = {kind: place for place, kind in enumerate(dict.fromkeys(kinds))}
    if len(different) <= 1:
        return {kind: np.arange(len(at)) for kind in different}
    kind = np.array([different[kind] for kind in kinds], np.uint16).take(at)
    order = np.argsort(kind, kind="stable")
    ends = np.cumsum(np.bincount(kind, minlength=len(different)))
    return dict(zip(different, np.split(order, ends[:-1]), strict=True))


@lru_cache(maxsize=4096)
def _sign_of(shape: str) -> int:
    """Whether texts of a shape are numbers, and begin with a `+`."""
    match = _SHAPE.fullmatch(shape) if len(shape.encode()) <= MAX_CHARACTERS else None
    if match is None or match["digits"].count("9") < MIN_DIGITS:
        return _NO_NUMBER
    return _SIGNED if match["plus"] else _LOCAL


def _are_few(groups: Groups) -> bool:
    return sum(len(group.at) for group in groups) < FEW_NUMBERS


def _split_local(groups: Groups, plan: Plan) -> tuple[Groups, Groups]:
    """The digits that are surely not dialled abroad and do not begin with the country's own calling code by mistake; and those
    that surely are dialled abroad, without what is dialled first."""
    rules = rules_of(plan)
    if rules is None or _are_few(groups):
        return [], []
    national, abroad = [], []
    for numbers in groups:
        said = rules.automaton.matches(numbers.digits)
        dials_out = rules.says(said, rules.dial_out)
        as_code = rules.says(said, rules.calling_code) & ~rules.says(said, rules.general)
        national.append(numbers._replace(said=said).where(~(dials_out | as_code)))
        width = rules.dial_out_width
        if width is not None and numbers.length >= width + MIN_DIGITS and dials_out.any():
            dialled = numbers.where(dials_out).behind(width)
            abroad.append(dialled.where(dialled.digits[:, 0] != ord("0")))
    return national, abroad


def _by_calling_code(groups: Groups) -> dict[str, Groups]:
    """Numbers as they are dialled behind a `+`, by calling code, without it."""
    by_code: dict[str, Groups] = {}
    for numbers in groups:
        first, second, third = (numbers.digits[:, place] & np.uint8(15) for place in range(3))
        codes = _codes().take(first * np.uint16(100) + second * np.uint8(10) + third)
        for code in filter(None, np.flatnonzero(np.bincount(codes)).tolist()):
            behind = numbers.where(codes == code).behind(len(str(code)))
            by_code.setdefault(str(code), []).append(behind)
    return by_code


@cache
def _codes() -> npt.NDArray[np.uint16]:
    """By the first three digits behind a `+`: the calling code; 0 where none is."""
    known = calling_codes()
    texts = (f"{number:03}" for number in range(1000))
    return np.array([next((int(text[:n]) for n in (1, 2, 3) if text[:n] in known), 0) for text in texts], np.uint16)


def _valid_numbers(groups: Groups, plan: Plan, code: str, *, only: Plan | None) -> list[tuple[Plan, Numbers]]:
    """The valid ones, without trunk prefix, by the country that they belong to. People dial in the country of `plan`.

    `only`: the country whose numbers alone are wanted; those of countries that come after it are not looked for.
    """
    if _are_few(groups) or (main := rules_of(plan)) is None:
        return []
    rest = [shorter for numbers in groups for shorter in _without_trunk_prefix(numbers, main)]
    owners = plans_of(code)
    found = []
    for owner in owners:
        rules = rules_of(owner)
        if _are_few(rest) or rules is None:
            break
        left = []
        for numbers in rest:
            known = numbers.said if rules is main else None
            said = rules.automaton.matches(numbers.digits) if known is None else known
            valid = rules.valid(said, numbers.length)
            claimed = np.ones(len(said), np.bool_) if len(owners) == 1 else rules.claims(said, numbers.length)
            found.append((owner, numbers.where(claimed & valid)))
            left.append(numbers.where(~claimed))
        rest = left
        if owner is only:
            break
    return found


def _without_trunk_prefix(numbers: Numbers, rules: PhoneRules) -> Groups:
    """The numbers that people dial within a country, told by its rules; those whose prefix is rewritten are left out."""
    said = rules.automaton.matches(numbers.digits) if numbers.said is None else numbers.said
    told = numbers._replace(said=said)
    trunks = np.uint32(sum(1 << bit for bit, _ in rules.trunk))
    if not (said & trunks).any():
        return [told]
    cut = np.zeros(len(said), np.uint8)
    clear, undecided = np.ones(len(said), np.bool_), np.ones(len(said), np.bool_)
    for bit, width in rules.trunk:
        begins = undecided & rules.says(said, bit)
        undecided &= ~begins
        if width is None:
            clear &= ~begins
        else:
            cut[begins] = width
    found = []
    for width in np.flatnonzero(np.bincount(cut[clear])).tolist():
        dialled = clear & (cut == width)
        longer = told.where(dialled)
        if not width:
            found.append(longer)
            continue
        shorter = longer.behind(width)
        said_of_shorter = rules.automaton.matches(shorter.digits)
        # A prefix is none where the number is one with it, and none without.
        is_none = rules.says(said[dialled], rules.general) & ~rules.says(said_of_shorter, rules.general)
        found += [shorter._replace(said=said_of_shorter).where(~is_none), longer.where(is_none)]
    return found


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
