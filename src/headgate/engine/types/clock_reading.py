"""Times of day as people write them: 24 hours, 12 hours with day periods, an offset or zone behind."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from headgate.engine.types.date_locale import MAX_CHARACTERS, TIME_FORMS, DateLocale, fold
from headgate.engine.types.date_names import DateWords, alternatives, date_words
from headgate.engine.types.date_parse_format import format_reader
from headgate.late_patterns import late_pattern

_ZONE_NAMES = (
    "utc|ut|gmt|z|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|mez|mesz|eet|eest|wet|west|bst|ist|msk|jst|kst"
    "|aest|aedt|nzst|nzdt"
)
ZONE = (
    rf"(?:(?:{_ZONE_NAMES})?\s?[+-]\d{{1,2}}(?::?\d{{2}})?|(?:{_ZONE_NAMES})\b)"
    r"(?:\s?\([^()]*\)|\[[a-z_]+(?:/[a-z0-9_+-]+){0,2}\])?"
)
"""An offset, a zone's abbreviation, or both; then perhaps a comment or an IANA name, as in JavaScript's texts."""


class Clock(NamedTuple):
    """A time of day as read. `hour` is 24 only for 24:00:00. `offset`: the text named an offset or zone.
    `twelve_hours`: the text used a day period."""

    hour: int
    minute: int
    second: int
    offset: bool = False
    twelve_hours: bool = False


class ClockReader:
    """Reads texts as times in one locale."""

    def __init__(self, locale: DateLocale) -> None:
        self._locale = locale
        self.words: DateWords = date_words(locale)
        self._regex = late_pattern(self.pattern)

    @property
    def pattern(self) -> str:
        """The regex of a time, without the `T` of ISO; its groups are those that `from_match` reads."""
        period = rf"(?:{alternatives(self.words.periods)}|[ap]\.?\s?m)"
        colon = r"\s?[:.]\s?" if self.words.dotted_times else r"\s?:\s?"
        clock = f"(?:{alternatives(self.words.clock)})"
        digits = (
            rf"(?P<hour>\d{{1,2}})(?:{colon}(?P<minute>\d{{2}})(?:{colon}(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?"
            r"|\s?h\s?(?P<minute_h>\d{2})?(?:\s?min(?:\s?(?P<second_h>\d{2})\s?s)?)?"
            r"|\s?[時时点點시]\s?(?:(?P<minute_c>\d{1,2})\s?[分분]\s?(?:(?P<second_c>\d{1,2})\s?[秒초])?)?)?"
        )
        return (
            rf"(?:(?P<before>{period})\.?\s?)?{digits}(?:\s?(?P<after>{period})\.?)?"
            rf"(?:\s?{clock}\.?)?(?:\s?[,;]?\s?[(\[]?(?P<zone>{ZONE})[)\]]?)?"
        )

    def read(self, text: str) -> Clock | None:
        """The time that a text names, or None."""
        if len(text) > MAX_CHARACTERS:
            return None
        match = self._regex.fullmatch(fold(text))
        return self.from_match(match) if match is not None else self._read_default_form(text)

    def _read_default_form(self, text: str) -> Clock | None:
        for name in TIME_FORMS:
            fields = format_reader(name, self._locale).read(text)
            if fields is not None:
                clock = fields.clock()
                return None if clock is None else Clock(*clock, offset=fields.offset, twelve_hours="h" in fields.fields)
        return None

    def from_match(self, match: re.Match[str]) -> Clock | None:
        """The time of a match of `pattern`, None when there is no such time (25:00, 13 AM) or only a bare number."""
        group = match.groupdict()
        minute = group["minute"] or group["minute_h"] or group["minute_c"]
        second = int(group["second"] or group["second_h"] or group["second_c"] or 0)
        period = group["after"] or group["before"]
        if (
            period is None
            and minute is None
            and not match.group(0).rstrip().endswith(("h", "時", "时", "点", "點", "시"))
        ):
            return None
        if group["after"] and group["before"]:
            return None
        hour: int | None = int(group["hour"])
        if period is not None:
            hour = _hour_in_period(int(group["hour"]), self._hours_of(period))
        clock = None if hour is None else (hour, int(minute or 0), second)
        if clock is None or not ((clock[0] <= 23 and clock[1] <= 59 and clock[2] <= 59) or clock == (24, 0, 0)):
            return None
        return Clock(*clock, offset=bool(group["zone"]), twelve_hours=period is not None)

    def _hours_of(self, period: str) -> frozenset[int]:
        return self.words.periods.get(period) or self.words.periods[re.sub(r"[.\s]", "", period)]


@cache
def clock_reader(locale: DateLocale) -> ClockReader:
    """The reader of times in a locale."""
    return ClockReader(locale)


def _hour_in_period(hour: int, hours: frozenset[int]) -> int | None:
    """The hour of 24 that `hour` means beside a day period, None when the two contradict each other."""
    afternoon = min(hours) >= 12
    if hour > 12:
        return hour if hour in hours or (afternoon and hour < 24) else None
    possible = {hour % 12, hour % 12 + 12} & hours
    if len(possible) == 1:
        return possible.pop()
    if possible or not (afternoon or max(hours) < 12):
        return None
    return hour % 12 + (12 if afternoon else 0)
