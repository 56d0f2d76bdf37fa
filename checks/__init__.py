"""Checks of what this repository depends on, run by `make audit` and so by `make test`."""
