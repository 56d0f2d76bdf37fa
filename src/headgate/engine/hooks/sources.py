"""The hooks of a schema, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from headgate.engine.hooks.failures import HookKind
from headgate.schema.hooks import Hooks


def sources_of(hooks: Hooks) -> list[tuple[HookKind, int, str]]:
    """Every hook with its kind and its position in that kind's list."""
    lists: tuple[tuple[HookKind, Sequence[str]], ...] = (
        ("rowHooks", hooks.row_hooks),
        ("bulkRowHooks", hooks.bulk_row_hooks),
        ("batchRowHooks", hooks.batch_row_hooks),
        ("rowDeleteHooks", hooks.row_delete_hooks),
        ("columnHooks", [hook.callback for hook in hooks.column_hooks]),
        ("stepHooks", [hook.callback for hook in hooks.step_hooks]),
        ("beforeFinishCallback", [hooks.before_finish_callback] if hooks.before_finish_callback is not None else []),
    )
    return [(kind, position, source) for kind, sources in lists for position, source in enumerate(sources)]
