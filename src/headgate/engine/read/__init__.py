"""Reading: the bytes of any file → the raw table of text."""

from headgate.engine.read.options import ReadLimits, ReadOptions, SheetPreview
from headgate.engine.read.reading import read_source
from headgate.engine.read.xml_structure import XmlOptions

__all__ = ["ReadLimits", "ReadOptions", "SheetPreview", "XmlOptions", "read_source"]
