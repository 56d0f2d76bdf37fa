"""What runs `headgate import` without Typer understands a line as Typer does, or leaves it to Typer."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from headgate.cli.app import app
from headgate.cli.direct import understood
from headgate.cli.importing import Arguments

OPTIONS = ["--schema", "-s", "--output", "-o", "--format", "-f", "--metadata", "-m", "--filename", "--work"]
OTHER = ["-sx", "-so", "--sch", "--help", "--", "-", "--no", "-x", "", "import", "in.csv", "out dir/ü.csv", "--schema="]
WORDS = st.sampled_from([*OPTIONS, *(f"{option}=x" for option in OPTIONS), *OTHER])
IMPORT: Any = get_command(app).commands["import"]  # type: ignore[attr-defined]  # a group, which the type does not say


def as_typer_understands(words: list[str]) -> dict[str, Any] | None:
    """The parameters of the command, or None where it is used wrongly or shows its help."""
    try:
        found: dict[str, Any] = IMPORT.make_context("import", list(words)).params
    except (typer.Exit, typer.BadParameter.__base__):  # type: ignore[misc]  # what all errors of use have in common
        return None
    return found


@given(st.lists(WORDS, max_size=8))
def test_a_line_means_what_it_means_to_typer_or_is_left_to_it(words: list[str]) -> None:
    found = understood(["import", *words])
    assert found is None or asdict(found) == as_typer_understands(words)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("a.csv --schema s.json", Arguments("a.csv", Path("s.json"))),
        ("--schema=s.json -", Arguments("-", Path("s.json"))),
        ("-s s.json a.csv -o out.csv -f csv", Arguments("a.csv", Path("s.json"), "out.csv", "csv")),
        (
            "a -s s --metadata m --work w --filename n",
            Arguments("a", Path("s"), metadata=Path("m"), filename="n", work=Path("w")),
        ),
    ],
)
def test_usual_lines_need_no_typer(line: str, meant: Arguments) -> None:
    assert understood(["import", *line.split()]) == meant


@pytest.mark.parametrize(
    "line",
    ["", "serve", "import", "import a.csv", "import a.csv b.csv -s s", "import a.csv --sch s", "import a -s", "--help"],
)
def test_everything_unusual_is_left_to_typer(line: str) -> None:
    assert understood(line.split()) is None
