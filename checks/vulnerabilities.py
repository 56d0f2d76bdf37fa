"""Which locked packages have known vulnerabilities, asked of those who know: pip-audit for Python, npm for the web pages.

Both need a service that tells of vulnerabilities, and a mirror of a registry often has none. Then only what is told of newest versions
(`newest.py`) or nothing is known, which is said, and is no failure: whether a network is there says nothing about this repository.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checks.accepted import AcceptedVulnerability
from checks.newest import INDEX, newest_of

SECONDS = 180


@dataclass(frozen=True)
class Vulnerability:
    """A known one of a locked package. `names`: all by which it is known, its own first."""

    package: str
    version: str
    names: tuple[str, ...]
    fixed_in: str


@dataclass(frozen=True)
class Findings:
    """What is known. `looked_at`: packages that somebody could be asked about. `silent`: why not about the others, if there are."""

    vulnerabilities: tuple[Vulnerability, ...]
    looked_at: int
    silent: str | None


def of_python(lock: Path, service: Sequence[str] = ("--vulnerability-service", "pypi"), index: str = INDEX) -> Findings:
    """Ask about every package of a lock file with hashes. `index`: PyPI's JSON API, for those that the service tells nothing of."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off",
               "--format", "json", "--timeout", "10", *service, "--requirement", str(lock)]  # fmt: skip
    answer = _answer(command)
    if answer is None or "dependencies" not in answer:
        return Findings((), 0, "pip-audit reached no service that tells of vulnerabilities")
    known = [one for one in answer["dependencies"] if "vulns" in one]
    known += newest_of(lock, [one["name"] for one in answer["dependencies"] if "vulns" not in one], index)
    told = {one["name"] for one in known}
    skipped = [one["name"] for one in answer["dependencies"] if one["name"] not in told]
    silent = f"nothing is told of {_some(skipped)}" if skipped else None
    return Findings(tuple(_of_pip(known)), len(known), silent)


def of_pages(folder: Path, options: Sequence[str] = ()) -> Findings:
    """Ask about every package of a package-lock.json."""
    answer = _answer(["npm", "audit", "--package-lock-only", "--json", *options], folder)
    if answer is None or "vulnerabilities" not in answer:
        return Findings((), 0, "npm's registry here tells nothing of vulnerabilities")
    count = answer.get("metadata", {}).get("dependencies", {}).get("total", 0)
    return Findings(tuple(_of_npm(answer["vulnerabilities"])), count, None)


def problems(found: Sequence[Vulnerability], accepted: Sequence[AcceptedVulnerability], today: date) -> list[str]:
    """What must be done something about, a sentence each; nothing where every one is accepted for now."""
    lines = []
    for one in found:
        entry = next((a for a in accepted if a.package == one.package and a.id in one.names), None)
        if entry is None:
            lines.append(f"{one.package} {one.version} has {_names(one)}. {_advice(one)}")
        elif entry.until < today:
            lines.append(
                f"{one.package} {one.version} has {_names(one)}, which was accepted until {entry.until}. {_advice(one)}"
            )
    return lines


def outdated(found: Sequence[Vulnerability], accepted: Sequence[AcceptedVulnerability]) -> list[str]:
    """Entries that nothing was found for: they can go."""
    there = {(one.package, name) for one in found for name in one.names}
    return [f"{entry.id} of {entry.package}" for entry in accepted if (entry.package, entry.id) not in there]


def _names(one: Vulnerability) -> str:
    return one.names[0] + (f" ({', '.join(one.names[1:])})" if one.names[1:] else "")


def _advice(one: Vulnerability) -> str:
    return f"Mended in {one.fixed_in}." if one.fixed_in else "No version without it is known."


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _of_pip(dependencies: Sequence[dict[str, Any]]) -> Iterator[Vulnerability]:
    for one in dependencies:
        for vulnerability in one["vulns"]:
            names = (vulnerability["id"], *vulnerability.get("aliases", []))
            yield Vulnerability(one["name"], one["version"], names, ", ".join(vulnerability.get("fix_versions", [])))


def _of_npm(packages: dict[str, dict[str, Any]]) -> Iterator[Vulnerability]:
    for name, package in sorted(packages.items()):
        for cause in package["via"]:
            if isinstance(cause, dict):  # else it is only there by another package, which has an entry of its own
                fix = package.get("fixAvailable")
                fixed = "a version that `npm audit fix` takes" if fix else ""
                yield Vulnerability(name, cause.get("range", ""), (cause["url"].rpartition("/")[2],), fixed)


def _answer(command: Sequence[str], folder: Path | None = None) -> dict[str, Any] | None:
    """The JSON that a command prints, whatever its exit code; None where it prints none in time."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
        found = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return found if isinstance(found, dict) else None
