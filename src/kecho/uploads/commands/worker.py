"""``kecho worker``: does the work that the pages hand on, where ``KECHO_TASKS`` is ``database``."""

from __future__ import annotations

from typing import Annotated

import django
import typer


def worker(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Làm hết việc đang chờ rồi dừng / Do what waits, then stop")
    ] = False,
) -> None:
    """Đọc các tệp chờ trong nền / Read waiting files in the background.

    Chạy như một dịch vụ bên cạnh trang web. / Runs as a service beside the site.
    """
    django.setup()
    from django.core.management import call_command

    call_command("db_worker", batch=once, interval=1, startup_delay=False, verbosity=1)
