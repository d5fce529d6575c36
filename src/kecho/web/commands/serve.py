"""``kecho serve``: the site, on this machine alone unless told otherwise."""

from __future__ import annotations

import errno
import socket
from importlib import import_module
from typing import Annotated, Any

import typer

from kecho.kernel.errors import KechoError

PORT_TRIES = 50


def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ nghe / Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Cổng / Port", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Số tiến trình / Processes", min=1, max=64)] = 1,
) -> None:
    """Mở trang web / Serve the site."""
    check_port(host, port)
    from kecho.web.commands import database

    database.start()
    database.check()
    if database.is_without_figures():
        typer.echo("Chưa có số liệu: chạy “kecho demo --no-serve” hoặc “kecho import TỆP…”.")
        typer.echo("No figures yet: run “kecho demo --no-serve” or “kecho import FILE…”.")
    run(host, port, workers)


def run(host: str, port: int, workers: int = 1) -> None:
    """Serve until interrupted. The database has been checked."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if host not in ("127.0.0.1", "localhost", "::1") and not settings.PLACE_HOSTS:
        typer.echo("KECHO_HOSTS chưa đặt: trang chỉ mở được bằng tên localhost hoặc 127.0.0.1.")
        typer.echo("KECHO_HOSTS is not set: the site answers to the names localhost and 127.0.0.1 alone.")
    typer.echo(f"Mở / Open: http://{'localhost' if host == '0.0.0.0' else host}:{port}/   (Ctrl+C: dừng / stop)")  # noqa: S104
    import_module("kecho.web.urls")  # a page that cannot be loaded stops the start, not the first visitor
    server: Any = Granian(
        "kecho.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve()


def check_port(host: str, port: int) -> None:
    """Raises ``web.port_taken`` naming a free port, or ``web.bad_host``."""
    reason = _refusal(host, port)
    if reason is None:
        return
    if reason.errno != errno.EADDRINUSE:
        raise KechoError("web.bad_host", host=host, port=port, reason=reason.strerror or str(reason))
    tries = range(port + 1, min(port + PORT_TRIES, 65535) + 1)
    free = next((other for other in tries if _refusal(host, other) is None), 0)
    raise KechoError("web.port_taken", host=host, port=port, free=free)


def _refusal(host: str, port: int) -> OSError | None:
    """Why the port cannot be had, if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            return refused
    return None
