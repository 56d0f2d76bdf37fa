"""A SQL script taken apart: its tables, with what later statements say about them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError

from headgate.convert.conversion import ConversionError, quoted
from headgate.records import dataclass

_COPIED_ROWS = re.compile(r"^COPY [^\n]*FROM stdin;$.*?^\\\.$", re.MULTILINE | re.DOTALL)
_META_COMMAND = re.compile(r"^\\[a-z]+.*$", re.MULTILINE)
_BATCH_END = re.compile(r"^[ \t]*GO[ \t]*\d*[ \t]*$", re.MULTILINE | re.IGNORECASE)
_STORAGE_WORDS = frozenset({"CLUSTERED", "NONCLUSTERED", "ROWGUIDCOL", "SPARSE"})
"""Words of SQL Server about where rows are kept, which its grammar allows in places that a general parser does not know."""
MAX_SHOWN = 60

# What sqlglot cannot read is our note or error; its own warnings would reach the terminal beside them.
logging.getLogger("sqlglot").addHandler(logging.NullHandler())


@dataclass
class Table:
    """One table: its columns, and all constraints, those of later statements included."""

    name: str
    full_name: str
    columns: list[exp.ColumnDef] = field(default_factory=list)
    constraints: list[exp.Expr] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    """Column name in lower case → its comment."""
    generated: set[str] = field(default_factory=set)
    """Names in lower case of columns that the database fills."""


@dataclass
class Script:
    """`enums`: name of a type in lower case → its texts. `others`: the first words of statements that were not read."""

    dialect: str
    tables: list[Table] = field(default_factory=list)
    enums: dict[str, list[str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def table(self, name: str) -> Table | None:
        """The table with that name, with or without its schema."""
        wanted = name.lower()
        found = [table for table in self.tables if wanted in (table.full_name.lower(), table.name.lower())]
        return found[0] if len(found) == 1 else None


def read_script(text: str, dialect: str) -> Script:
    """Read a script. Raises ConversionError that says where it cannot be read."""
    script = Script(dialect)
    reader = _Reader(script, Dialect.get_or_raise(dialect))
    for statement in reader.statements(_prepared(text, dialect)):
        reader.read(statement)
    if not script.tables:
        raise ConversionError("The SQL has no CREATE TABLE statement with columns.")
    return script


def _prepared(text: str, dialect: str) -> str:
    if dialect == "postgres":
        return _META_COMMAND.sub("", _COPIED_ROWS.sub("", text))
    return _BATCH_END.sub(";", text) if dialect == "tsql" else text


class _Reader:
    def __init__(self, script: Script, dialect: Dialect) -> None:
        self.script = script
        self.dialect = dialect
        self.sql = ""

    def statements(self, text: str) -> Iterator[list[Token]]:
        self.sql = text
        try:
            tokens = self.dialect.tokenize(text)
        except SqlglotError as error:
            raise ConversionError(
                "The SQL cannot be read: a text or comment has no end, or a character is unknown."
            ) from error
        current: list[Token] = []
        for token in tokens:
            if token.token_type == TokenType.SEMICOLON:
                yield current
                current = []
            else:
                current.append(token)
        yield current

    def read(self, tokens: list[Token]) -> None:
        words = [token.text.upper() for token in tokens[:8]]
        if not words:
            return
        first = words[0]
        head = words[: words.index("(")] if "(" in words else words
        if first == "CREATE" and "TABLE" in head[:5]:
            self._table(tokens)
        elif first == "CREATE" and head[1:2] == ["TYPE"]:
            self._other(words, self._enum(tokens))
        elif first == "CREATE" and head[1:3] == ["UNIQUE", "INDEX"]:
            self._other(words, self._unique_index(tokens))
        elif first == "ALTER" and head[1:2] == ["TABLE"]:
            self._other(words, self._alter(tokens))
        elif first == "COMMENT" and head[1:2] == ["ON"]:
            self._other(words, self._comment(tokens))
        else:
            self._other(words, read=False)

    def _other(self, words: Sequence[str], read: bool) -> None:
        if not read:
            self.script.others.add(" ".join(word for word in words[:2] if word.isidentifier()) or "unknown")

    def _parse(self, tokens: list[Token]) -> exp.Expr | None:
        try:
            found = self.dialect.parser().parse(tokens, self.sql)
        except SqlglotError:
            return None
        return found[0] if found and not isinstance(found[0], exp.Command) else None

    def _table(self, tokens: list[Token]) -> None:
        body = self._without_options(tokens)
        try:
            parsed = self.dialect.parser().parse(body, self.sql)[0]
        except SqlglotError as error:  # also of texts inside of texts, which are taken apart only here
            raise ConversionError(f"A CREATE TABLE statement cannot be read{_place(error)}.") from error
        schema = parsed.this if isinstance(parsed, exp.Create) else None
        if not isinstance(schema, exp.Schema):
            # CREATE TABLE … AS SELECT, LIKE and the like name no columns.
            self.script.others.add("CREATE TABLE without columns")
            return
        name, full_name = _names(schema.this)
        table = Table(name, full_name)
        for entry in schema.expressions:
            if isinstance(entry, exp.ColumnDef):
                table.columns.append(entry)
            elif isinstance(entry, exp.Identifier):  # SQLite's columns need no type
                table.columns.append(exp.ColumnDef(this=entry, constraints=[]))
            else:
                table.constraints.append(entry)
        self.script.tables.append(table)

    def _without_options(self, tokens: list[Token]) -> list[Token]:
        """The statement up to the end of its columns: how the table is kept does not matter."""
        depth = 0
        for position, token in enumerate(tokens):
            if token.token_type == TokenType.L_PAREN:
                depth += 1
            elif token.token_type == TokenType.R_PAREN:
                depth -= 1
                if depth == 0:
                    tokens = tokens[: position + 1]
                    break
        if self.script.dialect != "tsql":
            return tokens
        return [
            token
            for token in tokens
            if token.text.upper() not in _STORAGE_WORDS or token.token_type == TokenType.STRING
        ]

    def _enum(self, tokens: list[Token]) -> bool:
        parsed = self._parse(tokens)
        if not isinstance(parsed, exp.Create) or not isinstance(parsed.expression, exp.DataType):
            return False
        texts = [literal.name for literal in parsed.expression.expressions if isinstance(literal, exp.Literal)]
        self.script.enums[parsed.this.name.lower()] = texts
        return True

    def _unique_index(self, tokens: list[Token]) -> bool:
        parsed = self._parse(tokens)
        index = parsed.this if isinstance(parsed, exp.Create) else None
        if not isinstance(index, exp.Index) or index.args.get("table") is None:
            return False
        table = self.script.table(_names(index.args["table"])[1])
        parameters = index.args.get("params")
        columns = parameters.args.get("columns") if parameters is not None else None
        if table is None or not columns or (parameters is not None and parameters.args.get("where") is not None):
            return False
        table.constraints.append(exp.UniqueColumnConstraint(this=exp.Schema(expressions=columns)))
        return True

    def _alter(self, tokens: list[Token]) -> bool:
        words = [token.text.upper() for token in tokens]
        parsed = self._parse([token for token in tokens if token.text.upper() not in _STORAGE_WORDS])
        if not isinstance(parsed, exp.Alter):
            return self._generated(tokens, words)
        table = self.script.table(_names(parsed.this)[1])
        if table is None:
            return False
        added = [
            entry
            for action in parsed.args["actions"]
            if isinstance(action, exp.AddConstraint)
            for entry in action.expressions
        ]
        table.constraints.extend(added)
        return bool(added) or "DEFAULT" in words or "OWNER" in words

    def _generated(self, tokens: list[Token], words: list[str]) -> bool:
        """`ALTER TABLE t ALTER COLUMN c ADD GENERATED …`, as PostgreSQL's dumps say it."""
        if "GENERATED" not in words or "COLUMN" not in words:
            return False
        place = words.index("COLUMN")
        table = self.script.table(tokens[place - 2].text)
        if table is None:
            return False
        table.generated.add(tokens[place + 1].text.lower())
        return True

    def _comment(self, tokens: list[Token]) -> bool:
        parsed = self._parse(tokens)
        if not isinstance(parsed, exp.Comment) or not isinstance(parsed.expression, exp.Literal):
            return False
        if parsed.args.get("kind") == "COLUMN" and isinstance(parsed.this, exp.Column):
            owner = ".".join(part for part in (parsed.this.db, parsed.this.table) if part)
            table = self.script.table(owner)
            if table is not None:
                table.comments[parsed.this.name.lower()] = parsed.expression.name
        return True


def _names(table: exp.Expr) -> tuple[str, str]:
    return table.name, ".".join(
        part for part in (table.args["db"].name if table.args.get("db") else "", table.name) if part
    )


def _place(error: SqlglotError) -> str:
    detail = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    near = str(detail.get("highlight") or "")[:MAX_SHOWN]
    return f" (line {detail.get('line', '?')}, near {quoted(near)})" if near else ""
