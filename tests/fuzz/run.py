"""Fuzzes the harnesses one after the other: `python -m tests.fuzz.run --seconds 60 --only readers`.

What breaks a promise is written to the harness's folder of the corpus as `found-…`, so that `make test` fails on it until it is
mended and stays there as a test. Inputs that reach new code are kept in `--work` only. Ends with 1 when anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.catalogue import HARNESSES
from tests.fuzz.harness import CORPUS, Harness

ROOT = Path(__file__).parents[2]
MEMORY_MB = 2048
HANGS_AFTER = 30
API = "api"
API_TESTS = "tests/contract/test_openapi_conformance.py"
SECONDS_AN_EXAMPLE = 3
"""Roughly: of what one more request of each kind to each operation costs."""
FINDINGS = ("crash-", "timeout-", "oom-", "slow-")


@dataclass(frozen=True)
class Report:
    """What a run of one harness came to."""

    name: str
    executions: int
    coverage: int
    found: list[Path]
    said: str


def fuzz(harness: Harness, seconds: int, seed: int, work: Path) -> Report:
    """Run a harness for so long, or until its first finding."""
    inputs, artifacts = work / harness.name, work / f"{harness.name}-found"
    shutil.rmtree(artifacts, ignore_errors=True)
    for folder in (inputs, artifacts):
        folder.mkdir(parents=True, exist_ok=True)
    for content in (*harness.seeds(), *(path.read_bytes() for path in harness.corpus())):
        (inputs / f"seed-{_digest(content)}").write_bytes(content)
    command = [
        sys.executable, "-m", "tests.fuzz.target", harness.name, f"-max_total_time={seconds}", f"-seed={seed}",
        f"-max_len={harness.max_bytes}", f"-timeout={HANGS_AFTER}", f"-rss_limit_mb={MEMORY_MB}", "-malloc_limit_mb=0",
        f"-artifact_prefix={artifacts}/", "-print_final_stats=1", *_dictionary(harness, work),
        str(inputs),
    ]  # fmt: skip
    environment = os.environ | {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    found = [_keep(path, harness) for path in sorted(artifacts.iterdir()) if path.name.startswith(FINDINGS)]
    if done.returncode and not found:
        raise RuntimeError(f"{harness.name} did not run:\n{said[-4000:]}")
    return Report(harness.name, _last(r"stat::number_of_executed_units:\s*(\d+)|^#(\d+)", said), _last(r"cov: (\d+)", said),
                  found, said)  # fmt: skip


def _dictionary(harness: Harness, work: Path) -> list[str]:
    if not harness.tokens:
        return []
    path = work / f"{harness.name}.dict"
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in harness.tokens)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    return [f"-dict={path}"]


def _keep(path: Path, harness: Harness) -> Path:
    content = path.read_bytes()
    kept = CORPUS / harness.name / f"found-{_digest(content)}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return kept


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _last(pattern: str, text: str) -> int:
    found = re.findall(pattern, text, re.MULTILINE)
    return int(next(filter(None, found[-1])) if isinstance(found[-1], tuple) else found[-1]) if found else 0


def main() -> int:
    """Fuzz what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="for each harness")
    parser.add_argument("--only", nargs="*", default=[], help="names of harnesses or of their groups")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="where inputs that reach new code are kept from one run to the next")
    options = parser.parse_args()
    known = {API, *HARNESSES, *(one.group for one in HARNESSES.values())}
    if not set(options.only) <= known:
        parser.error(f"--only takes {', '.join(sorted(known))}")
    wanted = [one for one in HARNESSES.values() if not options.only or {one.name, one.group} & set(options.only)]
    found = bool(wanted) and look_for_findings(wanted, options)
    if not options.only or API in options.only:
        found |= walk_the_api(options.seconds, options.seed) != 0
    return 1 if found else 0


def walk_the_api(seconds: int, seed: int) -> int:
    """The long form of the test of the OpenAPI; what pytest ends with."""
    environment = os.environ | {"HEADGATE_FUZZ_EXAMPLES": str(max(2, seconds // SECONDS_AN_EXAMPLE))}
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "--timeout=0", f"--hypothesis-seed={seed}", API_TESTS]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def look_for_findings(wanted: list[Harness], options: argparse.Namespace) -> bool:
    """Run the harnesses one after the other; whether anything was found, or none could run."""
    if importlib.util.find_spec("atheris") is None:
        sys.stderr.write("The fuzzers need atheris, which is there for Linux on x86-64 only.\n")
        return True
    found = False
    with tempfile.TemporaryDirectory() as temporary:
        for harness in wanted:
            report = fuzz(harness, options.seconds, options.seed, options.work or Path(temporary))
            _say(f"{report.name}: {report.executions} inputs, {report.coverage} places of the code")
            if report.found:
                found = True
                _say(f"  FOUND {', '.join(map(str, report.found))}\n{_told(report.said)}")
    return found


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _told(said: str) -> str:
    """What the harness said about its finding, without what libFuzzer says of itself before."""
    said = "".join(line for line in said.splitlines(keepends=True) if not line.startswith("INFO:"))
    starts = [at for mark in ("=== Uncaught Python exception", "ERROR: libFuzzer") if (at := said.find(mark)) >= 0]
    return said[min(starts, default=0) :][:3000]


if __name__ == "__main__":
    sys.exit(main())
