"""A known vulnerability of a locked package is a problem, unless it is accepted for now; a service that is away is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks import audit
from checks.accepted import AcceptedVulnerability, load_accepted
from checks.newest import newest_of
from checks.vulnerabilities import Findings, Vulnerability, of_pages, of_python, outdated, problems
from tests.receiver import Received, Receiver, Reply

HASH = "sha256:" + "0" * 64
LOCK = f"harmless==1.0 \\\n    --hash={HASH}\nplanted==2.0 \\\n    --hash={HASH}\n"
PLANTED = Vulnerability("planted", "2.0", ("PYSEC-2030-1", "CVE-2030-1", "GHSA-aaaa-bbbb-cccc"), "2.1")
TODAY = date(2030, 6, 1)


def json_reply(value: Any) -> Reply:
    return Reply(headers={"content-type": "application/json"}, body=json.dumps(value).encode())


def osv(request: Received, _before: int) -> Reply:
    """As osv.dev answers: one of two packages has a vulnerability."""
    if json.loads(request.body)["package"]["name"] != "planted":
        return json_reply({})
    affected = {
        "package": {"name": "planted", "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.1"}]}],
    }
    found = {"id": "PYSEC-2030-1", "aliases": ["CVE-2030-1", "GHSA-aaaa-bbbb-cccc"], "affected": [affected],
             "details": "x", "modified": "2030-01-01T00:00:00Z"}  # fmt: skip
    return json_reply({"vulns": [found]})


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK)
    return path


def test_a_planted_vulnerable_version_in_a_lock_file_is_found(lock: Path) -> None:
    with Receiver(osv) as service:
        found = of_python(lock, ["--vulnerability-service", "osv", "--osv-url", service.url("/v1/query", "127.0.0.1")])
    assert (found.looked_at, found.silent) == (2, None)
    (one,) = found.vulnerabilities
    assert (one.package, one.version, one.names[0], one.fixed_in) == ("planted", "2.0", "PYSEC-2030-1", "2.1")
    assert set(one.names) == set(PLANTED.names)


def test_a_service_that_is_away_is_said_and_is_no_vulnerability(lock: Path) -> None:
    found = of_python(lock, ["--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/v1/query"])
    assert (found.vulnerabilities, found.looked_at) == ((), 0)
    assert found.silent == "pip-audit reached no service that tells of vulnerabilities"


def test_a_mirror_that_tells_of_newest_versions_only_is_believed_about_those(lock: Path) -> None:
    def mirror(request: Received, _before: int) -> Reply:
        name, version = {"/planted/json": ("planted", "2.0"), "/harmless/json": ("harmless", "1.1")}[request.path]
        withdrawn = {"id": "PYSEC-2029-1", "withdrawn": "2029-01-01T00:00:00Z"}
        known = {"id": "PYSEC-2030-1", "aliases": ["CVE-2030-1"], "fixed_in": ["2.1"], "withdrawn": None}
        return json_reply({"info": {"name": name, "version": version}, "vulnerabilities": [known, withdrawn]})

    with Receiver(mirror) as index:
        found = list(newest_of(lock, ["planted", "harmless"], index.url("", "127.0.0.1")))
    (one,) = found
    assert (one["name"], one["version"], one["vulns"][0]["id"]) == ("planted", "2.0", "PYSEC-2030-1")
    assert len(one["vulns"]) == 1


def test_a_mirror_that_is_away_tells_nothing(lock: Path) -> None:
    assert list(newest_of(lock, ["planted"], "http://127.0.0.1:9")) == []


def registry(request: Received, _before: int) -> Reply:
    """As npm's registry answers: advisories at once, and what versions there are."""
    if request.path.endswith("/advisories/bulk"):
        advisory = {"id": 1, "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", "title": "x", "severity": "high",
                    "vulnerable_versions": "<2.1.0", "cwe": [], "cvss": {"score": 0}}  # fmt: skip
        return json_reply({"planted": [advisory]})
    versions = {v: {"name": "planted", "version": v, "dist": {"tarball": "x"}} for v in ("2.0.0", "2.1.0")}
    return json_reply({"name": "planted", "versions": versions, "dist-tags": {"latest": "2.1.0"}})


@pytest.fixture
def pages(tmp_path: Path) -> Callable[[str], Findings]:
    package = {"name": "pages", "version": "1.0.0", "dependencies": {"planted": "2.0.0"}}
    (tmp_path / "package.json").write_text(json.dumps(package))
    packages = {"": package, "node_modules/planted": {"version": "2.0.0", "integrity": "sha512-AA=="}}
    locked = {"name": "pages", "lockfileVersion": 3, "requires": True, "packages": packages}
    (tmp_path / "package-lock.json").write_text(json.dumps(locked))
    cache = str(tmp_path / "cache")

    def ask(address: str) -> Findings:
        return of_pages(tmp_path, ["--registry", address, "--cache", cache, "--fetch-retries", "0"])

    return ask


def test_a_planted_vulnerable_version_of_a_package_of_the_pages_is_found(pages: Callable[[str], Findings]) -> None:
    with Receiver(registry) as service:
        found = pages(service.url("/", "127.0.0.1"))
    (one,) = found.vulnerabilities
    assert (one.package, one.names, found.silent) == ("planted", ("GHSA-aaaa-bbbb-cccc",), None)
    assert one.fixed_in


def test_a_registry_that_tells_nothing_of_vulnerabilities_is_said(pages: Callable[[str], Findings]) -> None:
    with Receiver(lambda *_: Reply(status=405)) as service:
        found = pages(service.url("/", "127.0.0.1"))
    assert found == Findings((), 0, "npm's registry here tells nothing of vulnerabilities")


def entry(**values: Any) -> AcceptedVulnerability:
    given = {"id": "CVE-2030-1", "package": "planted", "reason": "x", "until": TODAY} | values
    return AcceptedVulnerability(**given)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ([], "planted 2.0 has PYSEC-2030-1 (CVE-2030-1, GHSA-aaaa-bbbb-cccc). Mended in 2.1."),
        ([entry()], None),
        ([entry(id="GHSA-aaaa-bbbb-cccc")], None),
        ([entry(package="other")], "planted 2.0 has"),
        ([entry(until=date(2030, 5, 31))], "was accepted until 2030-05-31. Mended in 2.1."),
    ],
)
def test_what_is_accepted_counts_again_after_its_last_day(
    accepted: list[AcceptedVulnerability], expected: str | None
) -> None:
    found = problems([PLANTED], accepted, TODAY)
    assert found == [] if expected is None else expected in found[0]


def test_an_entry_for_nothing_is_told() -> None:
    assert outdated([], [entry()]) == ["CVE-2030-1 of planted"]
    assert outdated([PLANTED], [entry()]) == []


def test_the_command_ends_with_1_for_a_vulnerability_and_with_0_where_nobody_can_be_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "_licences", lambda _: [])
    for found, code, said in (
        (Findings((PLANTED,), 2, None), 1, "PROBLEM: planted 2.0 has PYSEC-2030-1"),
        (Findings((), 0, "nobody answers"), 0, "NOT LOOKED AT for vulnerabilities, Python: nobody answers."),
        (Findings((), 9, None), 0, "Python: 9 packages, 0 known vulnerabilities."),
    ):
        monkeypatch.setattr(audit, "SOURCES", {"Python": lambda found=found: found})
        assert audit.main() == code
        assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        '[[vulnerability]]\nid = "x"\npackage = "p"\nreason = "r"\n',
        '[[vulnerability]]\nid = "x"\npackage = "p"\nreason = " "\nuntil = 2020-01-01\n',
        '[[vulnerability]]\nid = "x"\npackage = "p"\nreason = "r"\nuntil = 9999-01-01\n',
        '[[licence]]\npackage = "p"\nlicence = "MIT"\nreason = ""\n',
        '[[license]]\npackage = "p"\n',
    ],
)
def test_an_entry_without_reason_or_end_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "accepted.toml").write_text(text)
    with pytest.raises(ValueError, match=r"accepted\.toml: "):
        load_accepted(tmp_path / "accepted.toml")
