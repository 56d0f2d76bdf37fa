"""Parameters of paths."""

from __future__ import annotations

from starlette.convertors import PathConvertor, register_url_convertor


class _TextConvertor(PathConvertor):
    """Any text, line ends and slashes included; the framework's own `path` stops at a line end."""

    regex = r"[\s\S]*"


def register_text_parameters() -> None:
    """Make `{name:text}` known to the router. May be called more than once."""
    register_url_convertor("text", _TextConvertor())
