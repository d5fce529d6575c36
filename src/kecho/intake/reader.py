"""One file into one Reading, whatever the file is; and the process that does so."""

from __future__ import annotations

import os
import signal
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from kecho.intake import limits
from kecho.intake.guard import display_name
from kecho.intake.reading import Reading
from kecho.kernel.errors import KechoError, KechoErrors, Location

Reader = Callable[[Path], Reading]

#: What a worker sends before its first reading.
STARTED = "started"

_PACKAGE = Path(__file__).resolve().parent.parent


def read_file(path: Path) -> Reading:
    """SDMX and tidy CSV by extension and header, a monthly workbook otherwise. Raises KechoError for what is none."""
    from kecho.intake import sdmx

    if path.suffix.lower() == ".xml" or (path.suffix.lower() == ".csv" and sdmx.is_sdmx_csv(path)):
        return sdmx.read_sdmx(path)
    if path.suffix.lower() == ".csv":
        from kecho.intake.tidy import read_csv

        return read_csv(path)
    from kecho.intake.workbook import read_workbook

    return read_workbook(path)


def work(connection: Connection, reader: Reader) -> None:
    """Read the files whose paths arrive, until the pipe closes. Runs in its own process, under its own limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    warnings.simplefilter("ignore")  # parsers warn of pictures and validations they leave out; none is read here
    _limit_memory()
    _silence()
    connection.send(STARTED)
    while True:
        try:
            path = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(read_safely(Path(path), reader))


def read_safely(path: Path, reader: Reader = read_file) -> Reading:
    """The file's reading; every failure is a coded error in it, none is raised."""
    name = display_name(path)
    where = Location(file=name)
    try:
        return reader(path)
    except KechoErrors as problem:
        return Reading(name, errors=problem.errors)
    except KechoError as problem:
        return Reading(name, errors=[problem])
    except MemoryError:
        limit = limits.WORKER_BYTES // limits.MEBIBYTE
        return Reading(name, errors=[KechoError("intake.out_of_memory", where=where, limit=limit)])
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic inside calamine is no Exception
        code = "intake.broken_file" if _is_of_parser(problem) else "intake.reader_crashed"
        return Reading(name, errors=[KechoError(code, where=where, detail=_origin(problem))])


def _is_of_parser(problem: BaseException) -> bool:
    """Raised by a library over the file's bytes, not by this package's own lines."""
    frames = traceback.extract_tb(problem.__traceback__)
    is_native = type(problem).__module__.split(".")[0] in ("python_calamine", "pyo3_runtime")  # these leave no frame
    return is_native or bool(frames and not Path(frames[-1].filename).is_relative_to(_PACKAGE))


def _origin(problem: BaseException) -> str:
    """``KeyError in workbook.py:120``: enough for the person who mends the reader."""
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(problem).__name__}{place}"


def _silence() -> None:
    """Nothing that a parser writes may reach the parent's output: standard output is data there."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)


def _limit_memory() -> None:
    """Cap this process's memory and leave no core dumps, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, size in ((resource.RLIMIT_AS, limits.WORKER_BYTES), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (size, resource.getrlimit(what)[1]))
        except (ValueError, OSError):  # a lower limit is already set
            continue
