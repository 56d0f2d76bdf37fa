"""Parquet footers of groups of rows that stand elsewhere in a file than where they were written.

A footer says where its groups stand, and pyarrow has no way to change that. It is a structure of the Thrift compact protocol
(https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md); fields have the numbers of
https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
"""

from __future__ import annotations

from typing import Final

_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)
_DOUBLE_BYTES = 8
_LONG_LIST = 15

_Fields = dict[int, "_Fields | None"]
"""Of a structure: those that hold places, and under None's place structures (or lists of them) that do; None: a place in the file."""

# Of data, indexes, the dictionary, the Bloom filter.
_PAGES: Final[_Fields] = {9: None, 10: None, 11: None, 14: None}
_COLUMN: Final[_Fields] = {2: None, 3: _PAGES, 4: None, 6: None}
_GROUP: Final[_Fields] = {1: _COLUMN, 5: None}
_FILE: Final[_Fields] = {4: _GROUP}


def moved_footer(footer: bytes, distance: int) -> bytes:
    """The footer (without its length and what follows it) for groups that stand `distance` bytes further on."""
    mover = _Mover(footer, distance)
    mover.structure(_FILE)
    return mover.moved()


class _Mover:
    """Goes through a structure once, and takes over what it does not change as it stands."""

    def __init__(self, data: bytes, distance: int) -> None:
        self._data = data
        self._distance = distance
        self._at = 0
        self._taken = 0
        self._out = bytearray()

    def moved(self) -> bytes:
        """All with the places changed."""
        return bytes(self._out + self._data[self._taken :])

    def structure(self, fields: _Fields) -> None:
        """Change the places in those fields of the structure that begins here."""
        number = 0
        while header := self._byte():
            step, kind = header >> 4, header & 15
            number = number + step if step else _signed(self._number())
            if number not in fields:
                self._skip(kind)
            elif (inner := fields[number]) is None:
                self._move()
            elif kind == _STRUCT:
                self.structure(inner)
            else:
                for _ in range(self._elements()[1]):
                    self.structure(inner)

    def _move(self) -> None:
        self._out += self._data[self._taken : self._at]
        place = _signed(self._number())
        # Nothing stands at the beginning of a file but its magic: 0 says that the place is not told.
        self._out += _varint((place + self._distance) << 1) if place else b"\0"
        self._taken = self._at

    def _skip(self, kind: int) -> None:
        if kind in {_I16, _I32, _I64}:
            self._number()
        elif kind == _BINARY:
            length = self._number()
            self._at += length
        elif kind == _STRUCT:
            self.structure({})
        elif kind in {_LIST, _SET}:
            inner, count = self._elements()
            for _ in range(count):
                self._skip_element(inner)
        elif kind == _MAP:
            self._skip_map()
        elif kind in {_BYTE, _DOUBLE}:
            self._at += _DOUBLE_BYTES if kind == _DOUBLE else 1
        elif kind not in {_TRUE, _FALSE}:  # whose value is their kind
            raise ValueError(f"There is no kind {kind} of value.")

    def _skip_element(self, kind: int) -> None:
        """Unlike in a field, truth takes a byte."""
        self._skip(_BYTE if kind in {_TRUE, _FALSE} else kind)

    def _skip_map(self) -> None:
        if count := self._number():
            kinds = self._byte()
            for _ in range(count):
                self._skip_element(kinds >> 4)
                self._skip_element(kinds & 15)

    def _elements(self) -> tuple[int, int]:
        """The kind of a list's elements and their number."""
        header = self._byte()
        count = header >> 4
        return header & 15, self._number() if count == _LONG_LIST else count

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _number(self) -> int:
        """A number in seven bits a byte, the lowest first."""
        number = shift = 0
        while (byte := self._byte()) & 128:
            number |= (byte & 127) << shift
            shift += 7
        return number | byte << shift


def _signed(number: int) -> int:
    """Of a number in zigzag: 0, -1, 1, -2, …"""
    return number >> 1 ^ -(number & 1)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)
