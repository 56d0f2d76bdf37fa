"""Whether the hooks of a schema can be run: asked whenever a schema is saved or an import brings hooks of its own."""

from __future__ import annotations

from functools import lru_cache

from headgate.engine.hooks.check import check_hooks
from headgate.schema import Hooks

REMEMBERED = 256


def hook_problems(hooks: Hooks) -> dict[str, list[str]]:
    """What is wrong with the sources, by JSON path; nothing when each parses as one function. No source is run."""
    return _problems(hooks.model_dump_json()) if hooks else {}


@lru_cache(REMEMBERED)
def _problems(hooks: str) -> dict[str, list[str]]:
    # Parsing starts an engine process, and most imports bring hooks that were checked a moment ago.
    return check_hooks(Hooks.model_validate_json(hooks, by_name=True))
