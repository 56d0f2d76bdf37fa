"""Loading modules quickly: what every process of headgate does while it starts."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """For the time in which modules are loaded: their objects stay for good, so that looking for garbage among them, again
    and again while they become more, is a quarter of the time for nothing. At the end they are set apart, so that no later
    collection walks through them either.
    """
    # pydantic asks every installed package whether it brings a plugin for it; none of ours does. Who has one says so here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Polars' allocator reads this once, when Polars is loaded: memory that one chunk leaves is the next one's, and not cleared between.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:5000")
    # NumPy's BLAS starts a thread for each processor when NumPy is loaded, and each looks for work for a while; there is next to none.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collected:
            gc.enable()


def look_for_little_garbage() -> None:
    """For a process that ends in a moment: what it makes is mostly to stay, and it ends before there is much else."""
    gc.set_threshold(100_000)


def look_for_garbage_of_several_imports() -> None:
    """For a process that runs one import after the other: a small one leaves some two hundred objects that only a collection finds,
    and none of them is large. Python would look for them twice in each."""
    gc.set_threshold(5_000)
