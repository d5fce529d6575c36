"""The house rules that the test environment itself keeps."""

from __future__ import annotations

import socket
import urllib.request

import pytest


def test_a_stray_request_fails_at_once() -> None:
    with pytest.raises(RuntimeError, match="without network"):
        urllib.request.urlopen("http://example.invalid/", timeout=1)
    with socket.socket() as wire, pytest.raises(RuntimeError, match="without network"):
        wire.connect(("192.0.2.1", 80))


def test_this_machine_stays_reachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
