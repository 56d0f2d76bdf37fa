"""Checking hook sources when a schema is saved: each must be one function expression. Nothing of them is run."""

from __future__ import annotations

import functools
from typing import Any

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.failures import clean_message, whole_number
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.sources import sources_of
from headgate.schema.hooks import Hooks

_FUNCTIONS = frozenset({"arrow_function", "function_expression"})
_EXPECTED = "Expected one function, such as (record, mode) => { … } or async function (record) { … }"
_CHECK_LIMITS = HookLimits(call_seconds=10.0, import_seconds=10.0)


def check_hooks(hooks: Hooks, pool: HookPool | None = None) -> dict[str, list[str]]:
    """The problems of all hooks by JSON path, such as `hooks.rowHooks[0]`; empty when there are none.

    Two judges: V8 says whether it compiles (and where not), a grammar says whether it is a function and nothing else.
    Raises EngineStartError.
    """
    problems: dict[str, list[str]] = {}
    unsure: list[tuple[str, str]] = []
    for kind, position, source in sources_of(hooks):
        path = _path(kind, position)
        if len(source.encode("utf-8", "surrogatepass")) > _CHECK_LIMITS.source_bytes:
            problems[path] = [f"The source is larger than {_CHECK_LIMITS.source_bytes} bytes."]
        elif not source.isascii() and not _is_unicode(source):
            problems[path] = ["The source holds half of a surrogate pair, which is no character."]
        else:
            unsure.append((path, source))
    if unsure:
        found = _compile(tuple(source for _, source in unsure), pool)
        for (path, source), problem in zip(unsure, found, strict=True):
            text = problem if problem is not None else _shape_problem(source)
            if text is not None:
                problems[path] = [text]
    return problems


def _path(kind: str, position: int) -> str:
    match kind:
        case "beforeFinishCallback":
            return "hooks.beforeFinishCallback"
        case "columnHooks" | "stepHooks":
            return f"hooks.{kind}[{position}].callback"
    return f"hooks.{kind}[{position}]"


def _is_unicode(source: str) -> bool:
    try:
        source.encode()
    except UnicodeEncodeError:
        return False
    return True


def _compile(sources: tuple[str, ...], pool: HookPool | None) -> list[str | None]:
    with pool.acquire() if pool is not None else HookProcess(_CHECK_LIMITS) as process:
        process.post({"op": "check", "id": 1, "sources": list(sources)})
        try:
            message = process.answer("rowHooks")
        except ImportFailedError:
            if len(sources) > 1:  # One of them did it; the others shall not be blamed.
                return [problem for source in sources for problem in _compile((source,), pool)]
            return ["The source cannot be compiled within reasonable time and memory."]
    found = message.get("problems")
    if not isinstance(found, list) or len(found) != len(sources):
        raise TypeError("the engine's answer about sources has no known form")
    return [_compile_problem(entry) for entry in found]


def _compile_problem(entry: Any) -> str | None:
    if not isinstance(entry, dict):
        return None
    line, column = whole_number(entry.get("line")), whole_number(entry.get("column"))
    where = f" at line {line}, column {column}" if line is not None and column is not None else ""
    return f"{clean_message(entry.get('message')).rstrip('.')}{where}. {_EXPECTED}."


@functools.cache
def _language() -> Language:
    return Language(tree_sitter_javascript.language())


def javascript_tree(source: str) -> Node:
    """The root of the syntax tree of a text that is meant as JavaScript; its `has_error` tells whether it is."""
    return Parser(_language()).parse(source.encode()).root_node


def _shape_problem(source: str) -> str | None:
    """Why a source that compiles is no function expression, or None when it is one."""
    root = javascript_tree(f"({source}\n)")
    if root.has_error:
        return None  # Younger syntax than the grammar knows; the engine itself looks once more before it calls.
    node = _single(root)
    node = _single(node) if node is not None else None
    while node is not None and node.type == "parenthesized_expression":
        node = _single(node)
    if node is not None and node.type in _FUNCTIONS:
        return None
    found = node.type.replace("_", " ") if node is not None else "several expressions"
    line, column = (node.start_point.row + 1, node.start_point.column) if node is not None else (1, 1)
    place = f" at line {line}, column {column if line == 1 else column + 1}"
    return f"This is no function but: {found}{place}. {_EXPECTED}."


def expression_problem(source: str) -> str | None:
    """Why a text is no row expression (one expression, or statements with `return`), by the grammar alone; None when it is."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return "It holds half of a surrogate pair, which is no character."
    root = javascript_tree(f"(\n{source}\n)")
    whole = _single(root) if not root.has_error else None
    inner = _single(whole) if whole is not None and whole.type == "expression_statement" else None
    if inner is not None and inner.type == "parenthesized_expression":
        # An expression that closes the parenthesis around it and opens another one is two expressions.
        return None if inner.end_byte >= len(source.encode()) else "This is more than one expression."
    root = javascript_tree(f"function f(){{\n{source}\n}}")
    function = _single(root) if not root.has_error else None
    if function is None or function.type != "function_declaration":
        return "This is neither one expression nor statements with return."
    return None if _returns(function.child_by_field_name("body")) else "Nothing is returned."


def _returns(node: Node | None) -> bool:
    """Whether there is a `return` in the node, those of functions in it aside."""
    waiting = list(node.named_children) if node is not None else []
    while waiting:
        one = waiting.pop()
        if one.type == "return_statement":
            return True
        if one.type not in _FUNCTIONS and one.type not in {"function_declaration", "method_definition", "class_body"}:
            waiting += one.named_children
    return False


def _single(node: Node) -> Node | None:
    children = [child for child in node.named_children if child.type != "comment"]
    return children[0] if len(children) == 1 else None
