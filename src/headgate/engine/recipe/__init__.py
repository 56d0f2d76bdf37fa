"""Correction recipes: what people decided for one file, replayed on the next one that fits, and told in its decisions."""
