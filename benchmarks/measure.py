"""Running one job in a process of its own and saying what it took."""

from __future__ import annotations

import multiprocessing
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``peer`` names what ran beside it and ``ratio`` is ours over the peer's (time)."""

    what: str
    value: str
    unit: str
    demand: str = ""
    peer: str = ""
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What a call gave and took: wall and processor seconds, peak memory in MB of the largest process."""

    result: Any
    wall: float
    cpu: float
    peak_mb: float


def alone(job: Callable[..., Any], *arguments: Any) -> Run:
    """``job(*arguments)`` in a fresh process; its own failure is raised here."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, job, arguments))
    process.start()
    theirs.close()
    try:
        outcome = ours.recv()
    except EOFError:
        raise RuntimeError(f"{job.__name__} ended without a result") from None
    process.join()
    if isinstance(outcome, BaseException):
        raise outcome
    assert isinstance(outcome, Run)
    return outcome


def _work(pipe: Connection, job: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        start, used = time.perf_counter(), _cpu()
        result = job(*arguments)
        wall, cpu = time.perf_counter() - start, _cpu() - used
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        pipe.send(Run(result, wall, cpu, peak / 1024))
    except BaseException as error:
        pipe.send(error)
        raise


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def median_ms(job: Callable[[], Any], times: int = 5) -> float:
    """Median wall milliseconds of ``times`` calls after one that is not counted."""
    job()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def machine() -> str:
    """Processor, cores, memory, system and the versions that matter, in one line."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "python-calamine", "xlrd", "typst", "altair"))
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}; {packages}"
    )
