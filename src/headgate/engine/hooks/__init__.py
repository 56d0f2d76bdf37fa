"""The schema's JavaScript hooks, run in an engine process of their own that holds whatever they try."""

from headgate.engine.hooks.actions import (
    Action,
    AddField,
    AddRows,
    CellMessages,
    CellValue,
    NewRow,
    RemoveField,
    RemoveRows,
    SetConfirmationMessage,
    SetDevelopmentMode,
    SetHeaderRow,
    SetUser,
    UpdateInfoMessages,
)
from headgate.engine.hooks.check import check_hooks
from headgate.engine.hooks.expression import ExpressionError, ExpressionFields, RowExpression
from headgate.engine.hooks.fetch import Fetcher
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import ConsoleEntry, EngineStartError, HookProcess
from headgate.engine.hooks.rows import INFO_SCHEMA, CellChanges, CellOptions, HookField, RowBatch, RowChanges
from headgate.engine.hooks.sandbox import SandboxLayer, SandboxUnavailableError, require_all_layers, sandbox_layers
from headgate.engine.hooks.session import FinishResult, HookSession, HookStatistics, StepResult

__all__ = [
    "INFO_SCHEMA",
    "Action",
    "AddField",
    "AddRows",
    "CellChanges",
    "CellMessages",
    "CellOptions",
    "CellValue",
    "ConsoleEntry",
    "EngineStartError",
    "ExpressionError",
    "ExpressionFields",
    "Fetcher",
    "FinishResult",
    "HookField",
    "HookLimits",
    "HookPool",
    "HookProcess",
    "HookSession",
    "HookStatistics",
    "NewRow",
    "RemoveField",
    "RemoveRows",
    "RowBatch",
    "RowChanges",
    "RowExpression",
    "SandboxLayer",
    "SandboxUnavailableError",
    "SetConfirmationMessage",
    "SetDevelopmentMode",
    "SetHeaderRow",
    "SetUser",
    "StepResult",
    "UpdateInfoMessages",
    "check_hooks",
    "require_all_layers",
    "sandbox_layers",
]
