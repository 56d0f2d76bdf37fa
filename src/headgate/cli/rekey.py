"""`headgate rekey`."""

from __future__ import annotations

from typing import Annotated

import typer

from headgate.cli.options import DataDir, fail, load, open_database

SEVERAL_COPIES = (
    "With files in a bucket each machine may have a copy of file-keys, and one that is not told of a new key could not read files any "
    "more. docs/privacy.md (encryption at rest) says how to bring a new key to all of them; then: headgate rekey --newest"
)


def rekey(
    newest: Annotated[
        bool,
        typer.Option(
            "--newest",
            help="Wrap by the last key of file-keys, and leave that file as it is: for machines with a copy each.",
        ),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Wrap the keys of encrypted files by a new key, and forget the old one, while the service runs or not.

    Files stay as they are. Back the data directory up afterwards: older backups need the old key, which they hold.
    """
    config = load({"data_dir": data_dir})
    if config.store_url is not None and not newest:
        fail(SEVERAL_COPIES)
    with open_database(data_dir, config) as database:
        from headgate.storage.encryption import FileKeys, KeyRing, MissingKeyError

        keys = FileKeys(database, KeyRing(config.data_dir.resolve()))
        try:
            count = keys.rewrap_by_newest() if newest else keys.rewrap()
        except (MissingKeyError, OSError) as error:
            fail(str(error))
    typer.echo(f"Wrapped {count:,} keys of imports by {'the newest' if newest else 'a new'} key.")
