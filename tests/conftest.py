"""What every test may use: the shared data, no network, a flush that respects append-only tables."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# On a busy machine making examples takes long; that says nothing about the code.
settings.register_profile("kecho", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("kecho")

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ("127.0.0.1", "0.0.0.0", "::1", "::", "localhost", "", None)


def shared_folder() -> Path:
    """Where the real workbooks lie: ``KECHO_SHARED``, else ``../shared/data`` beside the project."""
    return Path(os.environ.get("KECHO_SHARED", ROOT.parent / "shared" / "data"))


def postgres_is_installed() -> bool:
    """Whether ``tools/with_postgres.py`` will find the server's programs."""
    named = os.environ.get("KECHO_POSTGRES_BIN")
    folders = [Path(named)] if named else Path("/usr/lib/postgresql").glob("*/bin")
    return any((folder / "initdb").exists() for folder in folders)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs real data or a server that is not on this machine."""
    absent = {}
    if not shared_folder().is_dir():
        absent["shared"] = f"the real workbooks are not at {shared_folder()} (set KECHO_SHARED)"
    if not postgres_is_installed():
        absent["postgres"] = "PostgreSQL is not installed (apt-get install postgresql, or set KECHO_POSTGRES_BIN)"
    for item in items:
        for marker in absent.keys() & item.keywords:
            item.add_marker(pytest.mark.skip(reason=absent[marker]))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data; mark tests that use it ``@pytest.mark.shared``."""
    folder = shared_folder()
    if not folder.is_dir():
        pytest.skip(f"the real workbooks are not at {folder} (set KECHO_SHARED)")
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A stray request fails at once; this machine's own servers and local sockets stay reachable."""
    patch = pytest.MonkeyPatch()
    resolve = socket.getaddrinfo

    def refuse(host: object) -> None:
        if host not in LOCAL:
            raise RuntimeError(f"a test tried to reach {host}: tests run without network")

    def guard(real: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple):
                refuse(address[0])
            return real(self, address)

        return connect

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse(host.decode() if isinstance(host, bytes) else host)
        return resolve(host, *args, **kwargs)

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guard(getattr(socket.socket, name)))
    patch.setattr(socket, "getaddrinfo", guarded_resolve)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def flush_lifts_append_only() -> Iterator[None]:
    """Emptying all tables between tests is the one place where the append-only triggers step aside."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from kecho.people import append_only

    real = BaseDatabaseOperations.execute_sql_flush

    @contextmanager
    def lifted(connection: Any) -> Iterator[None]:
        tables = append_only.protected_tables(connection)
        for table in tables:
            append_only.unprotect(connection, table)
        yield
        for table in tables:
            append_only.protect(connection, table)

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with lifted(self.connection):
            real(self, sql_list)

    patch = pytest.MonkeyPatch()
    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()
