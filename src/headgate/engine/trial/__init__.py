"""Trying a schema or a hook out: an import whose rows are looked at as they would come out, and what differs between two."""
