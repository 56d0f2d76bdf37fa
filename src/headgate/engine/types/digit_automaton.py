"""Regular expressions over digits as one automaton that reads a whole column, a digit of all texts at a time.

Numbering plans are such expressions. An engine that looks at text by text takes microseconds for their large alternations;
a table of states takes some nanoseconds a digit, however large they are, and tells of all expressions at once which match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from headgate.engine.types.cell_bytes import Bytes
from headgate.records import dataclass

MOST_STATES = 50_000
"""No numbering plan comes near; more would take longer to make than they save."""

_PAIRS = 100
_TOKEN = re.compile(r"\\d|\[(?:\\d|[0-9-])+\]|\(\?:|[()|?*+]|\{[0-9]+(?:,[0-9]*)?\}|[0-9]|\$")
_RANGE = re.compile(r"(\\d)|([0-9])-([0-9])|([0-9])")
_ANY = frozenset(range(10))


class UnknownPatternError(ValueError):
    """An expression has something else than digits, classes, groups, alternatives and repetitions."""


@dataclass(frozen=True)
class _Digit:
    allowed: frozenset[int]


@dataclass(frozen=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True)
class _Choice:
    options: tuple[_Node, ...]


@dataclass(frozen=True)
class _Repeat:
    part: _Node
    least: int
    most: int | None


@dataclass(frozen=True)
class _End:
    """Nothing may follow."""


_Node = _Digit | _Sequence | _Choice | _Repeat | _End


class DigitAutomaton:
    """The expressions, each of which has to match a text as a whole; a `beginning` may have any digits behind it.

    Raises UnknownPatternError.
    """

    def __init__(self, patterns: Sequence[str], beginnings: Sequence[str] = ()) -> None:
        nodes: list[_Node] = [_parsed(pattern) for pattern in patterns]
        nodes += [_open(_parsed(pattern)) for pattern in beginnings]
        graph = _Graph()
        starts = [graph.add(node, graph.end(number)) for number, node in enumerate(nodes)]
        following, self._accepted = _deterministic(graph, starts)
        self._next, self._next_pairs = _steps(following)

    def matches(self, digits: Bytes) -> npt.NDArray[np.uint32]:
        """For each row of a table of ASCII digits the expressions that match it: bit n for the nth, beginnings behind the others."""
        count, length = digits.shape
        states = np.full(count, _PAIRS, self._next_pairs.dtype)  # the first state
        for place in range(0, length - 1, 2):
            # '0' is 48: what both digits have too much is 528, which is 16 in a byte.
            pair = digits[:, place] * np.uint8(10) + digits[:, place + 1] - np.uint8(16)
            states = self._next_pairs.take(states + pair)
        if length % 2:
            states = self._next.take(states + (digits[:, -1] & np.uint8(15)))
        return self._accepted.take(states // _PAIRS)


def fixed_width(pattern: str) -> int | None:
    """How many digits every match of an expression has, None where they differ. Raises UnknownPatternError."""
    return _width(_parsed(pattern))


def alternatives(pattern: str) -> list[str]:
    """The parts of an expression of which one has to match, in their order."""
    found, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += (token[0] == "(") - (token == ")")
        if token == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += token
    return found


def _width(node: _Node) -> int | None:
    match node:
        case _Digit():
            return 1
        case _Sequence(parts):
            widths = [_width(part) for part in parts]
            return sum(width for width in widths if width is not None) if None not in widths else None
        case _Choice(options):
            several = {_width(option) for option in options}
            return several.pop() if len(several) == 1 else None
        case _Repeat(part, least, most):
            width = _width(part)
            return width * least if width is not None and least == most else None
        case _End():
            return 0


def _open(node: _Choice) -> _Node:
    """The same, with any digits behind each alternative that does not name the end."""
    any_digits = _Repeat(_Digit(_ANY), 0, None)
    options = []
    for option in node.options:
        parts = option.parts if isinstance(option, _Sequence) else (option,)
        ends = bool(parts) and isinstance(parts[-1], _End)
        options.append(_Sequence(parts[:-1] if ends else (*parts, any_digits)))
    return _Choice(tuple(options))


def _parsed(pattern: str) -> _Choice:
    tokens = _TOKEN.findall(pattern)
    if "".join(tokens) != pattern:
        raise UnknownPatternError(pattern)
    stream = iter([*tokens, ")"])
    node = _choice(stream)
    if next(stream, None) is not None:
        raise UnknownPatternError(pattern)
    return node


def _choice(tokens: Iterator[str]) -> _Choice:
    """The alternatives up to the closing bracket."""
    options: list[list[_Node]] = [[]]
    for token in tokens:
        parts = options[-1]
        if token == ")":
            return _Choice(tuple(_Sequence(tuple(option)) for option in options))
        if token == "|":
            options.append([])
        elif token in {"(", "(?:"}:
            parts.append(_choice(tokens))
        elif token == "$":
            parts.append(_End())
        elif token[0] in "?*+{":
            if not parts:
                raise UnknownPatternError(token)
            parts[-1] = _Repeat(parts[-1], *_times(token))
        else:
            parts.append(_Digit(_allowed(token)))
    raise UnknownPatternError("(")


def _times(token: str) -> tuple[int, int | None]:
    if token[0] != "{":
        return {"?": (0, 1), "*": (0, None), "+": (1, None)}[token]
    least, comma, most = token[1:-1].partition(",")
    return int(least), int(most) if most else None if comma else int(least)


def _allowed(token: str) -> frozenset[int]:
    allowed: set[int] = set()
    for every, low, high, single in _RANGE.findall(token):
        allowed |= _ANY if every else {int(single)} if single else set(range(int(low), int(high) + 1))
    return frozenset(allowed)


class _Graph:
    """A nondeterministic automaton, built from its ends: a place leads on by digits or, without any, to others."""

    def __init__(self) -> None:
        self.moves: list[tuple[frozenset[int], int] | None] = []
        self.others: list[tuple[int, ...]] = []
        self.ends: dict[int, int] = {}

    def end(self, number: int) -> int:
        """The place where expression `number` has matched."""
        place = self._place(None, ())
        self.ends[place] = number
        return place

    def add(self, node: _Node, target: int) -> int:
        """The place from which `node` leads to `target`."""
        match node:
            case _Digit(allowed):
                return self._place((allowed, target), ())
            case _Sequence(parts):
                for part in reversed(parts):
                    target = self.add(part, target)
                return target
            case _Choice(options):
                return self._place(None, tuple(self.add(option, target) for option in options))
            case _Repeat(part, least, most):
                return self._repeated(part, least, most, target)
            case _End():
                raise UnknownPatternError("$ stands inside of an expression")

    def _repeated(self, part: _Node, least: int, most: int | None, target: int) -> int:
        behind = target
        if most is None:
            behind = self._place(None, ())
            self.others[behind] = (self.add(part, behind), target)
        for _ in range(least, most or 0):
            behind = self._place(None, (self.add(part, behind), target))
        for _ in range(least):
            behind = self.add(part, behind)
        return behind

    def reached(self, places: Iterable[int]) -> frozenset[int]:
        """The places, and those that they lead to without a digit, but for those that do nothing else."""
        waiting, seen = list(places), set(places)
        while waiting:
            for other in self.others[waiting.pop()]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return frozenset(place for place in seen if self.moves[place] is not None or place in self.ends)

    def _place(self, move: tuple[frozenset[int], int] | None, others: tuple[int, ...]) -> int:
        self.moves.append(move)
        self.others.append(others)
        return len(self.moves) - 1


def _deterministic(graph: _Graph, starts: Sequence[int]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint32]]:
    """The next state of each state and digit, and the bits of what each state accepts.

    State 0 is the one that nothing leads out of, 1 the first.
    """
    numbers: dict[frozenset[int], int] = {frozenset(): 0, graph.reached(starts): 1}
    states = list(numbers)
    rows: list[list[int]] = []
    for state in states:  # grows while it is gone through
        targets: list[set[int]] = [set() for _ in range(10)]
        for place in state:
            move = graph.moves[place]
            for digit in move[0] if move is not None else ():
                targets[digit].add(move[1] if move is not None else 0)
        row = []
        for target in targets:
            following = graph.reached(target)
            if following not in numbers:
                numbers[following] = len(states)
                states.append(following)
            row.append(numbers[following])
        rows.append(row)
        if len(states) > MOST_STATES:
            raise UnknownPatternError("too many states")
    accepted = [sum(1 << graph.ends[place] for place in state if place in graph.ends) for state in states]
    return np.array(rows, np.intp), np.array(accepted, np.uint32)


def _steps(following: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.unsignedinteger], npt.NDArray[np.unsignedinteger]]:
    """Where each state leads by one digit and by two, with states counted in hundreds, so that a state and what is read add up
    to a place of the table."""
    dtype = np.uint16 if len(following) * _PAIRS < 1 << 16 else np.uint32
    ones = np.zeros((len(following), _PAIRS), dtype)
    ones[:, :10] = following * _PAIRS
    pairs = following[following.reshape(-1)].reshape(-1) * _PAIRS
    return ones.reshape(-1), pairs.astype(dtype)
