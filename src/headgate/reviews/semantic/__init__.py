"""Suggestions by the meaning of names, from a sentence-embedding model on the operator's own disk (`headgate[semantic]`)."""
