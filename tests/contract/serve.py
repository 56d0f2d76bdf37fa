"""Runs the real server with the engine double: `python -m tests.contract.serve [worker]`, settings from the environment."""

import sys

if __name__ == "__main__":
    # Worker processes import this module again, and need nothing of the server.
    from headgate.config import ConfigurationError, load_config
    from headgate.server.run import serve, work

    try:
        (work if "worker" in sys.argv else serve)(load_config(), engine="tests.contract.engine_double")
    except ConfigurationError as error:
        sys.exit(str(error))
