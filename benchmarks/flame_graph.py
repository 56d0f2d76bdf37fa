"""Draws where an import of a million rows spends its time: `make flame-graph`, or `python -m benchmarks.flame_graph`.

py-spy looks at all threads of a process that imports the file of `benchmarks/data.py`, a hundred times a second, and draws what it saw.
Of its drawing is kept what is wide enough to be read; nothing in it tells of the machine but its speed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as XmlTree

from benchmarks.run import RESULTS, generated

IMAGE = Path(__file__).parents[1] / "docs" / "images" / "flame-graph.svg"
ROWS = 1_000_000
RATE = 100
NARROWEST = 0.4
"""Percent of all samples."""
DEEPEST = 30
"""Frames: below stand modules that are loaded, one by another."""
_LINE = 16
_SVG = "http://www.w3.org/2000/svg"
_OF_SCRIPT = ("unzoom", "search", "matched", "details")
_SHARE = re.compile(r"\([\d,]+ samples?, ([\d.]+)%\)$")


def main() -> None:
    """Import, look, draw."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--data", type=Path, default=RESULTS / "data", help="where the generated file is kept")
    parser.add_argument("--output", type=Path, default=IMAGE)
    arguments = parser.parse_args()
    file = generated(arguments.data, "csv", arguments.rows)
    drawing = recorded(file)
    arguments.output.write_text(readable(drawing, f"Import of {arguments.rows:,} rows of 12 columns"), encoding="utf-8")


def recorded(file: Path) -> str:
    """py-spy's own drawing of an import of a file. Raises CalledProcessError when either fails."""
    with tempfile.TemporaryDirectory(prefix="headgate-flames-") as folder:
        drawn = Path(folder) / "flames.svg"
        watch = [str(Path(sys.executable).with_name("py-spy")), "record", "--rate", str(RATE), "--nolineno"]
        task = [sys.executable, "-m", "benchmarks.tasks", "whole", str(file)]
        subprocess.run([*watch, "--output", str(drawn), "--", *task], check=True, stdout=subprocess.DEVNULL)
        return drawn.read_text(encoding="utf-8")


def readable(drawing: str, title: str) -> str:
    """The drawing with another title (the tool's own is its command line), without what is too narrow to be read, and without the
    tool's script, which is its authors' and no part of a picture."""
    XmlTree.register_namespace("", _SVG)
    XmlTree.register_namespace("fg", "http://github.com/jonhoo/inferno")
    root = XmlTree.fromstring(drawing)
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    named["title"].text = title
    del root.attrib["onload"]
    for part in [*root.iter(f"{{{_SVG}}}script"), *(named[name] for name in _OF_SCRIPT)]:
        root.remove(part)
    frames = named["frames"]
    top = min(_height(frame) for frame in frames)
    for frame in list(frames):
        share = _SHARE.search(frame.findtext(f"{{{_SVG}}}title", ""))
        if share is None or float(share[1]) < NARROWEST or _height(frame) > top + DEEPEST * _LINE:
            frames.remove(frame)
    bottom = max(map(_height, frames)) + 4 * _LINE
    root.set("height", str(bottom))
    root.set("viewBox", f"0 0 {root.get('width')} {bottom}")
    return XmlTree.tostring(root, encoding="unicode")


def _height(frame: XmlTree.Element) -> int:
    rectangle = frame.find(f"{{{_SVG}}}rect")
    return int(rectangle.get("y", "0")) if rectangle is not None else 0


if __name__ == "__main__":
    main()
