"""Empty folders for runs.

One that a run has left is given to the next. A file system such as ext4 does not reuse at once what was deleted, but looks past it for
minutes: where each small import made and deleted some folders, a service would soon spend a sixth of its time on making files.
"""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path


class Workplaces:
    """Those below `directory`, for any threads of this process."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._free: list[Path] = []

    def take(self) -> Path:
        """An empty folder that nobody else has."""
        while self._free:
            try:
                place = self._free.pop()
            except IndexError:  # another thread was quicker
                break
            if place.is_dir():  # those that clear away old files may have found it
                return place
        place = self._directory / f"run-{uuid.uuid4().hex[:12]}"
        place.mkdir(parents=True)
        return place

    def give_back(self, place: Path, *, deserted: bool) -> None:
        """Nobody needs what is in there. `deserted`: whether no process can be left that writes there."""
        if deserted and _emptied(place):
            self._free.append(place)
        else:
            shutil.rmtree(place, ignore_errors=True)


def _emptied(place: Path) -> bool:
    try:
        for entry in os.scandir(place):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                Path(entry.path).unlink()
    except OSError:
        return False
    return True
