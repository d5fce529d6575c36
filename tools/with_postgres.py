"""Run a command beside a PostgreSQL of its own, which is thrown away afterwards.

    python tools/with_postgres.py python -m pytest tests/people

The command finds the server in KECHO_DATABASE_URL. The server's programs come from the system (Debian: postgresql);
KECHO_POSTGRES_BIN names another folder. PostgreSQL refuses to run as root, so root runs it as the account ``postgres``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def programs() -> Path | None:
    """The folder with initdb and pg_ctl; None where PostgreSQL is not installed."""
    named = os.environ.get("KECHO_POSTGRES_BIN")
    folders = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """A fresh server on this machine only; yields its address for KECHO_DATABASE_URL."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql, or set KECHO_POSTGRES_BIN")
    home = Path(tempfile.mkdtemp(prefix="kecho-postgres-"))
    as_user = _as_user(home)
    data, port = home / "data", _free_port()
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off"
    )
    try:
        _run([*as_user, str(folder / "initdb"), "-D", str(data), "-U", "kecho", "--auth=trust", "-E", "UTF8",
              "--locale=C.UTF-8"])  # fmt: skip
        control = [*as_user, str(folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log")]
        _run([*control, "-o", options, "start"])
        try:
            yield f"postgresql://kecho@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as_user(home: Path) -> list[str]:
    """How to run a program as somebody who is not root; that somebody then owns ``home``."""
    if os.geteuid() != 0:
        return []
    shutil.chown(home, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str]) -> None:
    """Run it from a folder that every account can read; show what it said only when it failed."""
    done = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


def main() -> int:
    """The exit status of the command."""
    with running() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "KECHO_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
