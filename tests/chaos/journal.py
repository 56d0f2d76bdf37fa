"""What clients were told, and by whom: the only thing that the auditor believes."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from tests.chaos.inputs import Input

PLACES = {"AWAITING_UPLOAD": 0, "PENDING": 1, "RUNNING": 2, "NEEDS_REVIEW": 3, "SUCCESSFUL": 4, "FAILED": 4}
Answer = Literal["no", "unknown", "yes"]
"""`unknown`: it was asked for, and no answer came."""


@dataclass
class Edit:
    """A change of a review. `cells`: (row, field, text); `undone` is set when it was taken back again."""

    id: str
    cells: list[tuple[int, str, str]]
    answered: Answer = "unknown"
    undone: Answer = "no"


@dataclass
class Told:
    """One import as its clients know it."""

    marker: str
    given: Input
    id: str = ""
    """Empty while no answer to its creation came."""
    uploaded: Answer = "no"
    deleted: Answer = "no"
    edits: list[Edit] = field(default_factory=list)
    submitted: Answer = "no"
    rerun: bool = False
    repetitions: int = 0
    """How often it was asked for again."""
    place: int = 0
    ended: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the service has said that it will bring it to an end."""
        return bool(self.id) and (self.uploaded == "yes" or self.given.kind == "rows")


class Journal:
    """Kept by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.imports: list[Told] = []
        self.broken: list[str] = []
        self.answers: Counter[str] = Counter()

    def add(self, told: Told) -> Told:
        """A new import is going to be asked for."""
        with self._lock:
            self.imports.append(told)
        return told

    def break_(self, what: str) -> None:
        """A promise was broken."""
        with self._lock:
            if what not in self.broken:
                self.broken.append(what)
                print(f"BROKEN {what}", flush=True)  # noqa: T201 - what a person watches

    def answered(self, what: str, status: int) -> None:
        """Count the answers, for the report."""
        with self._lock:
            self.answers[f"{what} {status}"] += 1

    def floor(self, told: Told) -> int:
        """The place that a look that begins now must find at least."""
        with self._lock:
            return told.place

    def saw(self, told: Told, status: str, floor: int) -> None:
        """A look that began at `floor` found that status."""
        with self._lock:
            place = PLACES[status]
            back = place < floor or (told.ended and told.ended != status)
            before = told.ended or floor
            told.place = max(told.place, place)
            if place == PLACES["FAILED"] and not told.ended:
                told.ended = status
        if back:
            self.break_(f"{told.id} went from {before} back to {status}")

    def known(self) -> list[Told]:
        """All imports that an answer gave an id to."""
        with self._lock:
            return [one for one in self.imports if one.id]

    def write(self, path: Path) -> None:
        """Keep it, to look at what was broken."""
        with self._lock, path.open("w", encoding="utf-8") as file:
            for told in self.imports:
                about = {"kind": told.given.kind, "variant": told.given.variant}
                entry = {key: value for key, value in asdict(told).items() if key != "given"} | about
                file.write(json.dumps(entry) + "\n")
