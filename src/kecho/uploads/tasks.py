"""Work behind the pages: reading files, at once or by ``kecho worker`` (``KECHO_TASKS``)."""

from __future__ import annotations

from django_tasks import task

from kecho.uploads import actions


@task()
def read_upload(pk: int) -> None:
    """Look at one file that was handed in."""
    actions.read(pk)
