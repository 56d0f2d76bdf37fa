"""One SQL table → fields: columns, keys, and checks that our validators can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from sqlglot import exp

from headgate.convert import rules
from headgate.convert.conversion import quoted
from headgate.convert.draft import FieldDraft, SchemaDraft
from headgate.convert.sql_script import Script, Table
from headgate.convert.sql_types import is_serial, set_type

GENERATED = (exp.AutoIncrementColumnConstraint, exp.GeneratedAsIdentityColumnConstraint, exp.ComputedColumnConstraint)
STORAGE = (exp.CharacterSetColumnConstraint, exp.CollateColumnConstraint, exp.ZeroFillColumnConstraint)
MAX_SHOWN = 80


class TableConverter:
    """Puts the columns of a table into a draft."""

    def __init__(self, table: Table, script: Script, draft: SchemaDraft) -> None:
        self.table = table
        self.script = script
        self.draft = draft
        self.notes = draft.notes
        self._fields: dict[str, FieldDraft] = {}
        self._left_out: set[str] = set()
        self._groups = 0

    def convert(self) -> None:
        """All columns, then the constraints of the whole table."""
        for column in self.table.columns:
            self._column(column)
        for constraint in self.table.constraints:
            self._constraint(constraint, self.table.full_name)

    def _column(self, column: exp.ColumnDef) -> None:
        name = column.name
        path = f"{self.table.full_name}.{name}"
        draft = FieldDraft(name, path, description=self.table.comments.get(name.lower()))
        kinds = [
            entry.args["kind"] for entry in column.args.get("constraints") or () if entry.args.get("kind") is not None
        ]
        generated = any(isinstance(kind, GENERATED) for kind in kinds) or name.lower() in self.table.generated
        if generated or is_serial(column.args.get("kind")):
            self._left_out.add(name.lower())
            self.notes.dropped(path, "The database makes the values of this column; it was left out.")
            return
        if not set_type(draft, column.args.get("kind"), self.script, self.notes):
            self._left_out.add(name.lower())
            return
        self.draft.add(draft)
        self._fields[name.lower()] = draft
        for kind in kinds:
            self._column_constraint(draft, kind)
        if draft.required and any(isinstance(kind, exp.DefaultColumnConstraint) for kind in kinds):
            draft.required = False
            self.notes.choice(
                path, "NOT NULL with a default: an empty cell is allowed, and its row has no value for the column."
            )

    def _column_constraint(self, draft: FieldDraft, kind: exp.Expr) -> None:
        if isinstance(kind, exp.NotNullColumnConstraint):
            draft.required |= not kind.args.get("allow_null")
        elif isinstance(kind, exp.PrimaryKeyColumnConstraint):
            draft.required = True
            draft.add("unique")
        elif isinstance(kind, exp.UniqueColumnConstraint):
            draft.add("unique")
        elif isinstance(kind, exp.CommentColumnConstraint):
            draft.description = kind.this.name
        elif isinstance(kind, exp.DefaultColumnConstraint):
            self.notes.dropped(draft.path, f"Empty cells are not filled in (default {self._shown(kind.this)}).")
        elif isinstance(kind, exp.CheckColumnConstraint):
            self._check(kind.this, draft.path)
        elif isinstance(kind, STORAGE):
            return
        else:
            self.notes.dropped(draft.path, f"{self._shown(kind)} has no counterpart and was left out.")

    def _constraint(self, constraint: exp.Expr, path: str) -> None:
        if isinstance(constraint, exp.Constraint):
            for inner in constraint.expressions:
                self._constraint(inner, path)
        elif isinstance(constraint, exp.PrimaryKey):
            self._unique(constraint.expressions, path, required=True)
        elif isinstance(constraint, exp.UniqueColumnConstraint):
            columns = constraint.this.expressions if isinstance(constraint.this, exp.Schema) else constraint.expressions
            self._unique(columns, path, required=False)
        elif isinstance(constraint, exp.CheckColumnConstraint | exp.Check):
            self._check(constraint.this, path)
        elif isinstance(constraint, exp.ForeignKey):
            self.notes.dropped(
                path, f"Whether a value stands in another table is not checked: {self._shown(constraint)}."
            )
        elif not isinstance(constraint, exp.IndexColumnConstraint | exp.Properties | exp.OnProperty):
            self.notes.dropped(path, f"{self._shown(constraint)} has no counterpart and was left out.")

    def _unique(self, columns: Iterable[exp.Expr], path: str, *, required: bool) -> None:
        plain = [_column_of(column) for column in columns]
        names = [name.lower() for name in plain if name is not None]
        if len(names) != len(plain) or any(name not in self._fields for name in names):
            if not (names and all(name in self._left_out for name in names)):
                shown = ", ".join(self._shown(column) for column in columns)
                self.notes.dropped(path, f"Uniqueness of {shown} cannot be checked: not all of it is a field.")
            return
        self._groups += 1
        for name in names:
            draft = self._fields[name]
            draft.required |= required
            if len(names) == 1:
                draft.add("unique")
            else:
                draft.add("unique_with", uniqueKey="primaryKey" if required else f"unique{self._groups}")

    def _check(self, condition: exp.Expr, path: str) -> None:
        for part in _conjunction(condition):
            if not self._checked(part):
                self.notes.dropped(path, f"The check {self._shown(part)} was left out; a hook can do it.")

    def _checked(self, condition: exp.Expr) -> bool:
        """Whether a condition could be said with our types and validators."""
        subject = _bare(condition.this) if isinstance(condition.this, exp.Expr) else None
        by_length = isinstance(subject, exp.Length)
        inner = _bare(subject.this) if by_length and subject is not None else subject
        draft = self._fields.get(inner.name.lower()) if isinstance(inner, exp.Column) else None
        if draft is None:
            return False
        if isinstance(condition, exp.Between):
            low, high = _number(condition.args["low"]), _number(condition.args["high"])
            return low is not None and high is not None and self._limit(draft, low, high, by_length=by_length)
        if isinstance(condition, exp.GTE | exp.GT | exp.LTE | exp.LT):
            return self._compared(draft, condition, by_length=by_length)
        options = _options(condition)
        if options is None or by_length or draft.type != "string":
            return False
        draft.validators = [validator for validator in draft.validators if validator["validate"] != "length"]
        rules.options_of(draft, self.notes, list(options))
        return True

    def _compared(self, draft: FieldDraft, condition: exp.Expr, *, by_length: bool) -> bool:
        limit = _number(condition.expression)
        if limit is None:
            return False
        if isinstance(condition, exp.GT | exp.LT):
            whole = by_length or any(validator.get("regex") == rules.WHOLE_NUMBER for validator in draft.validators)
            if not whole or limit != limit.to_integral_value():
                self.notes.dropped(draft.path, f"Limits are inclusive here, so {limit} itself is allowed.")
            else:
                limit += 1 if isinstance(condition, exp.GT) else -1
        if isinstance(condition, exp.GTE | exp.GT):
            return self._limit(draft, limit, None, by_length=by_length)
        return self._limit(draft, None, limit, by_length=by_length)

    def _limit(self, draft: FieldDraft, low: Decimal | None, high: Decimal | None, *, by_length: bool) -> bool:
        if by_length:
            if draft.type != "string" or any(limit is not None and (limit < 0 or limit % 1) for limit in (low, high)):
                return False
            draft.add("length", min=None if low is None else int(low), max=None if high is None else int(high))
            return True
        if draft.type != "number":
            return False
        known_low, known_high = draft.options.get("min"), draft.options.get("max")
        low = low if known_low is None or (low is not None and low > known_low) else None
        high = high if known_high is None or (high is not None and high < known_high) else None
        rules.bounds(draft, self.notes, low, high)
        return True

    def _shown(self, expression: exp.Expr) -> str:
        text = expression.sql(dialect=self.script.dialect)
        return quoted(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…")


def _conjunction(condition: exp.Expr) -> Iterator[exp.Expr]:
    condition = _bare(condition)
    if isinstance(condition, exp.And):
        yield from (part for side in (condition.this, condition.expression) for part in _conjunction(side))
    else:
        yield condition


def _bare(expression: exp.Expr) -> exp.Expr:
    """An expression without parentheses and casts."""
    while isinstance(expression, exp.Paren | exp.Cast) and isinstance(expression.this, exp.Expr):
        expression = expression.this
    return expression


def _column_of(expression: exp.Expr) -> str | None:
    bare = expression.this if isinstance(expression, exp.Ordered) else expression
    return bare.name if isinstance(bare, exp.Column | exp.Identifier) else None


def _number(expression: exp.Expr | None) -> Decimal | None:
    if expression is None:
        return None
    bare = _bare(expression)
    negative = isinstance(bare, exp.Neg)
    literal = _bare(bare.this) if negative else bare
    if not isinstance(literal, exp.Literal) or literal.is_string:
        return None
    try:
        number = Decimal(literal.name)
    except InvalidOperation:
        return None
    return -number if negative else number


def _options(condition: exp.Expr) -> list[str] | None:
    """The texts of `c IN ('a', 'b')`, also as PostgreSQL's dumps say it: `c = ANY (ARRAY['a', 'b'])`."""
    if isinstance(condition, exp.In):
        entries = condition.expressions
    elif isinstance(condition, exp.EQ) and isinstance(condition.expression, exp.Any):
        array = _bare(condition.expression.this)
        entries = array.expressions if isinstance(array, exp.Array) else []
    else:
        return None
    literals = [_bare(entry) for entry in entries]
    if not literals or not all(isinstance(literal, exp.Literal) and literal.is_string for literal in literals):
        return None
    return [literal.name for literal in literals]
