"""The shape of an XML document: which elements repeat, and which of them are the rows of its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from headgate.engine.errors import ImportFailedError
from headgate.records import dataclass

MAX_DEPTH = 128
_CLEARLY_MORE = 4


@dataclass
class Node:
    """All elements of one name below the same chain of names. `most`: how many of them one parent has at most."""

    name: str
    parent: Node | None = None
    count: int = 0
    most: int = 0
    has_text: bool = False
    attributes: dict[str, None] = field(default_factory=dict)
    children: dict[str, Node] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The names from the root on, with dots."""
        return f"{self.parent.path}.{self.name}" if self.parent is not None else self.name

    @property
    def repeats(self) -> bool:
        """Whether a parent has several of them."""
        return self.most > 1

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but text inside."""
        return not self.children and not self.attributes

    def all(self) -> Iterator[Node]:
        """This node and those below."""
        yield self
        for child in self.children.values():
            yield from child.all()

    def is_below(self, other: Node) -> bool:
        """Whether `other` is an ancestor."""
        at = self.parent
        while at is not None:
            if at is other:
                return True
            at = at.parent
        return False


@dataclass(frozen=True)
class XmlOptions:
    """The schema's `xmlParsingOptions` (schema.md)."""

    force_array_tags: Sequence[str] = ()
    header_alias: tuple[tuple[str, str], ...] = ()
    enable_auto_array_heuristics: bool = False
    assume_single_root_child_is_array: bool = False


def local(name: str) -> str:
    """The name without its namespace prefix."""
    return name.rsplit(":", 1)[-1]


def choose_rows(root: Node, options: XmlOptions) -> Node:
    """The node whose elements are the rows. Raises ImportFailedError `file_format_unknown` where it is not clear."""
    if options.force_array_tags:
        return _forced(root, options.force_array_tags)
    if options.assume_single_root_child_is_array and len(root.children) == 1:
        return next(iter(root.children.values()))
    repeated = [node for node in root.all() if node.repeats]
    # A repeated plain text beside real records is a list inside of something.
    found = [node for node in repeated if not node.is_plain] or repeated
    if not found:
        raise _unclear(
            "No element of the XML document repeats, so it is not clear what its rows are. If it holds one record, name "
            "its element in `settings.xmlParsingOptions.forceArrayTags`, or set `assumeSingleRootChildIsArray` when the "
            "record is the root's only child."
        )
    best = max(found, key=lambda node: node.most)
    rivals = [node for node in found if node is not best and not node.is_below(best)]
    close = [node for node in rivals if best.is_below(node) or node.most * _CLEARLY_MORE > best.most]
    if close and not options.enable_auto_array_heuristics:
        raise _unclear(
            f"Several elements of the XML document could be its rows: {_listed([best, *close])}. "
            "Name one of them in `settings.xmlParsingOptions.forceArrayTags`."
        )
    return best


def _forced(root: Node, tags: Sequence[str]) -> Node:
    named = [node for node in root.all() if {node.name, local(node.name), node.path} & set(tags)]
    if not named:
        there = _listed([node for node in root.all() if node.repeats]) or _listed(list(root.all())[:10])
        raise _unclear(
            f"The XML document has no element {_quoted(tags)}; it has {there}. "
            "Correct `settings.xmlParsingOptions.forceArrayTags`."
        )
    # A tag inside of another named one is a list within its records.
    outer = [node for node in named if not any(node.is_below(other) for other in named)]
    if len(outer) > 1:
        raise _unclear(
            f"`settings.xmlParsingOptions.forceArrayTags` fits several elements: {_listed(outer)}. "
            "Name only the one that is a row, by its path where the name alone is not enough."
        )
    return outer[0]


def _listed(nodes: Sequence[Node]) -> str:
    return ", ".join(f"{node.path!r} ({node.count:,})" for node in nodes[:10])


def _quoted(tags: Sequence[str]) -> str:
    return " or ".join(repr(tag) for tag in tags[:10])


def _unclear(message: str) -> ImportFailedError:
    return ImportFailedError("file_format_unknown", message)
