"""The hooks of one import, called in the order and form of hooks.md. The pipeline decides when."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Literal, NoReturn, TypeVar

import orjson

from headgate.engine.hooks.actions import Action, ActionReader
from headgate.engine.hooks.failures import HookKind, fail
from headgate.engine.hooks.process import ConsoleEntry, HookProcess
from headgate.engine.hooks.replies import MalformedReplyError, parse_changes, parse_times
from headgate.engine.hooks.rows import HookField, RowBatch, RowChanges, joined
from headgate.engine.hooks.sources import sources_of
from headgate.records import dataclass
from headgate.schema.hooks import Hooks, StepType

Mode = Literal["init", "update"]
Found = TypeVar("Found")

DEFAULT_BATCH_HOOK_ROWS = 1000
_AHEAD = 2
"""Messages sent before the answer to the first is read, so that both sides work at once."""


@dataclass
class HookStatistics:
    """One entry of `decisions.hooks`."""

    kind: HookKind
    position: int
    calls: int = 0
    milliseconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "kind": self.kind,
            "position": self.position,
            "calls": self.calls,
            "milliseconds": round(self.milliseconds, 3),
        }


@dataclass(frozen=True)
class StepResult:
    """What the step hooks of one step asked for, in order."""

    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class FinishResult:
    """What `beforeFinishCallback` decided: `cancel_message` is None when the import may end."""

    cancel_message: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass
class _OpenBatch:
    """A batch some of whose rows still wait for their slice to be called."""

    height: int
    done: int = 0
    parts: list[RowChanges] = field(default_factory=list)


class HookSession:
    """Calls the hooks of one import in its engine process.

    `field_keys`: the schema's keys in order, which actions may name. Every method raises
    ImportFailedError("hook_failed") for any mistake of a hook; the session is over then. The caller closes `process`.
    """

    def __init__(self, process: HookProcess, hooks: Hooks, field_keys: Iterable[str] = ()) -> None:
        self._process = process
        self._hooks = hooks
        self._actions = ActionReader(list(field_keys))
        self._slots: dict[str, int] = {}
        self._orders = 0
        self._sources = sources_of(hooks)
        self._statistics = {(kind, at): HookStatistics(kind, at) for kind, at, _ in self._sources}
        process.hook_counts = {kind: self._count(kind) for kind, _, _ in self._sources}
        self._load()

    @property
    def console(self) -> list[ConsoleEntry]:
        """What the hooks wrote to their console so far, also after a failure."""
        return self._process.console

    @property
    def statistics(self) -> list[HookStatistics]:
        """Calls and time of every hook, in the order of the schema: `decisions.hooks`."""
        return list(self._statistics.values())

    @property
    def field_keys(self) -> list[str]:
        """The keys of the fields as the actions so far leave them, in order."""
        return list(self._actions.field_keys)

    def set_fields(self, fields: Sequence[HookField]) -> None:
        """Say which fields and slots the following batches have. To be repeated whenever they change."""
        self._slots = {slot: number for number, slot in enumerate(slot for entry in fields for slot in entry.slots)}
        order = [entry.to_order(self._slots) for entry in fields]
        self._actions.columns = {entry.key: len(entry.slots) for entry in fields}
        self._run("layout", "rowHooks", {"fields": order})

    def step(self, step: StepType, payload: Mapping[str, Any]) -> StepResult:
        """Call the step hooks of that type, one after another. `payload` is their second argument."""
        positions = [at for at, hook in enumerate(self._hooks.step_hooks) if hook.type == step]
        if not positions:
            return StepResult()
        done = self._run("step", "stepHooks", {"positions": positions, "payload": payload})
        self._count_calls("stepHooks", positions, 1, done)
        return StepResult(self._read_actions(done, "stepHooks", before_table=step == "UPLOAD_STEP"))

    def column_hooks(self, hook_field: HookField, slot: str, batches: Iterable[RowBatch]) -> list[RowChanges]:
        """Call the column hooks of a field on one of its slots with all of its cells. The answers fit the batches."""
        positions = [at for at, hook in enumerate(self._hooks.column_hooks) if hook.field_name == hook_field.key]
        if not positions:
            return [RowChanges() for _ in batches]
        heights = []
        for batch in batches:
            heights.append(batch.height)
            for _, order in batch.orders([slot]):
                self._collect("collectColumn", "columnHooks", {**order, "texts": order["texts"][0]})
        if not sum(heights):
            return [RowChanges() for _ in heights]
        description = hook_field.to_order(dict.fromkeys(hook_field.slots, 0))
        order = {"positions": positions, "field": description}
        changes = self._run_collected("column", "columnHooks", positions, order, sum(heights), [slot])
        return [changes.between(start, start + height) for start, height in _ranges(heights)]

    def row_hooks(self, batch: RowBatch, mode: Mode) -> RowChanges:
        """Call the row hooks on every row of the batch ("init": all rows of the import, "update": changed ones)."""
        return joined(list(self._each("rows", "rowHooks", batch, {"mode": mode})))

    def row_delete_hooks(self, batch: RowBatch) -> None:
        """Tell the row delete hooks of every row of the batch, which a person removed."""
        for _ in self._each("deleted", "rowDeleteHooks", batch, {}):
            pass

    def bulk_row_hooks(self, batches: Iterable[RowBatch], mode: Mode) -> list[RowChanges]:
        """Call the bulk row hooks once, with the rows of all batches. The answers fit the batches."""
        if not self._hooks.bulk_row_hooks:
            return [RowChanges() for _ in batches]
        heights = []
        for batch in batches:
            heights.append(batch.height)
            self._collect_rows("bulkRowHooks", batch)
        changes = self._call_with_all("bulkRowHooks", mode, sum(heights))
        return [changes.between(start, start + height) for start, height in _ranges(heights)]

    def batch_row_hooks(self, batches: Iterable[RowBatch], rows_per_call: int | None = None) -> Iterator[RowChanges]:
        """Call the batch row hooks with `rows_per_call` rows at a time, however the batches are cut.

        Yields the changes of each batch as soon as all its rows have been through.
        """
        if not self._hooks.batch_row_hooks:
            yield from (RowChanges() for _ in batches)
            return
        size = rows_per_call or DEFAULT_BATCH_HOOK_ROWS
        waiting: list[_OpenBatch] = []
        pieces: list[tuple[_OpenBatch, int, int]] = []
        number = filled = 0
        for batch in batches:
            waiting.append(_OpenBatch(batch.height))
            start = 0
            while start < batch.height:
                count = min(size - filled, batch.height - start)
                self._collect_rows("batchRowHooks", batch.slice(start, count))
                pieces.append((waiting[-1], start, count))
                start, filled = start + count, filled + count
                if filled == size:
                    number += 1
                    self._call_slice(number, pieces)
                    pieces, filled = [], 0
            while waiting and waiting[0].done == waiting[0].height:
                yield joined(waiting.pop(0).parts)
        if filled:
            self._call_slice(number + 1, pieces)
        yield from (joined(batch.parts) for batch in waiting)

    def before_finish(self, rows: Iterable[bytes | list[dict[str, Any]]], metadata: Mapping[str, Any]) -> FinishResult:
        """Call `beforeFinishCallback` with the result rows, given in parts: JSON arrays, or lists of rows."""
        if self._hooks.before_finish_callback is None:
            return FinishResult()
        for part in rows:
            given = orjson.Fragment(part) if isinstance(part, bytes) else part
            self._collect("collectFinish", "beforeFinishCallback", {"rows": given})
        done = self._run("finish", "beforeFinishCallback", {"metadata": metadata})
        self._count_calls("beforeFinishCallback", [0], 1, done)
        message = done.get("cancel")
        if message is not None and not isinstance(message, str):
            fail("The hook disturbed the engine: the message is no text.", "beforeFinishCallback")
        return FinishResult(message, self._read_actions(done, "beforeFinishCallback", before_table=False))

    def _count(self, kind: HookKind) -> int:
        return sum(1 for found, _, _ in self._sources if found == kind)

    def _load(self) -> None:
        limit = self._process.limits.source_bytes
        for kind, position, source in self._sources:
            if len(source.encode("utf-8", "surrogatepass")) > limit:
                fail(f"The source is larger than {limit} bytes.", kind, position)
        if self._sources:
            self._run(
                "load",
                self._sources[0][0],
                {"hooks": [{"kind": kind, "position": at, "source": text} for kind, at, text in self._sources]},
            )

    def _post(self, op: str, order: dict[str, Any]) -> int:
        self._orders += 1
        self._process.post({"op": op, "id": self._orders, **order})
        return self._orders

    def _collect(self, op: str, kind: HookKind, order: dict[str, Any]) -> None:
        self._post(op, order)
        self._process.drain_orders(kind)

    def _collect_rows(self, kind: HookKind, batch: RowBatch) -> None:
        for _, order in batch.orders(list(self._slots)):
            self._collect("collect", kind, order)

    def _done(self, kind: HookKind, number: int) -> dict[str, Any]:
        message = self._process.answer(kind)
        if message["t"] != "done" or message.get("id") != number:
            self._give_up("The hook disturbed the engine: an answer comes out of turn.", kind)
        return message

    def _run(self, op: str, kind: HookKind, order: dict[str, Any]) -> dict[str, Any]:
        return self._done(kind, self._post(op, order))

    def _each(self, op: str, kind: HookKind, batch: RowBatch, more: dict[str, Any]) -> Iterator[RowChanges]:
        """Run an order on every row of a batch, in messages that are sent ahead. Yields the changes of each message."""
        count = self._count(kind)
        if count == 0:
            return
        slots = list(self._slots)
        sent: deque[tuple[int, int, int]] = deque()
        start = 0
        orders = batch.orders(slots)
        while True:
            height, order = next(orders, (0, {}))
            if height:
                sent.append((self._post(op, {**more, **order}), start, height))
                start += height
            elif not sent:
                return
            if not height or len(sent) > _AHEAD:
                number, first, rows = sent.popleft()
                done = self._done(kind, number)
                self._count_calls(kind, range(count), rows, done)
                if op == "rows":
                    yield self._read_changes(done, kind, slots, rows, first)

    def _call_with_all(self, kind: HookKind, second: Mode | int, height: int) -> RowChanges:
        if height == 0:
            return RowChanges()
        order = {"kind": kind, "second": second}
        return self._run_collected("all", kind, range(self._count(kind)), order, height, list(self._slots))

    def _call_slice(self, number: int, pieces: list[tuple[_OpenBatch, int, int]]) -> None:
        changes = self._call_with_all("batchRowHooks", number, sum(count for _, _, count in pieces))
        at = 0
        for batch, start, count in pieces:
            batch.parts.append(changes.between(at, at + count, first=start))
            batch.done += count
            at += count

    def _run_collected(
        self, op: str, kind: HookKind, positions: Sequence[int], order: dict[str, Any], height: int, slots: list[str]
    ) -> RowChanges:
        """Run an order on the rows collected before. Its answer comes in parts, in the order of the rows."""
        number = self._post(op, order)
        parts: list[RowChanges] = []
        end = 0
        while (message := self._process.answer(kind))["t"] == "part":
            start, count = message.get("from"), message.get("count")
            if type(start) is not int or type(count) is not int or not end <= start < start + count <= height:
                self._give_up("The hook disturbed the engine: an answer comes out of turn.", kind)
            parts.append(self._read_changes(message, kind, slots, count, start))
            end = start + count
        if message.get("id") != number:
            self._give_up("The hook disturbed the engine: an answer comes out of turn.", kind)
        self._count_calls(kind, positions, 1, message)
        return joined(parts)

    def _read_changes(
        self, message: dict[str, Any], kind: HookKind, slots: list[str], height: int, first: int
    ) -> RowChanges:
        limit = self._process.limits.cell_messages
        return self._checked(kind, lambda: parse_changes(message, slots, height, limit, first=first))

    def _read_actions(self, message: dict[str, Any], kind: HookKind, *, before_table: bool) -> tuple[Action, ...]:
        return self._checked(kind, lambda: self._actions.read(message.get("actions"), kind, before_table=before_table))

    def _count_calls(self, kind: HookKind, positions: Sequence[int], calls: int, message: dict[str, Any]) -> None:
        times = self._checked(kind, lambda: parse_times(message, len(positions)))
        for position, milliseconds in zip(positions, times, strict=True):
            statistics = self._statistics[kind, position]
            statistics.calls += calls
            statistics.milliseconds += milliseconds

    def _checked(self, kind: HookKind, read: Callable[[], Found]) -> Found:
        try:
            return read()
        except MalformedReplyError as error:
            self._give_up(str(error), kind)
        except Exception:
            self._process.close()
            raise

    def _give_up(self, message: str, kind: HookKind) -> NoReturn:
        self._process.close()
        fail(message, kind)


def _ranges(heights: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for height in heights:
        yield start, height
        start += height
