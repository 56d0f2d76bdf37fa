"""What the doctor says about one thing that it looked at."""

from __future__ import annotations

from typing import Literal

from headgate.records import dataclass

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `advice`: what to do, where something should be done."""

    name: str
    level: Level
    text: str
    advice: str | None = None
