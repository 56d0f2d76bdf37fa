"""Speed and memory, measured by anyone: `make bench`."""
