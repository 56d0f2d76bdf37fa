"""Several objects that appear together: an object store has no rename, but writes one object all at once.

The blobs of a tree stand below a name that nobody knows, then the object `current` names it. Who reads looks there first.
"""

from __future__ import annotations

import uuid

import obstore
from obstore.store import S3Store

from headgate.storage.base import OUTCOME, placed

CURRENT = "current"


def tree_of(key: str) -> tuple[str, str] | None:
    """The place of the tree that a blob belongs to, and its name in there; None for a blob by itself."""
    parts = placed(key)
    if OUTCOME not in parts[:-1]:
        return None
    end = parts.index(OUTCOME) + 1
    return "/".join(parts[:end]), "/".join(parts[end:])


def place_of_tree(prefix: str) -> str:
    """Where a tree stands. Raises ValueError for a prefix that is none of a tree."""
    parts = placed(prefix)
    if parts.count(OUTCOME) != 1 or parts[-1] != OUTCOME:
        raise ValueError(f"not the prefix of a tree: {prefix!r}")
    return "/".join(parts)


def new_tree(place: str) -> str:
    """Below which the blobs of a new tree belong."""
    return f"{place}/{uuid.uuid4().hex}"


def current_tree(store: S3Store, place: str) -> str:
    """Below which the blobs of the tree are that counts. Raises FileNotFoundError."""
    name = bytes(obstore.get(store, f"{place}/{CURRENT}").bytes()).decode()
    return f"{place}/{name}"


def make_current(store: S3Store, place: str, tree: str) -> None:
    """Have `tree` count from now on."""
    obstore.put(store, f"{place}/{CURRENT}", tree.removeprefix(f"{place}/").encode())
