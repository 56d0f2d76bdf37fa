"""In which form the dates of a column are written, in Luxon tokens."""

from __future__ import annotations

from headgate.engine.infer.column import Column

_DIGITS_FIRST = {"DMY": ("dd", "LL", "yyyy"), "MDY": ("LL", "dd", "yyyy")}
_PADDED = r"^\d{2}([./-])\d{2}[./-]\d{4}"
_UNPADDED = r"^\d{1,2}([./-])\d{1,2}[./-]\d{4}"
_YEAR_FIRST = r"^\d{4}([./-])\d{2}[./-]\d{2}"
_TIMES = {
    "": r"^$",
    " HH:mm": r"^ \d{2}:\d{2}$",
    " HH:mm:ss": r"^ \d{2}:\d{2}:\d{2}$",
}


def common_form(column: Column, order: str | None, *, with_time: bool) -> str | None:
    """The form that all cells have, when it is numeric and another than ISO 8601; None where it is not one form, or its order is
    not proven."""
    for pattern, names in _forms(order):
        separators = _separators(column, pattern)
        if separators is None:
            continue
        rest = column.distinct.str.replace(pattern, "")
        time = next((form for form, shape in _TIMES.items() if rest.str.contains(shape).all()), None)
        if time is None or bool(time) != with_time:
            return None
        form = separators.join(names) + time
        return None if form.startswith("yyyy-LL-dd") else form
    return None


def day_first_locale(column: Column) -> str:
    """A locale in which the day comes first, for the few dates of later files that prove nothing."""
    return "de-DE" if column.all_match(r"^\d{1,2}\.\d{1,2}\.") else "en-GB"


def _forms(order: str | None) -> list[tuple[str, tuple[str, ...]]]:
    forms: list[tuple[str, tuple[str, ...]]] = [(_YEAR_FIRST, ("yyyy", "LL", "dd"))]
    if order in _DIGITS_FIRST:
        names = _DIGITS_FIRST[order]
        forms += [(_PADDED, names), (_UNPADDED, tuple(name if name == "yyyy" else name[0] for name in names))]
    return forms


def _separators(column: Column, pattern: str) -> str | None:
    """The one separator of all cells, when all have the form."""
    found = column.distinct.str.extract(pattern, 1)
    if found.null_count() or found.n_unique() != 1:
        return None
    separator = str(found[0])
    doubled = column.distinct.str.extract(pattern, 0).str.count_matches(separator, literal=True)
    return separator if (doubled == 2).all() else None
