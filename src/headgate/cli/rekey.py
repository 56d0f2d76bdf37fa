"""`headgate rekey`."""

from __future__ import annotations

import typer

from headgate.cli.options import DataDir, fail, load, open_database


def rekey(data_dir: DataDir = None) -> None:
    """Wrap the keys of encrypted files by a new key, and forget the old one, while the service runs or not.

    Files stay as they are. Back the data directory up afterwards: older backups need the old key, which they hold.
    """
    config = load({"data_dir": data_dir})
    with open_database(data_dir, config) as database:
        from headgate.storage.encryption import FileKeys, KeyRing, MissingKeyError

        try:
            count = FileKeys(database, KeyRing(config.data_dir.resolve())).rewrap()
        except (MissingKeyError, OSError) as error:
            fail(str(error))
    typer.echo(f"Wrapped {count:,} keys of imports by a new key.")
