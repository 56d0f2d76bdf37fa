"""Builds into the package what whoever installs headgate should neither need tools nor wait for: web pages, compiled tables."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = Path("src/headgate/server/ui/review.html")


TABLES = {"headgate.engine.match.compiling": "TABLES"}
"""Modules and what they call their tables (`headgate/engine/compiled.py`). Those of `headgate.engine.types.compiling` are not among them:
they are made of files of libraries, whose licences are others, where these are installed."""


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the builder's configuration does not matter here
    """Makes the web pages unless they are there already, as they are in every released source archive, and a wheel's tables."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each wheel and source archive. Raises CalledProcessError when Node.js is there and the build fails."""
        root = Path(self.root)
        if version == "editable":
            return
        if self.target_name == "wheel":
            self._tables = tempfile.TemporaryDirectory()
            build_data.setdefault("force_include", {}).update(compile_tables(root / "src", Path(self._tables.name)))
        if not (root / PAGE).is_file():
            self._build_pages(root)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the archive is written: what was compiled lies in it now, and nowhere else."""
        if hasattr(self, "_tables"):
            self._tables.cleanup()

    def _build_pages(self, root: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning(
                "Node.js is not installed, so this headgate is built without its web pages; everything else works. "
                "To have them, install Node.js 20.19 or newer and build again."
            )
            return
        for command in (("ci",), ("run", "build")):
            subprocess.run([npm, *command], cwd=root / "ui", check=True)  # noqa: S603 - npm's own path, fixed arguments


def compile_tables(source: Path, target: Path) -> dict[str, str]:
    """Compile all tables of the package below `source` into `target`: file → its place in the wheel."""
    sys.path.insert(0, str(source))
    try:
        found: dict[str, str] = {}
        for module, attribute in TABLES.items():
            tables = getattr(import_module(module), attribute)
            for name in tables.builders:
                file = target / module / f"{name}.json"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(tables.compiled(name))
                found[str(file)] = (tables.shipped(name)).relative_to(source.resolve()).as_posix()
        return found
    finally:
        sys.path.remove(str(source))
