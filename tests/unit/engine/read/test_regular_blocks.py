from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from headgate.engine.read.damage import damage_of
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.regular_blocks import regular_records
from headgate.engine.read.structure import block_structure, whole_lines

PIECES = st.sampled_from(['"', '"', ",", "\n", "\r", "\r\n", '""', ',"', '",', '"\n', '\n"', "a", "é", "x" * 61, " "])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=60), st.booleans(), st.sampled_from(['"', None]))
@example(['"', "\n" * 8, '"\n'], True, '"')
@example(['"', "a,\n" * 9, '"\n'], True, '"')
@example(["a\n", '"a,b', "\n"], False, '"')
@example(["a" * 63, ",", '"', "b" * 63, '"', "\n"], False, '"')
@example(['a,"b"\r\n'], False, '"')
@example(['a,"b\r"\r\n'], False, '"')
def test_what_is_told_of_a_block_is_what_the_places_of_its_marks_tell(
    pieces: list[str], final: bool, quote: str | None
) -> None:
    block = whole_lines("".join(pieces).encode(), final=final)
    dialect = Dialect(",", quote)
    mark = ord(quote) if quote else None
    found = regular_records(block, ord(","), mark, final=final)
    if found is None:
        return
    structure = block_structure(block, ord(","), mark, width=2, final=final)
    assert structure.regular
    assert not damage_of(structure, dialect, 2, may_be_other=False).doubtful
    assert found.ends.tolist() == structure.ends.tolist()
    assert found.widths.tolist() == structure.widths.tolist()
    assert found.open_width == structure.open_width
    assert found.has_quotes == structure.has_quotes


@pytest.mark.parametrize(
    ("block", "ends", "widths"),
    [
        (b"a,b\nc\n\n", [4, 6, 7], [2, 1, 1]),
        (b'"a,\n""b""",c\r\n', [14], [2]),
        (b'"","",""\n', [9], [3]),
        (b'a,b\n"c\n', [4], [2]),
        (b"x" * 200 + b',"' + b"y,\n" * 3 + b'"\n', [213], [2]),
    ],
)
def test_regular_blocks_are_known_as_such(block: bytes, ends: list[int], widths: list[int]) -> None:
    found = regular_records(block, ord(","), ord('"'), final=False)
    assert found is not None
    assert (found.ends.tolist(), found.widths.tolist()) == (ends, widths)


@pytest.mark.parametrize(
    "block",
    [
        b'a"b,c\n',
        b'a,"b"c\n',
        b'"a" ,b\n',
        b"a\rb,c\n",
        b'"a,b\n',
        b'"' + b"a,b\n" * 9 + b'"\n',
        b"",
    ],
)
def test_what_may_have_another_reading_is_left_to_others(block: bytes) -> None:
    assert regular_records(block, ord(","), ord('"'), final=True) is None
