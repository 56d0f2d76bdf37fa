"""Reading: the bytes of any file → the raw table of text."""
