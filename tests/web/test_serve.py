"""``kecho serve`` and ``kecho migrate``: what they say when the port or the database is not ready."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kecho.kernel.errors import KechoError
from kecho.web.commands.serve import check_port


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program holds."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def kecho(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a place of its own."""
    environment = {**os.environ, "KECHO_HOME": str(home), "PYTHONUTF8": "1"}
    environment.pop("KECHO_DATABASE_URL", None)
    command = [sys.executable, "-c", "from kecho.web.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_taken_port_names_a_free_one(taken: int) -> None:
    with pytest.raises(KechoError) as refused:
        check_port("127.0.0.1", taken)
    assert refused.value.code == "web.port_taken"
    assert refused.value.params["free"] > taken
    assert f"--port {refused.value.params['free']}" in refused.value.do("en")


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(KechoError) as refused:
        check_port("192.0.2.1", 8000)
    assert refused.value.code == "web.bad_host"


def test_free_port_is_accepted() -> None:
    check_port("127.0.0.1", 0)


def test_taken_port_on_the_command_line(tmp_path: Path, taken: int) -> None:
    run = kecho(tmp_path, "serve", "--port", str(taken))
    assert run.returncode == 1
    assert run.stderr.count("web.port_taken") == 2  # once in each language
    assert "Traceback" not in run.stderr


def test_database_without_tables_says_what_to_do(tmp_path: Path) -> None:
    run = kecho(tmp_path, "serve", "--port", "8399")
    assert run.returncode == 1
    assert "web.empty_database" in run.stderr and "kecho demo --no-serve" in run.stderr


def test_migrate_makes_the_tables_once(tmp_path: Path) -> None:
    first, again = kecho(tmp_path, "migrate"), kecho(tmp_path, "migrate")
    assert (first.returncode, again.returncode) == (0, 0)
    assert " 0 bước" not in first.stdout and " 0 bước" in again.stdout
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


LOOK_AT_ALL = """
import django; django.setup()
from django.test import Client
for address in (
    "/", "/bang-ke-hoach/", "/chi-tieu/", "/chi-tieu/iip/", "/bao-cao/", "/nguon/", "/kiem-tra/", "/en/",
    "/en/indicators/",
):
    response = Client(headers={"host": "localhost"}).get(address)
    print(response.status_code, "kecho " in response.content.decode(), address)
"""


def test_pages_of_an_empty_database_say_what_to_do(tmp_path: Path) -> None:
    kecho(tmp_path, "migrate")
    environment = {**os.environ, "KECHO_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    environment.pop("KECHO_DATABASE_URL", None)
    run = subprocess.run(
        [sys.executable, "-c", LOOK_AT_ALL], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    lines = [line.split() for line in run.stdout.splitlines()]
    assert {status for status, _, _ in lines} == {"200"}
    assert [address for _, says, address in lines if says != "True"] == ["/kiem-tra/"]
