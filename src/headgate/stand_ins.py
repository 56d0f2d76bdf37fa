"""Modules of the standard library that libraries import and, as a rule, never use: each is loaded when something of it is asked for.

Polars and pydantic load `importlib.metadata`, with all that reads e-mail, to look for plugins, and `subprocess` to ask cloud
services for keys: a tenth of what loading Polars takes. What stands in their place gives all that they have, as soon as it is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

_STOOD_IN_FOR = {
    "gettext": ("gettext",),
    "hashlib": (),
    "importlib.metadata": ("entry_points", "version"),
    "secrets": (),
    "subprocess": (),
    "zipfile": (),
}
"""Module → functions that others take out of it while they are loaded, to call them later or never."""
_ONE_AT_A_TIME = RLock()


def put_stand_ins() -> None:
    """Put them wherever the module itself is not loaded yet."""
    for name, functions in _STOOD_IN_FOR.items():
        if name not in sys.modules:
            _put(name, functions)


def _put(name: str, functions: tuple[str, ...]) -> None:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    module = _StandIn(name)
    module.__spec__, module.__loader__, module.__package__ = spec, spec.loader, spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    for function in functions:
        setattr(module, function, _called_later(module, function))
    sys.modules[name] = module
    package, _, own_name = name.rpartition(".")
    if package:
        setattr(sys.modules[package], own_name, module)


class _StandIn(ModuleType):
    """What is found in a module's place until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":
            # Whoever takes a name out of a module asks whether it is a package, and those that are know where they lie.
            raise AttributeError(name)
        found = getattr(self._loaded(), name)
        # From now on it is found without a call, as in any module.
        setattr(self, name, found)
        return found

    def _loaded(self) -> ModuleType:
        with _ONE_AT_A_TIME:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return import_module(self.__name__)


def _called_later(module: _StandIn, name: str) -> Callable[..., Any]:
    def call(*values: Any, **named: Any) -> Any:
        return getattr(module._loaded(), name)(*values, **named)  # noqa: SLF001 - of this module

    return call
