"""Turning what went wrong with a hook into the failure of the import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NoReturn

from headgate.engine.errors import ImportFailedError

HookKind = Literal[
    "rowHooks",
    "bulkRowHooks",
    "batchRowHooks",
    "rowDeleteHooks",
    "columnHooks",
    "stepHooks",
    "beforeFinishCallback",
    "transform",
]
HOOK_KINDS: tuple[HookKind, ...] = (
    "rowHooks", "bulkRowHooks", "batchRowHooks", "rowDeleteHooks", "columnHooks", "stepHooks", "beforeFinishCallback",
    "transform",
)  # fmt: skip

MAX_MESSAGE_CHARACTERS = 2000
_MAX_NUMBER = 2**53
_INTERNAL_PATH = re.compile(r"(?:file://|ext:|node:)\S+|(?:/[\w.@~+-]+){2,}\.(?:js|ts|py)\b(?::\d+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class HookFailedError(ImportFailedError):
    """An ImportFailedError("hook_failed"); `reason` is what went wrong, without the hook's name and the place."""

    def __init__(self, message: str, reason: str, **context: Any) -> None:
        super().__init__("hook_failed", message, **context)
        self.reason = reason


def hook_name(kind: str, position: int | None) -> str:
    """How messages call a hook: its place in the schema, such as `rowHooks[1]`."""
    return kind if position is None or kind == "beforeFinishCallback" else f"{kind}[{position}]"


def clean_message(text: object) -> str:
    """A message of JavaScript's, cut to size and without paths of this machine."""
    plain = _CONTROL.sub(" ", _INTERNAL_PATH.sub("(internal)", text if isinstance(text, str) else "Unknown error."))
    return plain if len(plain) <= MAX_MESSAGE_CHARACTERS else plain[:MAX_MESSAGE_CHARACTERS] + "…"


def fail(
    message: str,
    kind: str,
    position: int | None = None,
    *,
    row: int | None = None,
    line: int | None = None,
    column: int | None = None,
    **context: Any,
) -> NoReturn:
    """Raise the HookFailedError of a hook: `row` is the row index; line and column, from 1, are of its own source."""
    where = f" at line {line}, column {column}" if line is not None and column is not None else ""
    of_row = f" for row {row}" if row is not None else ""
    reason = clean_message(message)
    raise HookFailedError(
        f"The hook {hook_name(kind, position)} failed{of_row}{where}: {reason}",
        reason,
        hook=kind,
        position=position,
        row=row,
        line=line,
        column=column,
        **context,
    )


def fail_as_told(frame: dict[str, Any], kind: str, counts: Mapping[str, int]) -> NoReturn:
    """Raise for an error message of the engine. What it claims is used only where it can be true.

    `counts`: how many hooks of each kind there are.
    """
    position = whole_number(frame.get("position"))
    told = frame.get("kind")
    kind = told if told in HOOK_KINDS else kind
    fail(
        clean_message(frame.get("message")),
        kind,
        position if position is not None and position < counts.get(kind, 0) else None,
        row=whole_number(frame.get("row")),
        line=whole_number(frame.get("line")),
        column=whole_number(frame.get("column")),
    )


def whole_number(value: object) -> int | None:
    """`value` when it is a whole number from 0 that JavaScript can hold, else None."""
    return value if type(value) is int and 0 <= value <= _MAX_NUMBER else None
