"""Small tables for hooks, and the running of hooks on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from headgate.engine.hooks.rows import HookField, RowBatch, RowChanges
from headgate.engine.hooks.session import HookSession

Cells = dict[str, list[str | None]]


def make_batch(texts: Cells, results: Cells | None = None, *, first: int = 0, **more: Any) -> RowBatch:
    """A batch whose row indexes count from `first` and whose row ids are `id<index>`."""
    schema = dict.fromkeys(texts, pl.String)
    height = len(next(iter(texts.values())))
    index = pl.int_range(first, first + height, eager=True)
    ids = pl.Series([f"id{n}" for n in index], dtype=pl.String)
    return RowBatch(
        index,
        ids,
        pl.DataFrame(texts, schema=schema),
        pl.DataFrame({**texts, **(results or {})}, schema=schema),
        **more,
    )


class Runner:
    """A session with a field per key (or the fields given), in an engine from the pool."""

    def __init__(self, session: HookSession, fields: list[HookField]) -> None:
        self.session = session
        self.fields = fields

    def rows(self, texts: Cells, results: Cells | None = None, *, mode: Any = "init", **more: Any) -> RowChanges:
        return self.session.row_hooks(make_batch(texts, results, **more), mode)

    def batches(self, texts: Cells, *heights: int) -> list[RowBatch]:
        """The table cut into batches of those heights."""
        whole = make_batch(texts)
        starts = [sum(heights[:at]) for at in range(len(heights))]
        return [whole.slice(start, height) for start, height in zip(starts, heights, strict=True)]

    def after(self, texts: Cells, results: Cells | None = None, **more: Any) -> Cells:
        """The texts of the table after the row hooks."""
        batch = make_batch(texts, results, **more)
        return self.session.row_hooks(batch, "init").applied_to(batch.texts).to_dict(as_series=False)


Start = Callable[..., Runner]
"""`start({"rowHooks": [...]}, "a", "b", HookField(...))` gives a Runner."""
