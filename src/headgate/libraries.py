"""Libraries that a small import can do without: each is loaded when something of it is first asked for.

`from headgate.libraries import numpy as np` stands where `import numpy as np` would; to a type checker both are the same. Whoever
wants it to stay unloaded must not ask for anything of it while modules are loaded: neither in constants nor in aliases of types.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

_NAMES: list[str] = []


def load_libraries() -> None:
    """Load all of them: for a process that has the time before its first work."""
    for name in _NAMES:
        import_module(name)


class LoadedLater(ModuleType):
    """A module that stands for another, of which it keeps whatever was asked for.

    Whoever names one as such a module names it for all: `load_libraries` loads it with the others.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        _NAMES.append(name)

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self.__name__), name)
        # From now on it is found without a call, as in any module.
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    import numpy as numpy
    import pyarrow as pyarrow
    from babel import numbers as numbers
    from pyarrow import parquet as parquet
    from rapidfuzz import fuzz as fuzz
    from rapidfuzz import process as process
    from rapidfuzz.distance import OSA as OSA
    from rapidfuzz.distance import Prefix as Prefix
else:
    numpy = LoadedLater("numpy")
    pyarrow = LoadedLater("pyarrow")
    numbers = LoadedLater("babel.numbers")
    parquet = LoadedLater("pyarrow.parquet")
    fuzz = LoadedLater("rapidfuzz.fuzz")
    process = LoadedLater("rapidfuzz.process")
    OSA = LoadedLater("rapidfuzz.distance.OSA")
    Prefix = LoadedLater("rapidfuzz.distance.Prefix")
