"""The files of a review's table: chunks that are written once, and one manifest that says which of them count.

Every change writes new files beside the old ones, then replaces the manifest in one step, then deletes what is no longer
named. So a process that is killed between any two of these leaves either the state before or the state after. What a power
cut may do is noticed: files that were not flushed are trusted only as long as the computer has not been started anew.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from headgate.engine.review.mapped_files import MappedFiles, UnusableTableError
from headgate.records import dataclass

FORMAT = 1
MANIFEST = "manifest.json"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass
class ChunkEntry:
    """One chunk of rows: names of its files. `cells`: slot position → file with the slot's changed column."""

    height: int
    base: str
    rows: str
    issues: str | None = None
    texts: str | None = None
    """The texts of its cells with issues, counted (group_texts.py); None: not counted yet."""
    cells: dict[int, str] = field(default_factory=dict)
    added: bool = False
    """It holds rows that people added; the last of these grows."""
    changed: int = 0
    """Cells of rows that are there, which people or hooks have changed since the import."""


@dataclass
class Manifest:
    """Everything that is in force. `sizes`: file → bytes. `extra`: what the table keeps beside its chunks (JSON)."""

    fingerprint: str
    seq: int = 0
    generation: int = 0
    chunks: list[ChunkEntry] = field(default_factory=list)
    order: str | None = None
    sizes: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def named(self) -> set[str]:
        """All files that count."""
        names = {self.order} if self.order is not None else set()
        for chunk in self.chunks:
            names |= {chunk.base, chunk.rows, *chunk.cells.values()}
            names |= {name for name in (chunk.issues, chunk.texts) if name is not None}
        return names


class ChunkStore:
    """A directory of chunk files and their manifest."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self.directory = directory
        self.manifest = manifest
        self._unsynced: set[str] = set()
        self._files = MappedFiles(directory)

    @classmethod
    def create(cls, directory: Path, fingerprint: str) -> ChunkStore:
        """An empty store in place of anything in `directory`; it counts from the first `commit` on."""
        if directory.exists():
            shutil.rmtree(directory)
        directory.mkdir(parents=True)
        return cls(directory, Manifest(fingerprint))

    @classmethod
    def open(cls, directory: Path, fingerprint: str) -> ChunkStore:
        """The store as it was last committed. Raises UnusableTableError."""
        manifest = _read_manifest(directory, fingerprint)
        for name, size in manifest.sizes.items():
            try:
                found = (directory / name).stat().st_size
            except FileNotFoundError:
                found = -1
            if found != size:
                raise UnusableTableError(f"a file of the table is missing or cut off: {name}")
        store = cls(directory, manifest)
        store._unsynced = manifest.named()
        store.sweep()
        return store

    def read(self, name: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """A file, mapped from disk; of `columns` those that it has."""
        frame = self._files.frame(name)
        if columns is None:
            return frame
        present = self.columns(name)
        wanted = [frame.get_column(column) for column in columns if column in present]
        return pl.DataFrame(wanted) if wanted else pl.DataFrame(height=frame.height)

    def columns(self, name: str) -> frozenset[str]:
        """The columns that a file has."""
        return self._files.columns(name)

    def let_go(self) -> None:
        """Give back what was loaded of the files to be read."""
        self._files.let_go()

    def write(self, kind: str, chunk: int, frame: pl.DataFrame) -> str:
        """Write a file that the next manifest will name; its name."""
        name = f"{kind}-{chunk}-{self.manifest.generation:x}.arrow"
        path = self.directory / name
        # Uncompressed, so that reading is a mapping of the file and costs nothing for columns nobody looks at.
        frame.rechunk().write_ipc(path, compression="uncompressed")
        self.manifest.sizes[name] = path.stat().st_size
        self._unsynced.add(name)
        return name

    def commit(self, *, sync: bool = False) -> None:
        """Let the manifest count, and delete what it no longer names. `sync`: safe from a power cut, too."""
        manifest, named = self.manifest, self.manifest.named()
        gone = [name for name in manifest.sizes if name not in named]
        for name in gone:
            del manifest.sizes[name]
            self._files.forget(name)
        self._unsynced &= named
        if sync:
            for name in self._unsynced:
                _flush(self.directory / name)
            self._unsynced.clear()
        document: dict[str, Any] = {"format": FORMAT, "boot": _boot_id(), "synced": sync, **vars(manifest)}
        document["chunks"] = [vars(chunk) for chunk in manifest.chunks]
        part = self.directory / f"{MANIFEST}.part"
        part.write_bytes(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS))
        if sync:
            _flush(part)
        part.replace(self.directory / MANIFEST)
        if sync:
            _flush(self.directory)
        for name in gone:
            (self.directory / name).unlink(missing_ok=True)
        manifest.generation += 1

    def sweep(self) -> None:
        """Delete files that no manifest names: what a process was writing when it was killed."""
        known = {*self.manifest.sizes, MANIFEST}
        for path in _files(self.directory):
            if path.name not in known:
                path.unlink(missing_ok=True)
        # Names of files that were written and never committed are not used again.
        self.manifest.generation += 1


def _read_manifest(directory: Path, fingerprint: str) -> Manifest:
    try:
        document = orjson.loads((directory / MANIFEST).read_bytes())
        if document.pop("format") != FORMAT:
            raise UnusableTableError("the table was written by another version")
        boot, synced = document.pop("boot"), document.pop("synced")
        chunks = [
            ChunkEntry(**{**chunk, "cells": {int(slot): name for slot, name in chunk["cells"].items()}})
            for chunk in document.pop("chunks")
        ]
        manifest = Manifest(**document, chunks=chunks)
    except FileNotFoundError as error:
        raise UnusableTableError("there is no table") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableTableError("the table's manifest is damaged") from error
    if manifest.fingerprint != fingerprint:
        raise UnusableTableError("the table was made for other decisions")
    if not synced and boot != _boot_id():
        raise UnusableTableError("the computer was started anew before the table was safe on disk")
    return manifest


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in directory.iterdir() if path.is_file())


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _boot_id() -> str:
    """Names this run of the computer. Where that is unknown it names this process, so that no other trusts its files."""
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return uuid.uuid4().hex


__all__ = ["ChunkEntry", "ChunkStore", "Manifest", "UnusableTableError"]
