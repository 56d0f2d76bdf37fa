"""Schemas of other forms, made into ours: what could be carried over, and a note about everything that could not."""

from headgate.convert.conversion import Conversion, ConversionError, Note
from headgate.convert.detect import FORMS
from headgate.convert.service import convert_schema

__all__ = ["FORMS", "Conversion", "ConversionError", "Note", "convert_schema"]
