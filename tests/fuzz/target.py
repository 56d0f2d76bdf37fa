"""One harness under libFuzzer: `python -m tests.fuzz.target NAME [options of libFuzzer] [folders of inputs]`.

Only headgate's own code is instrumented, so that coverage speaks of it alone and libraries run at their usual speed.
"""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    """Fuzz until libFuzzer is done."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["headgate"], enable_loader_override=False):
        from tests.fuzz.catalogue import HARNESSES
    harness = HARNESSES[name]
    atheris.Setup(sys.argv, harness.run, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
