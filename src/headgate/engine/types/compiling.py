"""`python -m headgate.engine.types.compiling` compiles the tables that are made of libraries' data (`engine/compiled.py`): for an
installation whose users cannot write where they are kept."""

from __future__ import annotations

from headgate.engine.types.phone_metadata import PLANS
from headgate.engine.types.public_lists import LISTS
from headgate.engine.types.public_suffixes import SUFFIXES

TABLES = (LISTS, PLANS, SUFFIXES)


def compile_tables() -> None:
    """Keep each of them, unless it is kept already."""
    for tables in TABLES:
        for name in tables.builders:
            tables.load(name)


if __name__ == "__main__":
    compile_tables()
