"""How many imports an installation takes, and what it needs for more: `python -m benchmarks.capacity`."""
