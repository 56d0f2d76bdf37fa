"""The patterns of dates that are not ISO 8601, in the words of English and of one locale."""

from __future__ import annotations

import re
from functools import cached_property

from headgate.engine.types.clock_reading import clock_reader
from headgate.engine.types.date_locale import DateLocale, date_locale
from headgate.engine.types.date_names import alternatives, date_words
from headgate.late_patterns import late_pattern

_NUMBERS = (
    r"'?(?P<first>\d{1,4})(?P<sep>\s?[./-]\s?|\s)(?P<second>\d{1,2})(?P<sep2>\s?[./-]\s?|\s)'?(?P<third>\d{1,4})\.?"
)


class DatePatterns:
    """What the texts of dates look like. `named`: those with a month's name, `named_as_own`: the same in the order in which a locale
    that writes the year first tries them, as `year_comes_first` says."""

    def __init__(self, locale: DateLocale) -> None:
        self.words = date_words(locale)
        self.clock = clock_reader(locale)
        months = rf"(?P<month>{alternatives(self.words.months)})\.?"
        small = rf"(?:(?:{alternatives(self.words.small)})\.?(?:\s|(?<=[.ב])|(?=\d)))"
        # The Hebrew ב is written together with the month.
        gap = rf"[\s./,-]*(?:{small}\s?)*"
        apart = rf"(?:[\s./,-]+(?:{small}\s?)*|{small})"
        day = r"(?P<day>\d{1,2})(?:(?P<ordinal>st|nd|rd|th)|er|re|[ºª°]|\.?o\b)?"
        year = rf"'?(?P<year>\d{{4}}|\d{{2}})(?:\.?\s?(?:{alternatives(self.words.small)})\.?|\.)?"
        lead = rf"(?:{small})*"
        self.numbers = late_pattern(rf"{_NUMBERS}(?:\s?(?:{alternatives(self.words.small)})\.?)?")
        year_first = late_pattern(rf"{lead}{year}{gap}{months}{gap}{day}\.?")
        self.named = [
            late_pattern(rf"{lead}{day}{gap}{months}{gap}{year}"),
            late_pattern(rf"{lead}{months}{gap}{day}{apart}{year}"),
            year_first,
        ]
        # Hungarians write 05. márc. 17. for 17 March 2005; with a month of English only, the day comes first.
        self.named_as_own = sorted(self.named, key=lambda each: each is not year_first)
        self.year_comes_first = next(part.kind for part in locale.form("DD") if part.kind != "literal") == "year"
        weekday = rf"(?P<weekday>{alternatives(self.words.weekdays)})"
        self.weekday_first = late_pattern(rf"{weekday}\.?,?\s?(?:{small})?(?P<rest>.+)")
        self.weekday_last = late_pattern(rf"(?P<rest>.+?),?\s?[(（]?{weekday}\.?[)）]?")
        connectors = alternatives(self.words.connectors | self.words.small)
        self.day_and_clock = late_pattern(
            rf"(?P<date>.*?[^\s,])(?:t(?=\d)|(?:\s?,\s?|\s)(?:(?:{connectors})\.?,?\s)*|(?<=[^\d\s])|(?=[^\d\s]))"
            rf"(?P<clock>{self.clock.pattern})"
        )
        self.month_alone = late_pattern(rf"(?:\d{{1,2}}\.?{gap})?{months}(?:{gap}'?(?:\d{{4}}|\d{{2}}))?")

    @cached_property
    def french_months(self) -> dict[str, int]:
        """`1er` alone says that the month is French, whatever the locale."""
        return date_words(date_locale("fr")).months

    @cached_property
    def french_first(self) -> re.Pattern[str]:
        """The first of a French month."""
        months = alternatives(self.french_months)
        return late_pattern(rf"(?:le\s)?(?P<day>1)er\s(?P<month>{months})\.?\s(?P<year>\d{{4}})")
