from __future__ import annotations

import pytest

from headgate.engine.read.structure import block_structure, whole_lines


@pytest.mark.parametrize(
    ("block", "complete", "cells"),
    [
        (b'x,"y\n', [], 2),
        (b'"a,b","c\n', [], 2),
        (b'1,2\n"a,b",,"c,\n', [2], 3),
        (b'"a\n,b",q,"c\n', [], 3),
        (b'"a\n,b",q\n"1,2",3,"4\n', [2], 3),
    ],
)
def test_what_stands_in_quotes_is_no_cell_of_an_unfinished_record(
    block: bytes, complete: list[int], cells: int
) -> None:
    found = block_structure(whole_lines(block, final=False), ord(","), ord('"'), final=False)
    assert (found.widths.tolist(), found.open_width) == (complete, cells)
