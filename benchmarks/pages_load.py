"""Readers of the ten main pages, one request a second each; run by locust, a process of its own (see ``pages.py``)."""

from __future__ import annotations

import json
import os
from itertools import count
from typing import ClassVar

from locust import HttpUser, constant_throughput, task

_turn = count()


class Reader(HttpUser):
    """Goes through the pages in turn. ``KECHO_BENCH_PAGES`` is a JSON object: name → addresses to take in turn."""

    wait_time: ClassVar = constant_throughput(1)
    pages: ClassVar = list(json.loads(os.environ["KECHO_BENCH_PAGES"]).items())

    @task
    def read(self) -> None:
        """The next page."""
        turn = next(_turn)
        name, addresses = self.pages[turn % len(self.pages)]
        address = addresses[turn // len(self.pages) % len(addresses)]
        self.client.get(address, name=name, headers={"Accept-Encoding": "gzip"})
