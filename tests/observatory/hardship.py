"""Hard times for the database, in a process of their own: imports that are killed, people who approve at once.

``python -m tests.observatory.hardship kill 1`` kills an import at every statement, with SIGKILL, each in a forked
process; ``race`` lets eight people approve one release at the same moment. Both print what they saw as JSON. The
database is the one of the environment (``KECHO_HOME``, ``KECHO_DATABASE_URL``).
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
PEOPLE = 8
ROUNDS = 6


def start() -> None:
    """Tables for the rooms that an import touches."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def snapshot() -> list[Any]:
    """All that an import may change, without the numbers that a database gives."""
    from kecho.observatory.models import Finding, Observation, Release, ReleaseStep, Series
    from kecho.people.models import AuditEvent

    columns = "release__sha256", "series__breakdown", "series__measure", "period_start", "period_end", "value"
    return [
        sorted(Release.everything.values_list("sha256", flat=True)),
        sorted(map(str, Observation.everything.values_list(*columns))),
        sorted(map(str, Finding.everything.values_list("release__sha256", "rule", "period_start"))),
        sorted(map(str, ReleaseStep.objects.values_list("release__sha256", "number", "state"))),
        Series.objects.count(),
        AuditEvent.objects.count(),
    ]


def kill(every: int) -> dict[str, Any]:
    """Kill an import at every ``every``-th statement and on both sides of its commit; then let it through."""
    from kecho.observatory import actions
    from kecho.people.actors import command_line
    from tests.observatory.makers import reading, row

    def rows(first: int) -> list[Any]:
        parts = [row(f"{first + at}.5", label=f"Nhóm hàng {at}", cell=f"D{at + 10}") for at in range(20)]
        return [row("9900"), row("15000", period="2025-01/2025-02", cell="E9"), *parts]

    actions.import_reading(reading("2025-01", row("5000", period="2025-01")), command_line())
    actions.import_reading(reading("2025-02", *rows(1)), command_line())
    again = reading("2025-02", *rows(100), name="2025-02b.xlsx")
    before, seen, point = snapshot(), {"before": 0, "after": 0, "else": 0}, 0

    def bring() -> None:
        actions.import_reading(again, command_line(), as_draft=point % 2 == 0)

    while True:
        point += every
        if not died(bring, at=point):
            break
        seen["before" if snapshot() == before else "else"] += 1
    through = snapshot()
    statements = point
    return {"statements": statements, "points": seen, "changed": through != before, **commits(bring, again)}


def commits(bring: Callable[[], None], done: Any) -> dict[str, Any]:
    """The two sides of a commit, on another file of the month, and the same file once more afterwards."""
    from kecho.observatory import actions
    from kecho.people.actors import command_line
    from tests.observatory.makers import reading, row

    third = reading("2025-03", row("7000", period="2025-03"), name="2025-03.xlsx")
    before = snapshot()
    found = {}
    for side in ("before commit", "after commit"):
        killed = died(lambda: actions.import_reading(third, command_line()), side=side)
        found[side] = [killed, snapshot() != before]
    repeated = [actions.import_reading(one, command_line()).is_new for one in (done, third)]
    return {"commit": found, "new when repeated": repeated, "integrity": integrity()}


def died(deed: Callable[[], object], *, at: int = 0, side: str = "") -> bool:
    """Do it in a forked process that kills itself at statement ``at`` or beside the commit; whether it was killed."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise RuntimeError("the import failed by itself")
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    try:
        _deadly(deed, at, side)
    except BaseException as problem:
        sys.stderr.write(f"{problem}\n")
        os._exit(1)
    os._exit(0)


def _deadly(deed: Callable[[], object], at: int, side: str) -> None:
    from django.db import connection

    left = [at]

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            if many:  # half of the rows are in
                params = list(params)
                execute(sql, params[: len(params) // 2], many, context)
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    commit = connection._commit

    def beside() -> None:
        if side == "before commit":
            os.kill(os.getpid(), signal.SIGKILL)
        commit()
        if side == "after commit":
            os.kill(os.getpid(), signal.SIGKILL)

    connection._commit = beside
    with connection.execute_wrapper(count):
        deed()


def integrity() -> str:
    """What SQLite says of its own file; ``ok`` elsewhere."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


def race() -> dict[str, Any]:
    """Eight leaders approve one release at the same moment, a few times: what each was told, how many approvals."""
    from django.db import connections

    from kecho.kernel.errors import KechoError
    from kecho.observatory import approval
    from kecho.observatory.models import ReleaseStep
    from kecho.people.actors import Role
    from tests.observatory.people import STATISTICIAN, actor, draft

    answers: list[list[str]] = []
    for number in range(ROUNDS):
        release = draft(str(1000 + number), month=f"2024-{number + 1:02d}").release.id
        approval.check(release, STATISTICIAN)
        gate = Barrier(PEOPLE)

        def approve(who: int, release: int = release, gate: Barrier = gate) -> str:
            try:
                gate.wait()
                approval.approve(release, actor(f"Lãnh đạo {who}", Role.LEADER))
            except KechoError as refused:
                return refused.code
            else:
                return "approved"
            finally:
                connections.close_all()

        with ThreadPoolExecutor(PEOPLE) as pool:
            answers.append(sorted(pool.map(approve, range(PEOPLE))))
    steps = ReleaseStep.objects.filter(state="approved").count()
    return {"answers": answers, "approvals": steps}


if __name__ == "__main__":
    start()
    sys.stdout.write(json.dumps(kill(int(sys.argv[2])) if sys.argv[1] == "kill" else race()) + "\n")
