"""What the engine may say of its decisions: every code of `evidence` and `warnings`, with its English text.

An entry of the decisions is `{"code", …parameters}` (pipeline.md, "Decisions"); it becomes a sentence in the reader's
language only when it is shown (`messages`). The texts are for people without technical knowledge. How placeholders are
written is told in `messages/phrasing.py`.
"""

from __future__ import annotations

from typing import Any

HEADER_EVIDENCE = {
    "override": "Set in advance for this import",
    "named_by_format": "The file itself names its columns",
    "no_records": "The file has no rows",
    "looks_like_data": "Could just as well be a row of data",
    "not_clear": "Not clearly different from the other rows",
    "group_row_joined": "Joined with the group names in row {row:position}",
    "names_in_two_rows": "The names go on in row {row:position}",
    "row_without_names": "Row {row:position} is part of the header, but holds no names",
    "units_row": "Row {row:position} holds units of measurement",
    "fields_named": "Fields found by name: {count}",
    "fields_meant": "Fields found by a similar name: {count}",
    "column_names_known": "{share:percent} of the cells are usual column names",
    "text_above_other_kinds": "Names above values of another kind: {count:columns}",
    "cells_recur_below": "{share:percent} of the cells appear again further down",
    "wide_row_above": "A row above it is about as wide",
    "next_row_similar": "The next row looks the same",
}
NAME_EVIDENCE = {
    "same_name": "Same name",
    "alternate_match": "One of the field's other names",
    "same_name_normalized": "Same name apart from case, spaces, punctuation or accents",
    "alternate_match_normalized": "One of the field's other names, apart from case, spaces, punctuation or accents",
    "numbered_header": "Same name with a number",
    "same_words": "Same words",
    "same_meaning": "Same meaning",
    "misspelling": "Same meaning, if it is a typing error",
    "words_reordered": "Same words in another order",
    "neutral_word": "Same meaning apart from one additional word",
    "related_meaning": "Related meaning",
    "word_too_general": "The name is too general",
    "part_of_the_name": "Only part of the name matches",
    "prefix_of_all_columns": "The first word was ignored because most columns start with it",
    "remark_in_header": "The text in brackets was ignored",
    "nothing_similar": "No similar field",
}
MATCH_EVIDENCE = {
    "matched_before": "Matched this way before ({times}×)",
    "ignored_before": "Left out before ({times}×)",
    "memory_disagrees": "Matched differently in earlier imports",
    "values_changed_since": "The values look different from earlier imports",
    "field_taken": "{field:quoted} already has the column {column:quoted}",
    "several_fields": "Several fields fit this column",
    "several_columns": "Several columns fit this field",
    "rival": "{rival:quoted} fits almost as well ({confidence:percent})",
    "type_fit": "{share:percent} of the values fit",
    "values_look_like": "{share:percent} of the values look as expected",
    "values_repeat": "Values repeat, but each may occur only once in this field",
    "counts_as_yes": "{value:quoted} counts as yes in this field",
}
TYPE_EVIDENCE = {
    "day_first": "The day must come first: {count:cells}",
    "month_first": "The month must come first: {count:cells}",
    "ambiguous": "Day or month may come first: {count:cells}",
    "same": "Day and month are the same number: {count:cells}",
    "year_first": "The year comes first: {count:cells}",
    "two_digit_year_first": "The two-digit year must come first: {count:cells}",
    "two_digit_year_last": "The two-digit year must come last: {count:cells}",
    "two_digit_year_or_day_first": "Two-digit year or day may come first: {count:cells}",
    "decimal_comma_proven": "The comma must be the decimal mark: {count:cells}, such as {example}",
    "decimal_point_proven": "The point must be the decimal mark: {count:cells}, such as {example}",
    "either_mark_possible": "Decimal mark or thousands separator: {count:cells}, such as {example}",
    "comma_misplaced": "The comma stands in an unusual place: {count:cells}, such as {example}",
    "currency": "Currency {currency}: {count:cells}, such as {example}",
}
EVIDENCE = {**HEADER_EVIDENCE, **NAME_EVIDENCE, **MATCH_EVIDENCE, **TYPE_EVIDENCE}
"""Code → English text of what speaks for or against a decision."""

WARNINGS = {
    "unpacked": "The file was unpacked ({from})",
    "xml_rows": "Each element {element:quoted} became a row",
    "xml_elements_outside_rows": "Not imported, because they lie outside the rows: {elements:quoted}",
    "json_wrapper": "The rows were taken from {key:quoted}. Not imported: {otherKeys:quoted}",
    "other_sheets_not_read": "Other sheets were not imported: {sheets:quoted}",
    "invalid_utf8_bytes": "Not valid in the text encoding (UTF-8), so these characters may be wrong: {count:bytes}",
    "unassigned_bytes": "Not valid in the text encoding, so these characters may be wrong: {count:bytes}",
    "nul_characters_removed": "Invisible NUL characters were removed: {count}",
    "byte_order_marks_removed": "Invisible byte order marks were removed: {count}",
    "unpaired_surrogates_replaced": "Damaged characters were replaced: {cells:cells}",
    "carriage_returns_read_as_line_ends": "Single carriage returns were read as line ends",
    "broken_quotes": "Quotation marks in the wrong place were read as text: {rows:rows}, first in row {firstRow:position}",
    "rows_with_another_delimiter": "Split at another separator than the rest: {rows:rows}, first in row {firstRow:position}",
    "spaces_around_quotes_removed": "Spaces around quotation marks were removed",
    "fixed_width_read": "Columns were split by their position in the line: {columns:columns}",
    "encoded_twice": "Garbled characters, as if the text had been encoded twice: {count}. Another text encoding may repair them",
    "digits_lost_in_exponents": "Long numbers were shortened before the export, such as 1.23E+12: {cells:cells}",
    "another_table_below": "Behind a blank row, from row {row:position} on, there may be another table. Its rows were imported too",
    "leading_zeros_missing": "Leading zeros may be missing in {column:quoted}: {cells:cells}",
    "ends_at_last_row": "The table ends at the last row that a spreadsheet can have, so rows may be missing: {rows:rows}",
    "cells_at_longest": "As long as a spreadsheet cell can be, so the end may be missing: {cells:cells}",
    "hidden_rows_read": "Hidden rows were imported too: {rows:rows}",
    "formulas_without_values": "Formulas without a stored result were read as empty: {cells:cells}. Open the file in Excel or "
    "LibreOffice, save it and send it again",
    "merged_cells": "Merged cells have their value in the first row only: {count}",
    "binary_read_as_hexadecimal": "Binary values were written as hexadecimal digits: {columns:quoted}",
    "recipe_not_applied": "The saved corrections do not fit this file and were not applied",
    "over_max_records": "Left out because the import is limited: {rows:rows}",
    "layout_changed": "Columns of earlier imports are missing: {fields:quoted}",
}
"""Code → English text of what a person should know about the file and its rows."""


def because(code: str, /, **parameters: Any) -> dict[str, Any]:
    """An entry of `evidence`. Raises KeyError for a code that has no text."""
    return _entry(EVIDENCE, code, parameters)


def warning(code: str, /, **parameters: Any) -> dict[str, Any]:
    """An entry of `warnings`. Raises KeyError for a code that has no text."""
    return _entry(WARNINGS, code, parameters)


def unpacked(packing: str) -> dict[str, Any]:
    """The warning that the file came in an archive (`gzip`, `zip`)."""
    return warning("unpacked", **{"from": packing})


def _entry(texts: dict[str, str], code: str, parameters: dict[str, Any]) -> dict[str, Any]:
    if code not in texts:
        raise KeyError(code)
    return {"code": code, **parameters}
