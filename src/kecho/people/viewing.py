"""On whose behalf figures are read, now: the one thing every read narrows by.

A page sets it for its visitor, a command for the operator, a job for whoever asked for it. Where nobody set it, the
public reads: a forgotten caller sees too little, never too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kecho.people.actors import Actor, public

PUBLIC = public()

_viewer: ContextVar[Actor] = ContextVar("kecho_viewer", default=PUBLIC)


def viewer() -> Actor:
    """Whoever reads now; the public where nobody said."""
    return _viewer.get()


@contextmanager
def seen_by(actor: Actor) -> Iterator[Actor]:
    """Reads inside are made on behalf of ``actor``.

    >>> with seen_by(Actor("Phòng Kế hoạch")):
    ...     viewer().name
    'Phòng Kế hoạch'
    >>> viewer() == PUBLIC
    True
    """
    token = _viewer.set(actor)
    try:
        yield actor
    finally:
        _viewer.reset(token)
