"""SQL `CREATE TABLE` → our schema: which dialect it is, and which table is meant."""

from __future__ import annotations

import re

from headgate.convert.conversion import Conversion, ConversionError, Notes, quoted
from headgate.convert.detect import HOW_TO_CHOOSE, SQL_FORMS
from headgate.convert.draft import SchemaDraft
from headgate.convert.selecting import chosen
from headgate.convert.sql_script import Script, Table, read_script
from headgate.convert.sql_table import TableConverter

_NOT_CODE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_MARKS = {
    "postgresql": r"::|\b(small|big)?serial\b|\btimestamptz\b|\bcharacter varying\b|\bjsonb\b|\bbytea\b|\bas identity\b|\btext\s*\[\]"
    r"|\bcreate\s+type\b|\bowner to\b|\bwith(out)? time zone\b|\bcitext\b",
    "mysql": r"\bauto_increment\b|\bengine\s*=|\bunsigned\b|\bmediumint\b|\b(long|medium|tiny)text\b|(?<!as )\benum\s*\(|\bzerofill\b",
    "sqlite": r"\bautoincrement\b|\bwithout\s+rowid\b|\)\s*strict\s*(;|$)|\bpragma\b",
    "sqlserver": r"[\s.(,]\[[A-Za-z_][\w $-]*\]|(?<!as )\bidentity\s*\(|\bn(var)?char\b|\buniqueidentifier\b|\bdatetime2\b"
    r"|\bdatetimeoffset\b|^\s*go\s*$|\bdbo\.|\b(non)?clustered\b|\bsmalldatetime\b|\bvarchar\s*\(\s*max\s*\)",
}
_PORTABLE = ("postgresql", "mysql", "sqlserver")
"""Forms that a script without marks could be. SQLite checks no types, so it is taken only where a script is clearly for it."""


def looks_like_sql(text: str) -> bool:
    """Whether a text has a CREATE TABLE statement."""
    return re.search(r"\bcreate\s+(\w+\s+){0,3}table\b", text, re.IGNORECASE) is not None


def convert(text: str, form: str | None, select: str | None, name: str) -> Conversion:
    """The table `select` of a script, or its only one. Raises ConversionError."""
    if form is not None:
        return _convert_as(form, text, select, name)
    marked = _marked(text)
    if len(marked) > 1:
        raise ConversionError(f"The SQL could be for {' or '.join(marked)}. {HOW_TO_CHOOSE}")
    if marked:
        found = _convert_as(marked[0], text, select, name)
        return _with_choice(found, f"The SQL was read as {marked[0]}, by the words that stand in it.")
    return _portable(text, select, name)


def _marked(text: str) -> list[str]:
    code = _NOT_CODE.sub(" ", text)
    marked = [form for form, mark in _MARKS.items() if re.search(mark, code, re.IGNORECASE | re.MULTILINE)]
    return marked or (["mysql"] if "`" in code else [])


def _portable(text: str, select: str | None, name: str) -> Conversion:
    found: list[Conversion] = []
    failure: ConversionError | None = None
    for form in _PORTABLE:
        try:
            found.append(_convert_as(form, text, select, name))
        except ConversionError as error:
            failure = failure or error
    if not found:
        raise failure or ConversionError(HOW_TO_CHOOSE)
    if any(other.document != found[0].document for other in found[1:]):
        forms = " or ".join(conversion.form for conversion in found)
        raise ConversionError(f"The SQL means different things as {forms}. {HOW_TO_CHOOSE}")
    return _with_choice(found[0], f"Nothing says which database the SQL is for; it was read as {found[0].form}.")


def _convert_as(form: str, text: str, select: str | None, name: str) -> Conversion:
    try:
        script = read_script(text, SQL_FORMS[form])
        table = _table(script, select)
        draft = SchemaDraft(form, Notes())
        draft.name = table.name
        TableConverter(table, script, draft).convert()
    except RecursionError as error:
        raise ConversionError("The SQL is nested too deeply.") from error
    if script.others:
        kinds = ", ".join(sorted(script.others)[:10])
        draft.notes.dropped("", f"Other statements were not read ({kinds}).")
    if len(script.tables) > 1:
        draft.notes.choice("", f"Only the table {quoted(table.full_name)} was read, of {len(script.tables)}.")
    return draft.finish(name)


def _table(script: Script, select: str | None) -> Table:
    by_name = {table.full_name: table for table in script.tables}
    if select is not None and select not in by_name:
        same = [table for table in script.tables if table.name.lower() == select.lower()]
        select = same[0].full_name if len(same) == 1 else select
    return by_name[chosen(by_name, select, "table")]


def _with_choice(conversion: Conversion, message: str) -> Conversion:
    notes = Notes()
    notes.choice("", message)
    return Conversion(conversion.form, conversion.document, (*notes, *conversion.notes))
