"""Libraries that are loaded late are the libraries themselves to all who use them."""

from __future__ import annotations

import subprocess
import sys

import numpy
import pyarrow
import pyarrow.parquet
import pytest

from headgate import libraries


def test_what_is_asked_for_is_the_librarys_own() -> None:
    assert libraries.numpy.ndarray is numpy.ndarray
    assert libraries.pyarrow.Table is pyarrow.Table
    assert libraries.parquet.ParquetFile is pyarrow.parquet.ParquetFile
    assert libraries.numpy.random.default_rng is numpy.random.default_rng


def test_what_the_library_does_not_have_is_missing() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = libraries.numpy.no_such_thing


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = """
import sys
from headgate.libraries import numpy as np, parquet, pyarrow
assert not {"numpy", "pyarrow"} & sys.modules.keys()
assert np.arange(3).tolist() == [0, 1, 2]
assert "numpy" in sys.modules and "pyarrow" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
