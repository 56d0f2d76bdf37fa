"""Runs the real server with the engine double: `python -m tests.contract.serve [worker]`, settings from the environment.

CLOCK_AHEAD: seconds by which the machine's clock is wrong, as this process sees it.
"""

import os
import sys
import time
from datetime import datetime, timedelta, tzinfo


def set_clock_ahead(seconds: float) -> None:
    """Have `time.time`, and the one place of the service that asks for the machine's date, be ahead."""
    from headgate.db import clock

    true_time = time.time

    class Ahead:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime.now(zone) + timedelta(seconds=seconds)

    time.time = lambda: true_time() + seconds
    clock.__dict__["datetime"] = Ahead


if __name__ == "__main__":
    from headgate.loading import loading

    # Worker processes import this module again, and need nothing of the server.
    with loading():
        from headgate.config import ConfigurationError, load_config
        from headgate.server.run import serve, work

    if ahead := float(os.environ.get("CLOCK_AHEAD", "0")):
        set_clock_ahead(ahead)
    try:
        (work if "worker" in sys.argv else serve)(load_config(), engine="tests.contract.engine_double")
    except ConfigurationError as error:
        sys.exit(str(error))
