"""Runs the real server with the engine double: `python -m tests.contract.serve`, settings from the environment."""

from headgate.config import load_config
from headgate.server.run import serve

if __name__ == "__main__":
    serve(load_config(), engine="tests.contract.engine_double")
