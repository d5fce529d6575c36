"""Keeping answers: computed once for each set of figures, one family at a time, and read back as they were.

The work is done by one thread of the process, without the database; who asks waits for it, or comes back later. So many
first visits at once cannot take the machine, and a page never waits longer than it wants to.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Lock

from kecho.kernel.errors import KechoError
from kecho.outlook.families import Family
from kecho.outlook.making import Made, make_family
from kecho.outlook.models import KeptOutlook
from kecho.outlook.written import read, write

MOST_KEPT = 5000  # rows of about twenty kilobytes
MOST_WAITING = 30  # families in the queue of one process
_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outlook")
_JOBS: dict[str, Future[dict[str, Made]]] = {}
_LOCK = Lock()


def kept(family: Family) -> Made | None:
    """The answer for exactly these figures, if it was computed before."""
    return kept_many([family]).get(family.fingerprint)


def kept_many(families: list[Family]) -> dict[str, Made]:
    """The answers that there are, by fingerprint; one query."""
    rows = KeptOutlook.objects.filter(fingerprint__in=[family.fingerprint for family in families])
    return {row.fingerprint: read(row.answer) for row in rows}


def made(family: Family, wait: float | None = None) -> Made | None:
    """The answer for these figures: kept, or computed now and kept, with those of the whole family.

    None where it is not there after ``wait`` seconds; the work goes on and the next who asks finds it. Raises
    KechoError ``outlook.busy`` where too much is waiting already.
    """
    found = kept(family)
    if found is not None:
        return found
    job = _job(family)
    try:
        answers = job.result(timeout=wait)
    except NotYet:
        return None
    finally:
        if job.done():
            with _LOCK:
                _JOBS.pop(_name(family), None)
    _keep(family, answers)
    return answers[family.name[2]]


def _job(family: Family) -> Future[dict[str, Made]]:
    """The work on this family, begun if nobody asked for it yet."""
    with _LOCK:
        job = _JOBS.get(_name(family))
        if job is None:
            if len(_JOBS) >= MOST_WAITING:
                _JOBS.clear()  # nobody came back for them: what runs ends, the rest is asked for anew
                raise KechoError("outlook.busy")
            months = {part: one.months for part, one in family.members.items()}
            job = _JOBS[_name(family)] = _WORKER.submit(make_family, months, family.sums)
        return job


def _name(family: Family) -> str:
    """The same for every member of a family."""
    return min(family.fingerprints.values())


def _keep(family: Family, answers: dict[str, Made]) -> None:
    for part, answer in answers.items():
        KeptOutlook.objects.get_or_create(
            fingerprint=family.fingerprints[part],
            defaults={
                "indicator": family.name[0],
                "breakdown": part,
                "locality": family.name[1],
                "last_month": family.members[part].last.start,
                "answer": write(answer),
            },
        )
    beyond = KeptOutlook.objects.order_by("-id").values_list("id", flat=True)[MOST_KEPT:]
    KeptOutlook.objects.filter(id__in=list(beyond)).delete()
