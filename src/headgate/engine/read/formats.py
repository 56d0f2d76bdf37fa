"""The formats that, in the order of trial. A new one is a module with a Format and a line here."""

from __future__ import annotations

from headgate.engine.read.delimited_format import DELIMITED
from headgate.engine.read.html_format import HTML
from headgate.engine.read.json_format import JSON
from headgate.engine.read.parquet_format import PARQUET
from headgate.engine.read.source import Format
from headgate.engine.read.workbook import WORKBOOK
from headgate.engine.read.xml_format import XML

FORMATS: tuple[Format, ...] = (WORKBOOK, PARQUET, HTML, XML, JSON, DELIMITED)
