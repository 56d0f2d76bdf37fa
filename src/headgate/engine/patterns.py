"""Regular expressions of Rust's `regex` crate as people write them, and replacements as JavaScript writes them."""

from __future__ import annotations

import re

from headgate.engine.review.log import RefusedChangeError

_REFERENCE = re.compile(r"\$(?:\$|&|(?P<number>[0-9]{1,2})|<(?P<name>[A-Za-z_][A-Za-z0-9_]*)>)")


def escaped(text: str) -> str:
    """A regular expression that matches just that text."""
    return "".join(f"\\x{{{ord(letter):x}}}" if not letter.isalnum() else letter for letter in text)


def groups_of(pattern: str) -> list[str]:
    """The names of a pattern's groups; those without one are named by their number. Raises RefusedChangeError."""
    # The server asks too, where a recipe has patterns; it loads no Polars for the others.
    import polars as pl

    try:
        found = pl.Series([""]).str.extract_groups(pattern)
    except pl.exceptions.PolarsError as error:
        raise RefusedChangeError("wrong_expression", _told(str(error))) from None
    return list(found.struct.fields) if isinstance(found.dtype, pl.Struct) else []


def _told(error: str) -> str:
    """Rust's explanation without the drawing around it."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    reason = next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), lines[-1])
    return f"The regular expression cannot be used: {reason.rstrip('.')}. Nothing was changed."


def rust_template(replacement: str, groups: list[str]) -> str:
    """A JavaScript replacement as a template of Rust's `regex`; references to groups that do not exist are plain text."""

    def reference(match: re.Match[str]) -> str:
        if match.group() == "$$":
            return "$$"
        if match.group() == "$&":
            return "${0}"
        if match["name"] is not None:
            return f"${{{match['name']}}}" if match["name"] in groups else f"${match.group()}"
        digits = match["number"]
        if 0 < int(digits) <= len(groups):
            return f"${{{int(digits)}}}"
        if len(digits) == 2 and 0 < int(digits[0]) <= len(groups):
            return f"${{{digits[0]}}}{digits[1]}"
        return f"${match.group()}"

    parts, at = [], 0
    for match in _REFERENCE.finditer(replacement):
        parts += [replacement[at : match.start()].replace("$", "$$"), reference(match)]
        at = match.end()
    return "".join([*parts, replacement[at:].replace("$", "$$")])
