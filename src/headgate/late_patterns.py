"""Regular expressions that are compiled when they are first used: some take a millisecond, and most imports meet few of them."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


def late_pattern(pattern: AnyStr, flags: re.RegexFlag | int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but not compiled yet. Raises re.error at its first use."""
    return cast(re.Pattern[AnyStr], _LatePattern(pattern, flags))


class _LatePattern(Generic[AnyStr]):
    """Stands for a pattern, of which it keeps whatever was asked for."""

    def __init__(self, pattern: AnyStr, flags: re.RegexFlag | int) -> None:
        self._given: tuple[AnyStr, re.RegexFlag | int] = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        # From now on it is found without a call. Python itself keeps what is compiled.
        setattr(self, name, found)
        return found
