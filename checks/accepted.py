"""What is let pass although it would not, with a reason that people read: accepted.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "accepted.toml"
LONGEST_DAYS = 366
"""A vulnerability is looked at again after a year at the latest."""


@dataclass(frozen=True)
class AcceptedVulnerability:
    """One that is known of. It counts again after `until`."""

    id: str
    package: str
    reason: str
    until: date


@dataclass(frozen=True)
class AcceptedLicence:
    """A package that may be used under `licence`, whatever its metadata say."""

    package: str
    licence: str
    reason: str


@dataclass(frozen=True)
class Accepted:
    """The whole file."""

    vulnerabilities: tuple[AcceptedVulnerability, ...]
    licences: tuple[AcceptedLicence, ...]


def load_accepted(path: Path = FILE) -> Accepted:
    """Read the file. Raises ValueError where an entry lacks something, or has no reason."""
    found: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := found.keys() - {"vulnerability", "licence"}:
        raise ValueError(f"{path.name}: nothing is called {', '.join(sorted(unknown))} there")
    try:
        accepted = Accepted(
            tuple(AcceptedVulnerability(**entry) for entry in found.get("vulnerability", [])),
            tuple(AcceptedLicence(**entry) for entry in found.get("licence", [])),
        )
    except TypeError as error:
        raise ValueError(f"{path.name}: an entry is not complete, or has too much: {error}") from None
    entries: list[AcceptedVulnerability | AcceptedLicence] = [*accepted.vulnerabilities, *accepted.licences]
    for entry in entries:
        if not entry.reason.strip():
            raise ValueError(f"{path.name}: {entry.package} has no reason")
    for one in accepted.vulnerabilities:
        if (one.until - date.today()).days > LONGEST_DAYS:  # noqa: DTZ011 - a day is meant, wherever this runs
            raise ValueError(f"{path.name}: {one.id} is accepted for more than a year")
    return accepted
