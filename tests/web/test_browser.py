"""The site in a real Chromium: nothing leaves the machine, nothing is refused by the policy, axe finds nothing serious,
nothing scrolls sideways, and the keyboard reaches everything.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("KECHO_CHROMIUM") or shutil.which("chromium")
SERVE_WITHIN = 60  # seconds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt-get install chromium, or set KECHO_CHROMIUM to one"),
]

PATHS = [
    "/",
    "/bang-ke-hoach/",
    "/bang-ke-hoach/?as_of=2024-04-10",
    "/chi-tieu/",
    "/chi-tieu/export_turnover/",
    "/chi-tieu/export_turnover/?kind=ytd",
    "/chi-tieu/export_turnover/?locality=VN-HN",
    "/chi-tieu/iip/",
    "/so-lieu/300/",
    "/bao-cao/",
    "/bao-cao/2024-05/?locality=VN",
    "/nguon/",
    "/nguon/3/",
    "/kiem-tra/",
    "/tro-giup/",
    "/thuat-ngu/",
    "/khong-co/",
    "/en/",
    "/en/indicators/",
    "/en/indicators/export_turnover/?kind=ytd",
    "/en/values/300/",
    "/en/reports/",
    "/en/reports/2024-05/?locality=VN",
    "/en/sources/",
    "/en/checks/",
    "/en/help/",
    "/en/glossary/",
    "/en/plan-board/?year=x",
]
WIDE, NARROW = (1366, 768), (360, 740)
VIEWS = [(path, size) for path in PATHS for size in (WIDE, NARROW) if size is NARROW or not path.startswith("/en/")]
FILL = "import django; django.setup(); from tests.web import small; small.load()"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``kecho serve`` over the small world, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "KECHO_HOME": str(tmp_path_factory.mktemp("home")),
        "DJANGO_SETTINGS_MODULE": "kecho.web.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    environment.pop("KECHO_DATABASE_URL", None)
    command = [sys.executable, "-c", "from kecho.web.cli import main; main()"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", FILL], env=environment, check=True, capture_output=True, cwd=ROOT)
    with subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/robots.txt")
        yield address
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of the module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


class Witness:
    """Remembers what a page asked for and what its console said."""

    def __init__(self, page: Any) -> None:
        self.requests: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def complaints(self, status: int) -> list[str]:
        """Console lines, without the one that Chromium writes for an error status that was meant."""
        return [line for line in self.console if status < 400 or "status of" not in line]


@pytest.mark.parametrize(("path", "size"), VIEWS, ids=lambda one: one if isinstance(one, str) else f"{one[0]}px")
def test_page_in_a_browser(browser: Any, site: str, path: str, size: tuple[int, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = context.new_page()
    witness = Witness(page)
    status = page.goto(site + path).status
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert {urlsplit(url).netloc for url in witness.requests} == {urlsplit(site).netloc}
    assert witness.complaints(status) == []
    context.close()


def test_every_element_is_reached_and_seen_by_keyboard(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{site}/bang-ke-hoach/")
    active = "document.activeElement"
    look = f"({{tag: {active}.tagName, outline: getComputedStyle({active}).outlineStyle}})"
    reached = []
    while len(reached) < 80 and (not reached or reached[-1]["tag"] != "BODY"):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(look))
    assert reached[0]["tag"] == "A" and page.evaluate("document.querySelector('.skip') !== null")
    assert {"A", "SELECT", "INPUT", "BUTTON", "SUMMARY"} <= {one["tag"] for one in reached}
    assert {one["outline"] for one in reached if one["tag"] in ("A", "BUTTON", "SUMMARY", "SELECT")} == {"solid"}
    page.close()


def test_the_story_without_scripts(browser: Any, site: str) -> None:
    """From the board to the arithmetic, the indicator, the cell, and a download; scripts are off."""
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site}/bang-ke-hoach/")
    page.locator("summary", has_text="Vì sao?").first.click()
    assert page.locator(".steps li").first.is_visible()
    page.locator(".target h3 a").first.click()
    page.get_by_label("Phân tổ").select_option("fdi")
    page.get_by_role("button", name="Xem").click()
    assert "breakdown=fdi" in page.url
    page.get_by_role("link", name="Lũy kế").click()
    assert "breakdown=fdi" in page.url and "kind=ytd" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV cho máy").click()
    assert download.value.suggested_filename == "export_turnover_fdi_VN_level_ytd.csv"
    page.locator("td a.figure").first.click()
    assert "Số này lấy từ đâu" in page.content()
    page.locator(".lang").click()
    assert "Where this figure comes from" in page.content()
    context.close()


def test_paper_has_no_menus(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/bang-ke-hoach/")
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible() and not page.locator(".chooser").is_visible()
    assert page.locator(".target").first.is_visible()
    page.close()
