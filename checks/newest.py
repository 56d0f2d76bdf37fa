"""What PyPI tells of the newest version of a package, for mirrors that serve that page but none of each version.

PyPI's JSON API gives known vulnerabilities on both pages. Of a locked version that is not the newest nothing is learnt here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from pip._internal.models.index import PyPI

INDEX = str(PyPI.pypi_url)
"""As pip knows it: no address of a registry stands in this repository."""
AT_ONCE = 8
SECONDS = 10.0
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def newest_of(lock: Path, names: Iterable[str], index: str = INDEX) -> Iterator[dict[str, Any]]:
    """Those of the named packages of a lock file that are locked at their newest version, as pip-audit tells of packages."""
    pins = dict(_PIN.findall(lock.read_text(encoding="utf-8")))
    with (
        httpx.Client(base_url=index, timeout=SECONDS, follow_redirects=True) as client,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        yield from filter(None, pool.map(partial(_told, client, pins), names))


def _told(client: httpx.Client, pins: Mapping[str, str], name: str) -> dict[str, Any] | None:
    try:
        page = client.get(f"/{name}/json").raise_for_status().json()
        if page["info"]["version"] != pins.get(name):
            return None
        known = [one for one in page["vulnerabilities"] if not one.get("withdrawn")]
        vulnerabilities = [
            {"id": one["id"], "aliases": one.get("aliases", []), "fix_versions": one.get("fixed_in", [])}
            for one in known
        ]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return None
    return {"name": name, "version": pins[name], "vulns": vulnerabilities}
