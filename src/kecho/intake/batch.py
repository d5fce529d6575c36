"""Many files at once, each read in a process of its own kind: bad bytes end that process, never this one.

A worker has a memory limit, a file has a time limit. Whatever happens to one file becomes a coded error of that file,
and the others go on. Results come in the order of the arguments.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from kecho.intake import limits
from kecho.intake.guard import display_name
from kecho.intake.reader import STARTED, Reader, read_file, work
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, Location

#: Called after each file with the number done, the number of all, and what was read.
Progress = Callable[[int, int, Reading], None]

_SPAWN = multiprocessing.get_context("spawn")  # a fresh interpreter: no locks or handles of this one


def read_files(
    paths: Sequence[Path | str],
    jobs: int | None = None,
    progress: Progress | None = None,
    *,
    reader: Reader = read_file,
    seconds: float | None = None,
) -> list[Reading]:
    """One Reading a path, in the order given.

    ``jobs`` is the number of processes, by default one a core. ``seconds`` is the time one file may take, by default
    what its size earns it (``limits``). ``reader`` reads one file; it is looked up by name in the worker, so it must be
    a module's own function. A file that repeats another of the batch, or its month, is refused.
    """
    files = [Path(path) for path in paths]
    count = max(1, min(jobs or _cores(), len(files) or 1))
    readings = _Crew(files, count, reader, seconds, progress).run()
    _refuse_repeats(readings)
    return readings


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    """A process and the file it is busy with (``index`` in the batch)."""

    process: BaseProcess
    connection: Connection
    index: int = -1
    seconds: float = 0
    deadline: float = 0

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class _Crew:
    """Hands files to workers, collects readings, replaces workers that die or are too slow."""

    def __init__(
        self, files: list[Path], count: int, reader: Reader, seconds: float | None, progress: Progress | None
    ) -> None:
        self.files = files
        self.count = count
        self.reader = reader
        self.seconds = seconds
        self.progress = progress
        self.waiting = deque(range(len(files)))
        self.done: dict[int, Reading] = {}
        self.idle: list[_Worker] = []
        self.busy: list[_Worker] = []

    def run(self) -> list[Reading]:
        try:
            while len(self.done) < len(self.files):
                while self.waiting and len(self.busy) < self.count:
                    self._give(self.waiting.popleft())
                soonest = min(worker.deadline for worker in self.busy)
                ready = wait([worker.connection for worker in self.busy], max(0.0, soonest - time.monotonic()))
                for worker in list(self.busy):
                    if worker.connection in ready:
                        self._collect(worker)
                    elif time.monotonic() >= worker.deadline:
                        self._drop(worker, "intake.timeout", seconds=f"{worker.seconds:.0f}")
        finally:
            for worker in self.idle + self.busy:
                worker.stop()
        return [self.done[index] for index in range(len(self.files))]

    def _give(self, index: int) -> None:
        """Start one file on an idle worker, or on a new one."""
        is_fresh = not self.idle
        worker = self._hire() if is_fresh else self.idle.pop()
        worker.index = index
        worker.seconds = self.seconds or _allowance(self.files[index])
        worker.deadline = time.monotonic() + worker.seconds + (limits.SECONDS_TO_START if is_fresh else 0)
        self.busy.append(worker)
        try:
            worker.connection.send(os.fspath(self.files[index]))
        except OSError:
            if is_fresh:
                worker.process.join()
                self._drop(worker, "intake.reader_crashed", detail=f"exit {worker.process.exitcode}")
                return
            self.busy.remove(worker)  # it died while idle: the file is not to blame
            worker.stop()
            self.waiting.appendleft(index)

    def _hire(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=work, args=(theirs, self.reader), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _collect(self, worker: _Worker) -> None:
        """Take the reading; a closed pipe instead of one means that the worker died over this file.

        A new worker first says that it has started: the file's time runs from then on.
        """
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._drop(worker, "intake.reader_crashed", detail=f"exit {worker.process.exitcode}")
            return
        if message == STARTED:
            worker.deadline = time.monotonic() + worker.seconds
            return
        self.busy.remove(worker)
        self.idle.append(worker)
        self._finish(worker.index, message)

    def _drop(self, worker: _Worker, code: str, **params: object) -> None:
        """End a worker; its file carries the error."""
        self.busy.remove(worker)
        worker.stop()
        name = display_name(self.files[worker.index])
        error = KechoError(code, where=Location(file=name), **params)
        self._finish(worker.index, Reading(name, errors=[error]))

    def _finish(self, index: int, reading: Reading) -> None:
        self.done[index] = reading
        if self.progress:
            self.progress(len(self.done), len(self.files), reading)


def _allowance(path: Path) -> float:
    """Seconds for one file, by its size."""
    try:
        mebibytes = path.stat().st_size / limits.MEBIBYTE
    except (OSError, ValueError):
        mebibytes = 0
    return limits.SECONDS_PER_FILE + limits.SECONDS_PER_MEBIBYTE * mebibytes


def _refuse_repeats(readings: list[Reading]) -> None:
    """Of two files with one content, or two workbooks of one month, the first goes in and the second is refused.

    Which of two editions of a month is right cannot be known here, and the order of arguments is often a folder's.
    """
    contents: dict[str, str] = {}
    months: dict[str, str] = {}
    for index, reading in enumerate(readings):
        if not reading.is_read:
            continue
        where = Location(file=reading.file)
        error = None
        if reading.sha256 and reading.sha256 in contents:
            error = KechoError("intake.duplicate_file", where=where, other=contents[reading.sha256])
        elif reading.tables and reading.period in months:
            other = months[reading.period]
            error = KechoError("intake.duplicate_month", where=where, other=other, period=reading.period)
        if error:
            readings[index] = Reading(reading.file, reading.sha256, reading.period, errors=[error])
            continue
        contents[reading.sha256] = reading.file
        if reading.tables and reading.period:
            months[reading.period] = reading.file
