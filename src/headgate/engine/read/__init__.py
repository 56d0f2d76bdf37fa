"""Reading: the bytes of any file → the raw table of text."""

from headgate.engine.read.options import ReadLimits, ReadOptions, SheetPreview
from headgate.engine.read.reading import read_source

__all__ = ["ReadLimits", "ReadOptions", "SheetPreview", "read_source"]
