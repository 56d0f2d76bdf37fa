"""What a conversion gives: the schema, and notes about every choice made and everything left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from headgate.records import dataclass
from headgate.schema import Schema, parse_schema_document
from headgate.schema.problems import shortened

NoteKind = Literal["choice", "dropped"]


class ConversionError(ValueError):
    """A document that no schema can be made of; the message says why, and what to do."""


@dataclass(frozen=True)
class Note:
    """Something that a person should know about a conversion.

    `path`: where in the source, `""` for the whole of it. `kind`: `choice` where several readings were possible and one was
    taken, `dropped` where the source says something that our schema cannot say.
    """

    path: str
    kind: NoteKind
    message: str

    def to_json(self) -> dict[str, str]:
        """`{path, kind, message}`."""
        return {"path": self.path, "kind": self.kind, "message": self.message}


class Notes:
    """The notes of a conversion so far, each once, in the order in which they came up."""

    def __init__(self) -> None:
        self._found: dict[Note, None] = {}

    def __iter__(self) -> Iterator[Note]:
        return iter(self._found)

    def choice(self, path: str, message: str) -> None:
        """Several readings were possible, and this one was taken."""
        self._found.setdefault(Note(path, "choice", message))

    def dropped(self, path: str, message: str) -> None:
        """The source says something that our schema cannot say."""
        self._found.setdefault(Note(path, "dropped", message))


@dataclass(frozen=True)
class Conversion:
    """A converted schema. `document` is `{name, fields, settings}` and parses; `form` is what the source was read as."""

    form: str
    document: dict[str, Any]
    notes: tuple[Note, ...]

    @property
    def schema(self) -> Schema:
        """The document, parsed."""
        return parse_schema_document(self.document)


def quoted(text: object) -> str:
    """`"text"`, cut to a length that fits a message, as a terminal may show it."""
    shown = "".join(character if character.isprintable() else "�" for character in shortened(str(text)))
    return f'"{shown}"'
