"""A second table below the first is told of; totals, notes and groups of rows are not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.engine.tables_below import tables_below

PEOPLE = "nr,name,city\n1,Ann,Oslo\n2,Bob,Rome\n"


def told(tmp_path: Path, text: str) -> list[int]:
    source = tmp_path / "file.csv"
    source.write_text(text)
    return [found["row"] for found in tables_below(read_source(source, tmp_path / "raw", ReadOptions()), 1)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{PEOPLE}\ncode,label\nA,Alpha\nB,Beta\n", [4]),
        (f"{PEOPLE},,\n,,\ncode,label,\n10,Alpha,\n", [5]),
        (f"{PEOPLE}\n3,Cid,Bern\n\nkey,value\nx,1\n", [6]),
    ],
)
def test_another_table_is_told_of(tmp_path: Path, text: str, rows: list[int]) -> None:
    assert told(tmp_path, text) == rows


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE,
        f"{PEOPLE}\n3,Cid,Bern\n4,Dan,Graz\n",
        f"{PEOPLE}\nTotal,,2\n",
        f"{PEOPLE}\n2 rows,of 2\nprinted,2024\n",
        f"{PEOPLE}\nThis list is confidential.\nDo not pass it on.\n",
        f"{PEOPLE}\ncode,label\n",
        "nr,name,city\n\n1,Ann,Oslo\n\n2,Bob,Rome\n",
        "nr,name,city\n1,Ann,Oslo\n\n2,Bob,\n,Cid,Rome\n",
    ],
)
def test_one_table_is_left_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []
