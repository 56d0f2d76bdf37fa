"""One of several tables, sheets or resources that a document describes."""

from __future__ import annotations

from collections.abc import Collection

from headgate.convert.conversion import ConversionError, quoted

MAX_NAMED = 20


def chosen(names: Collection[str], select: str | None, what: str) -> str:
    """The one that was asked for, or the only one. Raises ConversionError that names what there is to choose from."""
    if not names:
        raise ConversionError(f"The document describes no {what}.")
    listed = ", ".join(quoted(name) for name in list(names)[:MAX_NAMED])
    if select is not None:
        if select in names:
            return select
        raise ConversionError(f"There is no {what} {quoted(select)}. There is {listed}.")
    if len(names) > 1:
        raise ConversionError(
            f"The document describes {len(names)} {what}s: {listed}. Say which one with --select on the command line, "
            "select= in Python."
        )
    return next(iter(names))
