"""What stands in a module's place is the module to all who ask something of it. New processes: here all modules are loaded."""

from __future__ import annotations

import subprocess
import sys

STANDING = """
import sys
from headgate.stand_ins import put_stand_ins
put_stand_ins()
"""


def run(code: str) -> None:
    """Run `code` where nothing but stand-ins was loaded."""
    subprocess.run([sys.executable, "-c", STANDING + code], check=True)


def test_nothing_is_loaded_by_who_only_imports_it() -> None:
    run("""
import importlib.metadata, subprocess, hashlib, secrets, zipfile
from gettext import gettext
from importlib.metadata import entry_points, version
assert not {"email", "selectors", "_hashlib", "hmac", "struct", "locale"}.intersection(sys.modules)
""")


def test_what_is_asked_is_what_the_module_has() -> None:
    run("""
import hashlib, importlib, importlib.metadata, subprocess, zipfile
from hashlib import blake2b
from importlib.metadata import version
assert hashlib.sha256(b"a").hexdigest().startswith("ca978112")
assert blake2b is sys.modules["hashlib"].blake2b
assert subprocess.run([sys.executable, "-c", "print(5)"], stdout=subprocess.PIPE).stdout == b"5\\n"
assert issubclass(subprocess.CalledProcessError, subprocess.SubprocessError)
assert issubclass(zipfile.BadZipFile, Exception)
assert version("polars") == importlib.metadata.version("polars")
assert "Stand" not in type(sys.modules["subprocess"]).__name__
assert importlib.metadata is sys.modules["importlib.metadata"]
""")


def test_a_part_of_a_package_is_found_before_the_package_is_asked() -> None:
    run("""
import importlib.metadata._text
from importlib.metadata._functools import pass_none
from importlib.metadata import PackageNotFoundError, version
try:
    version("no-such-distribution")
except PackageNotFoundError:
    pass
else:
    raise AssertionError
""")


def test_what_a_module_lacks_is_missing() -> None:
    run("""
import subprocess
assert not hasattr(subprocess, "no_such_name")
assert not hasattr(subprocess, "__path__")
try:
    from subprocess import no_such_name
except ImportError as error:
    assert "subprocess" in str(error)
else:
    raise AssertionError
""")


def test_a_module_that_is_loaded_stays_as_it_is() -> None:
    subprocess.run(
        [sys.executable, "-c", "import subprocess, hashlib" + STANDING + "assert sys.modules['hashlib'] is hashlib"],
        check=True,
    )


def test_threads_that_ask_at_once_get_the_same_module() -> None:
    run("""
import subprocess, threading
found, together = [], threading.Barrier(8)
def ask():
    together.wait()
    found.append(subprocess.Popen)
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(found) == 8 and len(set(found)) == 1 and found[0] is sys.modules["subprocess"].Popen
""")
