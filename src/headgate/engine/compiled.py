"""Tables made of data that people edit, in a form that is loaded in milliseconds.

A wheel brings most of them along: its build compiles them (`hatch_build.py`). Anything else is compiled when it is first asked for
and kept in `__pycache__`, as Python keeps the code of modules, under a checksum of all that they are made of: an edited source
has another, so nothing stale is ever read. Where nothing can be written, each process compiles for itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Builder = Callable[[], Any]
"""Makes a table of the sources, of what JSON can hold."""

SHIPPED = "compiled"
"""The folder beside the module where a wheel has its tables."""


class CompiledTables:
    """The tables of one package. `folder`: where it lies; `sources`: the files that tables are made of, the code that makes them
    and the files of libraries among them; `builders`: table → what makes it."""

    def __init__(self, folder: Path, sources: Callable[[], Iterable[Path]], builders: Mapping[str, Builder]) -> None:
        self.folder = folder
        self.builders = builders
        self._sources = sources

    def load(self, name: str) -> Any:
        """A table, as its builder makes it. Whoever asks keeps it: it is read anew each time."""
        # Only here, because a build that compiles tables needs nothing but the standard library.
        import orjson

        with contextlib.suppress(FileNotFoundError):
            return orjson.loads(self.shipped(name).read_bytes())
        kept = self.folder / "__pycache__" / f"{name}.{self._key}.json"
        # What a full disk cut off is compiled again, as if it were not there.
        with contextlib.suppress(OSError, orjson.JSONDecodeError):
            return orjson.loads(kept.read_bytes())
        table = self.compiled(name)
        with contextlib.suppress(OSError):
            _keep(kept, table)
            _forget_older(kept, name)
        return orjson.loads(table)

    def shipped(self, name: str) -> Path:
        """Where a wheel has the table."""
        return self.folder / SHIPPED / f"{name}.json"

    def compiled(self, name: str) -> bytes:
        """The JSON of a table, made anew of its sources."""
        return json.dumps(self.builders[name](), ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def _key(self) -> str:
        # Two checksums in place of a hash: OpenSSL, which comes with those, takes longer to load than all tables. Nobody
        # but who edits the sources could make them agree.
        sums = (0, 1)
        for path in sorted(self._sources()):
            content = path.read_bytes()
            for part in (f"{path.name} {len(content)} ".encode(), content):
                sums = zlib.crc32(part, sums[0]), zlib.adler32(part, sums[1])
        return "".join(f"{value:08x}" for value in sums)


def library_folder(name: str) -> Path:
    """Where a library lies, which is not imported for that. Raises ModuleNotFoundError when it is not installed."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed", name=name)
    return Path(spec.origin).parent


def _keep(target: Path, content: bytes) -> None:
    """Write a file that others find whole or not at all."""
    target.parent.mkdir(exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f"{target.name}.", dir=target.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - an open file has no path
            file.write(content)
        os.replace(part, target)  # noqa: PTH105 - the same
    except BaseException:
        os.unlink(part)  # noqa: PTH108 - the same
        raise


def _forget_older(kept: Path, name: str) -> None:
    for other in kept.parent.glob(f"{name}.*.json"):
        if other != kept:
            other.unlink(missing_ok=True)
