"""Which record of a file holds the column names."""

from headgate.engine.header.choose import HeaderDecision, choose_header, header_names

__all__ = ["HeaderDecision", "choose_header", "header_names"]
