"""Why something cannot be done that a person asked for, in words. What only a faulty client can cause is said in English where it
is found (RefusedChangeError)."""

from __future__ import annotations

from typing import Any

from headgate.engine.messages.english import in_english
from headgate.engine.review.log import RefusedChangeError

REFUSALS = {
    "nothing_left_to_fix": "There is nothing left to fix here. Somebody may have fixed it already.",
    "rows_may_not_be_deleted": "Rows of this import may not be deleted. Correct them instead.",
    "rows_may_not_be_added": "Rows may not be added to this import.",
    "field_may_not_be_changed": "The cells of {field:quoted} may not be changed.",
    "field_is_masked": "The values of {field:quoted} are hidden and cannot be searched. Type new values instead.",
    "cells_may_not_be_changed": "These cells may not be changed.",
    "no_such_option": "{value:quoted} is no option of {field:quoted}. Choose one of its options.",
    "text_missing": "Enter the text that all of these cells shall have.",
    "fix_not_offered": "This fix is not offered for these cells any more. Load the page again.",
    "transform_switched_off": "Transform is switched off for this import. Edit the cells instead.",
    "rows_not_ready": "The rows are not ready yet. Ask again in a moment.",
    "header_first": "First choose the row that holds the column names.",
    "columns_first": "First match the columns that are still in question.",
    "row_gone": "The row is not there any more. Somebody may have deleted it.",
    "rows_gone": "These rows are not there any more.",
    "fill_from_missing": "Select the cell to copy together with those to be filled.",
    "find_missing": "Enter what is to be found.",
    "not_delimited": "Encoding and delimiter can be chosen for delimited text only, and this file is none.",
    "delimiter_empty": "The delimiter is empty. Enter the character between the cells.",
    "no_such_sheet": "The workbook has no sheet of that name with data. Choose another.",
    "no_header_to_choose": "The file names its columns itself; it has no header row to choose.",
    "no_fields_of_your_own": "This import takes no fields of your own. Choose one of its fields.",
    "too_many_fields": "An import takes at most {max} fields of your own.",
    "other_import": "This workbook belongs to another import. Download the rows again, copy your corrections into that workbook, and "
    "give it back.",
    "column_twice": "The column {field:quoted} stands in the workbook twice. Delete one of them.",
    "rows_shuffled": "{n:rows} of the workbook have got the hidden numbers of other rows, as happens when a part of the columns is sorted. "
    "Nothing was taken over. Download the rows again, copy your corrections into that workbook, and give it back.",
    "row_number_overwritten": "Row {row} of the workbook has something else than a row number in its hidden first column. Download the "
    "rows again, copy your corrections into that workbook, and give it back.",
    "not_our_workbook": "This is not a workbook that was downloaded from a review, or its hidden first row was deleted. Download the rows "
    "as Excel, correct them there, and give that file back.",
    "workbook_says_nothing": "The workbook says nothing else than the review does.",
    "upload_gone": "This workbook is not here any more. Upload it again.",
}
"""The English texts by name; their message keys are `refusal.<name>`."""


def refused(code: str, name: str, **parameters: Any) -> RefusedChangeError:
    """A refusal with one of the texts, which reviewers read in their own language."""
    message = in_english(REFUSALS[name], parameters)
    return RefusedChangeError(code, message, key=f"refusal.{name}", parameters=parameters)
