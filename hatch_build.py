"""Builds the web pages into the package, so that whoever installs headgate needs no Node.js."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = Path("src/headgate/server/ui/review.html")


class PagesBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the builder's configuration does not matter here
    """Makes the bundle unless it is there already, as it is in every released source archive."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each wheel and source archive. Raises CalledProcessError when Node.js is there and the build fails."""
        root = Path(self.root)
        if version == "editable" or (root / PAGE).is_file():
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning(
                "Node.js is not installed, so this headgate is built without its web pages; everything else works. "
                "To have them, install Node.js 20.19 or newer and build again."
            )
            return
        for command in (("ci",), ("run", "build")):
            subprocess.run([npm, *command], cwd=root / "ui", check=True)  # noqa: S603 - npm's own path, fixed arguments
