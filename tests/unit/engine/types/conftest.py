"""What the tests of field types share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headgate.engine.types import base


@pytest.fixture(scope="module", autouse=True)
def small_columns_are_read_as_large_ones() -> Iterator[None]:
    """These tests show a reader a few cells for what it does to a million; a few would be read one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "FEW_CELLS", -1)
        yield
