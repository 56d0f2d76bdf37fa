"""Under which licences the installed packages may be used, and whether that fits a product under Apache-2.0."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import cast

from license_expression import ExpressionError, LicenseSymbol, get_spdx_licensing

from checks.accepted import AcceptedLicence

ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CC-BY-4.0", "CNRI-Python", "HPND",
        "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
"""Permissive ones, and MPL-2.0, whose duties end with its own files."""
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
PREFIX = "License :: OSI Approved :: "
_spdx = get_spdx_licensing()


@dataclass(frozen=True)
class Licensed:
    """A package and its licence as an SPDX expression; None where it does not say one that a program reads."""

    package: str
    licence: str | None


def of_python(installed: Iterable[Distribution] | None = None) -> list[Licensed]:
    """All installed distributions but our own."""
    found = {}
    for one in distributions() if installed is None else installed:
        # The stub of importlib.metadata does not say that it is a message.
        metadata = cast(Message, one.metadata)
        name = str(metadata["Name"]).lower().replace("_", "-")
        if name != "headgate":
            found[name] = Licensed(name, _expression(metadata))
    return [found[name] for name in sorted(found)]


def of_pages(lock: Path) -> list[Licensed]:
    """All packages of a package-lock.json."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    found = {
        path.rpartition("node_modules/")[2]: _parsed(str(entry.get("license", "")))
        for path, entry in packages.items()
        if path and not entry.get("link")
    }
    return [Licensed(name, found[name]) for name in sorted(found)]


def problems(packages: Sequence[Licensed], accepted: Sequence[AcceptedLicence]) -> list[str]:
    """Which packages may not be there, a sentence each."""
    excepted = {entry.package: entry.licence for entry in accepted}
    lines = []
    for one in packages:
        if one.package in excepted and (one.licence is None or one.licence == excepted[one.package]):
            continue
        if one.licence is None:
            lines.append(f"{one.package} does not say its licence in a form that a program reads.")
        elif not allowed(one.licence):
            lines.append(f"{one.package} is under {one.licence}, which is none of those that are allowed.")
    return lines


def outdated(packages: Sequence[Licensed], accepted: Sequence[AcceptedLicence]) -> list[str]:
    """Exceptions that nothing needs (any more)."""
    needed = {one.package for one in packages if one.licence is None or not allowed(one.licence)}
    return [entry.package for entry in accepted if entry.package not in needed]


def allowed(expression: str) -> bool:
    """Whether the licences allow it: one side of each OR, both of each AND."""
    parsed = _spdx.parse(expression)
    known = {symbol: _spdx.TRUE if _is_allowed(symbol) else _spdx.FALSE for symbol in parsed.symbols}
    return bool(parsed.subs(known).simplify() == _spdx.TRUE)


def _is_allowed(symbol: LicenseSymbol) -> bool:
    # `Apache-2.0 WITH LLVM-exception`: an exception only ever allows more.
    base = getattr(symbol, "license_symbol", symbol)
    return base.key in ALLOWED


def _expression(metadata: Message) -> str | None:
    """As PEP 639 says it, or as was usual before."""
    if stated := metadata["License-Expression"]:
        return _parsed(stated)
    named = [text.removeprefix(PREFIX) for text in metadata.get_all("Classifier", []) if text.startswith(PREFIX)]
    known = sorted({CLASSIFIERS[text] for text in named if text in CLASSIFIERS})
    if named and len(known) == len(set(named)):
        return " AND ".join(known)
    return _parsed(metadata["License"] or "")


def _parsed(text: str) -> str | None:
    try:
        parsed = _spdx.parse(text.strip(), validate=True)
    except ExpressionError:
        return None
    return None if parsed is None else str(parsed)


def lines_of(packages: Sequence[Licensed]) -> Iterator[str]:
    """The licences that there are, with how many packages are under each."""
    names = [one.licence or "not said" for one in packages]
    yield from (f"{name}: {names.count(name)}" for name in sorted(set(names)))
