"""The patterns of a numbering plan as one automaton over digits, and what it says of numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from headgate.engine.types.digit_automaton import DigitAutomaton, UnknownPatternError, alternatives, fixed_width
from headgate.engine.types.phone_plans import Plan

Mask = npt.NDArray[np.bool_]
Said = npt.NDArray[np.uint32]
"""What the automaton says of numbers: a bit for each expression that matches."""


class PhoneRules(NamedTuple):
    """Which bit tells what: the general pattern, the types with their lengths, which numbers of several countries are this
    one's (None: those that are valid), what is dialled before a number; and the trunk prefixes in their order, each with its
    width in digits, None for one that is not simply left out. `dial_out_width`: in digits, None where several texts dial out.
    """

    automaton: DigitAutomaton
    general: int
    types: tuple[tuple[int, tuple[int, ...]], ...]
    leading: int | None
    dial_out: int | None
    dial_out_width: int | None
    calling_code: int
    trunk: tuple[tuple[int, int | None], ...]

    @staticmethod
    def says(said: Said, bit: int | None) -> Mask:
        """Where an expression matches; nowhere without one."""
        return np.zeros(len(said), np.bool_) if bit is None else (said & np.uint32(1 << bit)) != 0

    def valid(self, said: Said, length: int) -> Mask:
        """The numbers, of so many digits, that can be in use."""
        fits = self.says(said, self.general)
        if not self.types:
            return fits
        of_length = sum(1 << bit for bit, possible in self.types if length in possible)
        of_a_type: Mask = (said & np.uint32(of_length)) != 0
        return of_a_type & fits

    def claims(self, said: Said, length: int) -> Mask:
        """The numbers, of so many digits, that are this country's, of those that share its calling code."""
        return self.valid(said, length) if self.leading is None else self.says(said, self.leading)


@cache
def rules_of(plan: Plan) -> PhoneRules | None:
    """The rules of a plan; None where its patterns are beyond an automaton, and the exact parser has to read its numbers."""
    prefix = plan.trunk_prefix
    rewritten = prefix is not None and bool(plan.trunk_transform or re.compile(prefix).groups)
    trunk = [] if prefix is None else [prefix] if rewritten else alternatives(prefix)
    whole = [plan.general, *(kind.pattern for kind in plan.types)]
    leading, dial_out = plan.leading_digits, plan.dial_out_prefix
    beginnings = [text for text in (leading, dial_out) if text] + [plan.calling_code, *trunk]
    try:
        automaton = DigitAutomaton(whole, beginnings)
        widths = [None if rewritten else fixed_width(text) for text in trunk]
    except UnknownPatternError:
        return None
    calling_code = len(whole) + bool(leading) + bool(dial_out)
    return PhoneRules(
        automaton,
        general=0,
        types=tuple((bit, kind.lengths) for bit, kind in enumerate(plan.types, 1)),
        leading=len(whole) if leading else None,
        dial_out=calling_code - 1 if dial_out else None,
        dial_out_width=len(dial_out) if dial_out and dial_out.isdecimal() else None,
        calling_code=calling_code,
        trunk=tuple(enumerate(widths, calling_code + 1)),
    )
