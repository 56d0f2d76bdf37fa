"""Walks through an XML document as a stream, refusing what a table never needs: document types, entities, great depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from xml.parsers import expat

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.markup_text import MarkupText
from headgate.engine.read.xml_structure import MAX_DEPTH

_LONGEST_TAG = 8 << 20


class Handler(Protocol):
    """What is called on the way. `attributes`: names and values in turn."""

    def start(self, name: str, attributes: list[str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


def parse(text: MarkupText, handler: Handler, progress: Callable[[int], None] | None = None) -> None:
    """Feed the document to `handler`. Raises ImportFailedError `file_corrupt`, `file_hostile`."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    depth = 0

    def start(name: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise ImportFailedError(
                "file_hostile", f"The XML document is nested deeper than {MAX_DEPTH} levels. Send a flatter one."
            )
        handler.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    fed = 0
    try:
        for block in text.blocks():
            parser.Parse(block)
            fed += len(block.encode("utf-8", "surrogatepass"))
            if fed - max(0, parser.CurrentByteIndex) > _LONGEST_TAG:
                raise ImportFailedError(
                    "file_hostile",
                    f"A tag or comment of the XML document is longer than {_LONGEST_TAG >> 20} MB. Shorten its attributes.",
                    line=parser.CurrentLineNumber,
                )
            if progress is not None:
                progress(fed)
        parser.Parse("", True)
    except expat.ExpatError as error:
        raise ImportFailedError(
            "file_corrupt",
            f"The XML is not well-formed in line {error.lineno}, column {error.offset + 1}: "
            f"{expat.ErrorString(error.code)}. Correct it there, or write the file anew.",
            line=error.lineno,
            column=error.offset + 1,
        ) from error


def _refuse(*_: Any) -> int:
    raise ImportFailedError(
        "file_hostile",
        "The XML document declares a document type or entities, which a table never needs and which can do harm. "
        "Remove the <!DOCTYPE …> and send it again.",
    )
