"""Types of SQL columns → types of our fields."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from headgate.convert import rules
from headgate.convert.conversion import Notes, quoted
from headgate.convert.draft import FieldDraft
from headgate.convert.sql_script import Script

TEXTS = frozenset({
    "CHAR", "NCHAR", "BPCHAR", "VARCHAR", "NVARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "NAME", "FIXEDSTRING",
})  # fmt: skip
BINARY = frozenset({"BINARY", "VARBINARY", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "IMAGE", "ROWVERSION"})
SERIAL = frozenset({"SERIAL", "BIGSERIAL", "SMALLSERIAL"})
FLOATS = frozenset({"FLOAT", "DOUBLE", "REAL", "DECFLOAT", "BIGDECIMAL"})
DATETIMES = frozenset({
    "DATETIME", "DATETIME2", "SMALLDATETIME", "DATETIME64", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMPLTZ", "TIMESTAMPNTZ",
})  # fmt: skip
WITH_OFFSET = frozenset({"TIMESTAMPTZ", "TIMESTAMPLTZ", "TIMETZ"})
BITS = {"TINYINT": 8, "SMALLINT": 16, "MEDIUMINT": 24, "INT": 32, "BIGINT": 64}


def set_type(draft: FieldDraft, kind: exp.DataType | None, script: Script, notes: Notes) -> bool:
    """Give the field the type of its column; False when no cell of a file could hold it."""
    if kind is None:
        notes.choice(draft.path, "The column has no type; the field takes any text.")
        return True
    name = _name(kind)
    sizes = _sizes(kind)
    if name in BINARY:
        notes.dropped(draft.path, f"Bytes ({name}) cannot stand in a cell; the column was left out.")
        return False
    if name in TEXTS:
        rules.length(draft, None, sizes[0] if sizes else None)
    elif not _numeric(draft, name, sizes, script.dialect, notes):
        _other(draft, kind, name, script, notes)
    return True


def _numeric(draft: FieldDraft, name: str, sizes: list[int], dialect: str, notes: Notes) -> bool:
    """Numbers and bits; False when the type is neither."""
    if name == "BIT" and (dialect != "tsql" and sizes[:1] not in ([], [1])):
        notes.dropped(draft.path, "The field takes any text: bits are not checked.")
    elif name in ("BOOLEAN", "BIT") or (dialect == "mysql" and name == "TINYINT" and sizes == [1]):
        draft.type = "checkbox"
        if name == "TINYINT":
            notes.choice(draft.path, "TINYINT(1) was read as true or false, as MySQL's own tools do.")
    elif name.removeprefix("U") in BITS:
        _whole(draft, name, dialect)
    elif name in ("DECIMAL", "UDECIMAL"):
        _decimal(draft, sizes, dialect)
        rules.bounds(draft, notes, Decimal(0) if name == "UDECIMAL" else None, None)
    elif name in FLOATS or name in ("MONEY", "SMALLMONEY"):
        draft.type = "number"
        if "MONEY" in name:
            rules.decimal_places(draft, 2 if dialect == "postgres" else 4)
    elif name == "YEAR":
        rules.whole_number(draft)
        rules.bounds(draft, notes, Decimal(1901), Decimal(2155))
    else:
        return False
    return True


def _other(draft: FieldDraft, kind: exp.DataType, name: str, script: Script, notes: Notes) -> None:
    if name in DATETIMES or name in ("TIME", "TIMETZ"):
        draft.type, draft.options = ("datetime" if name in DATETIMES else "time"), {"withSeconds": True}
        if name in WITH_OFFSET:
            rules.offset_lost(draft, notes)
    elif name in ("DATE", "DATE32"):
        draft.type = "date"
    elif name == "UUID":
        draft.type = "uuid"
    elif name in ("ENUM", "SET"):
        rules.options_of(draft, notes, [entry.name for entry in kind.expressions], several=name == "SET")
    elif name == "ARRAY":
        inner = next((entry for entry in kind.expressions if isinstance(entry, exp.DataType)), None)
        if set_type(draft, inner, script, notes):
            if draft.type == "select":
                draft.type = "multi-select"
            else:
                rules.several_columns(draft, notes)
    elif name.lower() in script.enums:
        rules.options_of(draft, notes, list(script.enums[name.lower()]))
    else:
        notes.dropped(draft.path, f"The type {quoted(name)} has no counterpart: the field takes any text.")


def _whole(draft: FieldDraft, name: str, dialect: str) -> None:
    unsigned = name.startswith("U") or (name == "TINYINT" and dialect == "tsql")
    # SQLite keeps 64 bits, whatever the type is called.
    bits = 64 if dialect == "sqlite" else BITS[name.removeprefix("U")]
    rules.whole_number(draft)
    draft.options["min"] = 0 if unsigned else -(2 ** (bits - 1))
    draft.options["max"] = 2**bits - 1 if unsigned else 2 ** (bits - 1) - 1


def _decimal(draft: FieldDraft, sizes: list[int], dialect: str) -> None:
    draft.type = "number"
    if not sizes and dialect in ("mysql", "tsql"):
        sizes = [10 if dialect == "mysql" else 18]
    if sizes and dialect != "sqlite":
        rules.decimal_places(draft, sizes[1] if len(sizes) > 1 else 0, sizes[0])


def _name(kind: exp.DataType) -> str:
    if kind.this == exp.DataType.Type.USERDEFINED:
        return str(kind.args.get("kind") or "unknown").split(".")[-1].strip('"`[]')
    return str(kind.this.value if hasattr(kind.this, "value") else kind.this).upper()


def _sizes(kind: exp.DataType) -> list[int]:
    names = [entry.name for entry in kind.expressions if isinstance(entry, exp.DataTypeParam)]
    return [int(name) for name in names if name.isascii() and name.isdigit()]


def is_serial(kind: exp.DataType | None) -> bool:
    """Whether the database makes the column's values by its type."""
    return kind is not None and _name(kind) in SERIAL
