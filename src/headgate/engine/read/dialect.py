"""The dialect of a delimited text: what separates cells, what quotes them, how a quote inside quotes is escaped."""

from __future__ import annotations

from headgate.records import dataclass


@dataclass(frozen=True)
class Dialect:
    """`delimiter` and `quote` are one ASCII character each; `quote` is None when quotes are plain text.

    Quotes inside quotes are doubled; with `escape` (a backslash) they, the escape itself and the delimiter may be
    escaped too.
    `spaced_quotes` says that blanks may stand between a delimiter and a quote (`"a", "b"`).
    """

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    spaced_quotes: bool = False

    @property
    def strictly_readable(self) -> bool:
        """Whether the strict reader knows this dialect at all."""
        return self.escape is None and not self.spaced_quotes
