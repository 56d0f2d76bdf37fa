"""`python -m checks.audit`: known vulnerabilities and licences of everything that is locked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from checks import licences, vulnerabilities
from checks.accepted import Accepted, load_accepted
from checks.vulnerabilities import Findings

ROOT = Path(__file__).parents[1]
SOURCES: dict[str, Callable[[], Findings]] = {
    "Python": lambda: vulnerabilities.of_python(ROOT / "requirements-dev.lock"),
    "web pages": lambda: vulnerabilities.of_pages(ROOT / "ui"),
}


def main() -> int:
    """Print what there is; 1 where something must be done."""
    accepted = load_accepted()
    bad = [*_vulnerabilities(accepted), *_licences(accepted)]
    for line in bad:
        print(f"PROBLEM: {line}")
    if bad:
        print("Take a version without it, or give a reason in checks/accepted.toml.")
    return 1 if bad else 0


def _vulnerabilities(accepted: Accepted) -> list[str]:
    found: list[vulnerabilities.Vulnerability] = []
    everything = True
    for name, ask in SOURCES.items():
        answer = ask()
        found += answer.vulnerabilities
        if answer.silent is not None:
            everything = False
            print(f"NOT LOOKED AT for vulnerabilities, {name}: {answer.silent}.")
        if answer.looked_at:
            print(f"{name}: {answer.looked_at} packages, {len(answer.vulnerabilities)} known vulnerabilities.")
    if everything:
        for line in vulnerabilities.outdated(found, accepted.vulnerabilities):
            print(f"checks/accepted.toml need not name {line} any more.")
    return vulnerabilities.problems(found, accepted.vulnerabilities, datetime.now(UTC).date())


def _licences(accepted: Accepted) -> list[str]:
    packages = [*licences.of_python(), *licences.of_pages(ROOT / "ui" / "package-lock.json")]
    print(f"Licences of {len(packages)} packages: {'; '.join(licences.lines_of(packages))}.")
    for name in licences.outdated(packages, accepted.licences):
        print(f"checks/accepted.toml need not name {name} any more.")
    return licences.problems(packages, accepted.licences)


if __name__ == "__main__":
    sys.exit(main())
