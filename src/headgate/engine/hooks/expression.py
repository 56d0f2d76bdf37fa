"""The row expression of Transform: what it looks at, and running it on rows in an engine process of its own.

An expression comes from whoever has the review's link, so it never shares a process with the schema's hooks and cannot
`fetch`. The limits are those of hooks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from tree_sitter import Node

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.check import javascript_tree
from headgate.engine.hooks.failures import HookFailedError
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.replies import MalformedReplyError, parse_changes, parse_times
from headgate.engine.hooks.rows import HookField, RowBatch, RowChanges, joined
from headgate.records import dataclass

_AHEAD = 2
_ROW_NAMES = {b"row", b"text"}
_WHOLE_ROW = {b"arguments", b"eval"}
_STEPS_INTO = {"member_expression": "property", "subscript_expression": "index"}


class ExpressionError(ValueError):
    """An expression that cannot be run, or that failed on a row.

    `line`, `column` (from 1) are places in the expression, `index` is the index of the row; None where unknown.
    """

    def __init__(
        self, reason: str, line: int | None = None, column: int | None = None, index: int | None = None
    ) -> None:
        self.reason, self.line, self.column, self.index = reason, line, column, index
        super().__init__(reason)

    @classmethod
    def of(cls, failure: ImportFailedError) -> ExpressionError:
        """What the engine told."""
        reason = failure.reason if isinstance(failure, HookFailedError) else failure.message
        context = failure.context
        return cls(
            reason.replace("The hooks used", "The expression used").replace("The hook ", "The expression "),
            context.get("line"),
            context.get("column"),
            context.get("row"),
        )


def keys_read(source: str) -> frozenset[str] | None:
    """The keys of the fields that an expression looks at; None when that cannot be told, so that all may be meant."""
    root = javascript_tree(f"(\n{source}\n)")
    if root.has_error:
        root = javascript_tree(f"function f(){{\n{source}\n}}")
    if root.has_error:
        return None
    found: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.named_children
        if node.type == "shorthand_property_identifier" and node.text in _ROW_NAMES | _WHOLE_ROW:
            return None
        if node.type != "identifier":
            continue
        if node.text in _WHOLE_ROW:
            return None
        if node.text in _ROW_NAMES:
            key = _key_after(node)
            if key is None:
                return None
            found.add(key)
    return frozenset(found)


def _key_after(row: Node) -> str | None:
    """The key in `row.key` or `row["key"]`; None for any other use of the row."""
    parent = row.parent
    if parent is None or parent.type not in _STEPS_INTO or parent.child_by_field_name("object") != row:
        return None
    step = parent.child_by_field_name(_STEPS_INTO[parent.type])
    if step is None or step.text is None:
        return None
    if step.type == "property_identifier" and b"\\" not in step.text:
        return step.text.decode()
    if step.type == "string" and all(child.type == "string_fragment" for child in step.named_children):
        return step.text.decode()[1:-1]
    return None


@dataclass(frozen=True)
class ExpressionFields:
    """The fields as an expression sees them. `described`: its `fields`, such as `{key, label, type}`. `hidden`: the keys of those
    that it may write, but not look at."""

    fields: Sequence[HookField]
    described: Sequence[dict[str, Any]]
    hidden: frozenset[str] = frozenset()

    def read_by(self, source: str) -> list[HookField]:
        """The fields that an expression may look at."""
        keys = keys_read(source)
        seen = [field for field in self.fields if field.key not in self.hidden]
        return [field for field in seen if keys is None or field.key in keys]


class RowExpression:
    """An expression loaded into an engine process that runs nothing else. The caller closes the process."""

    def __init__(self, process: HookProcess, source: str, fields: ExpressionFields) -> None:
        """Load it. Raises ExpressionError for what does not compile."""
        if len(source.encode("utf-8", "surrogatepass")) > process.limits.source_bytes:
            raise ExpressionError(f"It is longer than {process.limits.source_bytes} bytes.")
        if not _is_unicode(source):
            raise ExpressionError("It holds half of a surrogate pair, which is no character.")
        self._process = process
        self._orders = 0
        self.read = fields.read_by(source)
        self.slots_read = [slot for field in self.read for slot in field.slots]
        """The columns that batches must have."""
        self._slots = [slot for field in fields.fields for slot in field.slots]
        process.hook_counts = {"transform": 1}
        read = {slot: number for number, slot in enumerate(self.slots_read)}
        written = {slot: number for number, slot in enumerate(self._slots)}
        self._run(
            {
                "op": "expression",
                "source": source,
                "read": [field.to_order(read) for field in self.read],
                "written": [field.to_order(written) for field in fields.fields],
                "fields": list(fields.described),
                "hidden": sorted(fields.hidden),
            }
        )

    def run(self, batch: RowBatch) -> RowChanges:
        """What the expression gives for the rows of a batch: null is JavaScript's null, "" an emptied text.

        Values that are just what the row has are left out where the expression looks at them; a caller compares the
        others. Raises ExpressionError.
        """
        parts = list(self._parts(batch))
        return joined(parts) if parts else RowChanges()

    def run_all(self, batches: Iterable[RowBatch]) -> Iterator[tuple[RowBatch, RowChanges]]:
        """`run` for one batch after another."""
        for batch in batches:
            yield batch, self.run(batch)

    def _parts(self, batch: RowBatch) -> Iterator[RowChanges]:
        sent: deque[tuple[int, int, int]] = deque()
        orders = _orders(batch, self.slots_read)
        start = 0
        while True:
            height, order = next(orders, (0, {}))
            if height:
                sent.append((self._post({"op": "transform", **order}), start, height))
                start += height
            elif not sent:
                return
            if not height or len(sent) > _AHEAD:
                number, first, rows = sent.popleft()
                yield self._read(self._done(number), rows, first)

    def _read(self, message: dict[str, Any], rows: int, first: int) -> RowChanges:
        try:
            parse_times(message, 1)
            return parse_changes(message, self._slots, rows, 0, first=first)
        except MalformedReplyError as error:
            self._process.close()
            raise ExpressionError(str(error).replace("The hook ", "The expression ")) from None

    def _run(self, order: dict[str, Any]) -> None:
        self._done(self._post(order))

    def _post(self, order: dict[str, Any]) -> int:
        self._orders += 1
        try:
            self._process.post({**order, "id": self._orders})
        except ImportFailedError as failure:
            raise ExpressionError.of(failure) from None
        return self._orders

    def _done(self, number: int) -> dict[str, Any]:
        try:
            message = self._process.answer("transform")
        except ImportFailedError as failure:
            raise ExpressionError.of(failure) from None
        if message["t"] != "done" or message.get("id") != number:
            self._process.close()
            raise ExpressionError("It disturbed the engine: an answer comes out of turn.")
        return message


def _orders(batch: RowBatch, slots: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The batch in messages, with the height of each: all of it in one where the expression looks at no cell."""
    bare = replace(batch, infos=None, options=())
    for count, order in bare.orders(slots):
        yield count, {key: order[key] for key in ("count", "index", "texts", "results")}


def _is_unicode(source: str) -> bool:
    try:
        source.encode()
    except UnicodeEncodeError:
        return False
    return True
