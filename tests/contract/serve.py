"""Runs the real server with the engine double: `python -m tests.contract.serve`, settings from the environment."""

if __name__ == "__main__":
    # Worker processes import this module again, and need nothing of the server.
    from headgate.config import load_config
    from headgate.server.run import serve

    serve(load_config(), engine="tests.contract.engine_double")
