"""`headgate doctor`."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Annotated

import typer

from headgate.cli.options import DataDir, load

MARKS = {"ok": "  ok     ", "warning": "  warning", "problem": "  PROBLEM"}


def doctor(
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Look at the settings and the machine, and say what is wrong and what to do. Changes nothing; the service may run.

    Exit code 0 without a problem (there may be warnings), 1 with one.
    """
    config = load({"data_dir": data_dir})
    import orjson

    from headgate.operations.doctor import Doctor
    from headgate.server.pages import BUNDLE

    found = []
    for finding in Doctor(config, os.environ, BUNDLE).look():
        found.append(finding)
        if not as_json:
            advice = "" if finding.advice is None else f"\n             → {finding.advice}"
            typer.echo(f"{MARKS[finding.level]}  {finding.name}: {finding.text}{advice}")
    if as_json:
        typer.echo(orjson.dumps([asdict(finding) for finding in found], option=orjson.OPT_INDENT_2).decode())
    raise typer.Exit(1 if any(finding.level == "problem" for finding in found) else 0)
