"""What the browser tests need of a served site: run as a program it fills the small world, makes people and a plan that
waits for a signature, and prints as JSON every address with the person who may open it, and their sessions.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("KECHO_CHROMIUM") or shutil.which("chromium")
NO_CHROMIUM = "no Chromium: apt-get install chromium, or set KECHO_CHROMIUM to one"
SERVE_WITHIN = 60  # seconds
OFFICER, LEADER, ADMINISTRATOR = "officer", "leader", "administrator"


@dataclass(frozen=True, slots=True)
class Page:
    """An address in both languages, and who opens it: empty for the public."""

    vi: str
    en: str
    who: str


@dataclass(frozen=True, slots=True)
class Site:
    """A served site: its address, its pages by URL name, a session cookie for each person."""

    address: str
    pages: dict[str, Page]
    cookie: str
    sessions: dict[str, str]
    users: dict[str, str]

    def cookies(self, who: str) -> list[dict[str, str]]:
        """What a browser carries in which this person sits."""
        return [{"name": self.cookie, "value": self.sessions[who], "url": self.address}] if who else []


@contextmanager
def served(home: Path) -> Iterator[Site]:
    """``kecho serve`` over the small world, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "KECHO_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kecho.web.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    environment.pop("KECHO_DATABASE_URL", None)
    command = [sys.executable, "-c", "from kecho.web.cli import main; main()"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    fill = [sys.executable, "-m", "tests.web.site"]
    told = json.loads(subprocess.run(fill, env=environment, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout)
    address = f"http://127.0.0.1:{port}"
    pages = {name: Page(**page) for name, page in told.pop("pages").items()}
    with subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    ) as server:
        _wait(f"{address}/robots.txt")
        yield Site(address, pages, **told)
        server.terminate()


def _wait(address: str) -> None:
    until = time.monotonic() + SERVE_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def fill() -> dict[str, object]:
    """Everything in the database, and what a test must know of it."""
    import django

    django.setup()
    from django.conf import settings

    from kecho.people.actors import Role
    from tests.people.signing import account_of, client_of
    from tests.web import small

    small.load()
    people = {OFFICER: Role.OFFICER, LEADER: Role.LEADER, ADMINISTRATOR: Role.ADMINISTRATOR}
    users = {who: account_of(role).username for who, role in people.items()}
    _draft_a_plan(account_of(Role.OFFICER))
    sessions = {who: client_of(role).cookies[settings.SESSION_COOKIE_NAME].value for who, role in people.items()}
    return {"pages": _pages(), "cookie": settings.SESSION_COOKIE_NAME, "sessions": sessions, "users": users}


def _draft_a_plan(officer: object) -> None:
    """A revision that somebody else must adopt."""
    from dataclasses import replace
    from datetime import date
    from decimal import Decimal

    from django.utils import timezone

    from kecho.people.accounts import actor_of
    from kecho.plan import actions, queries

    (info,) = queries.plans("VN")
    draft = queries.draft(info.id)
    raised = tuple(replace(one, low=Decimal(910_000)) if one.code == "retail" else one for one in draft.targets)
    new = replace(
        draft, version=2, targets=raised, reason="Bán lẻ tăng nhanh hơn dự tính", effective_from=date(2024, 6, 1),
        document_number="02/QĐ-THU", document_date=date(2024, 5, 20),
    )  # fmt: skip
    actions.revise_plan(new, actor_of(officer, timezone.localdate()))  # type: ignore[arg-type]


def _pages() -> dict[str, dict[str, str]]:
    """Every address of the matrix that answers to GET with a page."""
    from django.urls import get_resolver, reverse
    from django.utils import translation
    from tools.route_page import matrix

    from tests.web.pages import NOT_HTML, PAGES, address
    from tests.web.test_matrix import patterns

    made, found = dict(patterns(get_resolver())), {}
    for name, route in matrix().items():
        if route.get == "-" or name in NOT_HTML:
            continue
        urls = {}
        for lang in ("vi", "en"):
            with translation.override(lang):
                urls[lang] = address(name, lang) if name in PAGES else reverse(name, args=made[name])
        who = {"public": "", "signed_in": OFFICER}.get(route.get, ADMINISTRATOR)
        found[name] = {**urls, "who": who}
    return found


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
