"""Which entries of a directory are files to import, by their names and kinds."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from headgate.records import dataclass
from headgate.sftp.problems import LeftReason

UNFINISHED_ENDINGS = (
    ".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".upload", ".uploading", ".writing",
    ".inprogress", ".swp", ".lock", "~",
)  # fmt: skip
"""Names that programs give to files until they are complete."""
MAX_NAME = 1024
MAX_REGEX = 1000


class RegexRefusedError(ValueError):
    """A regular expression that cannot be used; the message says why."""


@dataclass(frozen=True)
class Entry:
    """A file of the directory as the listing shows it. `changed_at`: seconds since 1970 by the server's clock."""

    name: bytes
    size: int
    changed_at: int

    def version(self, directory: str) -> str:
        """By which this version of the file is known: the same path, size and time of change give the same text."""
        digest = hashlib.sha256(f"{self.size}:{self.changed_at}:".encode())
        digest.update(path_of(directory, self.name))
        return digest.hexdigest()


def path_of(directory: str, name: bytes) -> bytes:
    """The path of an entry on the server."""
    return directory.rstrip("/").encode() + b"/" + name


def shown(name: bytes) -> str:
    """A name as people may read it: bytes that are no UTF-8 and characters that would mislead are replaced."""
    text = name.decode("utf-8", "replace")
    return "".join(
        "\ufffd" if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else one for one in text
    )


def reason_to_leave(name: bytes) -> LeftReason | None:
    """Why a name is never imported, whatever the connector's expression says; None when it may be."""
    if not name or b"/" in name or b"\0" in name or len(name) > MAX_NAME:
        return LeftReason.BAD_NAME  # no file of a directory has such a name: the server lies
    if name.startswith((b".", b"~$")):
        return LeftReason.HIDDEN
    if name.lower().endswith(tuple(ending.encode() for ending in UNFINISHED_ENDINGS)):
        return LeftReason.UNFINISHED_NAME
    return None


def checked_regex(pattern: str) -> str:
    """The expression, if it can be searched for in linear time. Raises RegexRefusedError."""
    import polars as pl  # here and below: it takes longer to import than a start has to take

    if len(pattern) > MAX_REGEX:
        raise RegexRefusedError(f"Expected at most {MAX_REGEX} characters.")
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.PolarsError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        told = next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), "it is too large")
        if "look-around" in told or "backreferences" in told:
            told = "look-around and references back cannot be searched for safely"
        raise RegexRefusedError(f"The regular expression cannot be used: {told.rstrip('.')}.") from None
    return pattern


def matching(pattern: str | None, names: list[bytes]) -> list[bool]:
    """Whether the expression is found in each name, in linear time."""
    if pattern is None:
        return [True] * len(names)
    import polars as pl

    texts = pl.Series([name.decode("utf-8", "replace") for name in names], dtype=pl.String)
    return texts.str.contains(pattern).to_list()


_SEPARATORS = re.compile(r"[/\\]")


def filename(name: bytes) -> str:
    """The `original_filename` of the import of a file."""
    return _SEPARATORS.sub("_", shown(name))[:MAX_NAME]
