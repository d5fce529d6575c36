"""The site in a real Chromium: nothing leaves the machine, the policy refuses nothing, axe finds nothing serious on any
page, nothing scrolls sideways, no chart moves what stands around it, and the keyboard reaches everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from tools.route_page import matrix

from tests.web.pages import NOT_HTML
from tests.web.site import CHROMIUM, NO_CHROMIUM, Site, served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)]

WIDE, NARROW = (1366, 768), (360, 740)
NO_PAGE = re.compile("api:|api-openapi")  # what programs read
NAMES = [
    name for name, route in matrix().items() if route.get != "-" and name not in NOT_HTML and not NO_PAGE.match(name)
]
FURTHER = [
    "/bang-ke-hoach/?as_of=2024-04-10",
    "/chi-tieu/",
    "/chi-tieu/export_turnover/trien-vong/?locality=VN&growth=5",
    "/en/indicators/export_turnover/outlook/?locality=VN",
    "/trien-vong/?locality=VN&year=2024",
    "/chi-tieu/export_turnover/",
    "/chi-tieu/export_turnover/?kind=ytd",
    "/chi-tieu/export_turnover/?locality=VN-HN",
    "/chi-tieu/iip/",
    "/tim/?q=khong+co+gi+nhu+the",
    "/khong-co/",
    "/en/plan-board/?year=x",
]
LAYOUT_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
FIRST_PAGE_BYTES = 300_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own for the tests of this module."""
    with served(tmp_path_factory.mktemp("home")) as found:
        yield found


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
        """Console lines without Chromium's advice about password managers, and its line for an error that was meant."""
        said = [line for line in self.console if not line.startswith("[DOM]")]
        return [line for line in said if status < 400 or "status of" not in line]


def look_at(browser: Any, site: Site, path: str, who: str, size: tuple[int, int]) -> None:
    """Open the page as the person and hold it to everything that every page must keep."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    context.add_cookies(site.cookies(who))
    page = context.new_page()
    witness = Witness(page)
    status = page.goto(site.address + path).status
    assert status < 500 and status not in (401, 403), f"{path}: {status}"
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in ("serious", "critical")]
    assert grave == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
    assert {urlsplit(url).netloc for url in witness.requests} == {urlsplit(site.address).netloc}
    assert witness.complaints(status) == [], path
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_open_to_everybody(browser: Any, site: Site, name: str) -> None:
    """axe, the policy, no sideways scrolling: Vietnamese on a wide screen, English on a phone."""
    page = site.pages[name]
    look_at(browser, site, page.vi, page.who, WIDE)
    look_at(browser, site, page.en, page.who, NARROW)


@pytest.mark.parametrize("path", FURTHER)
def test_further_views(browser: Any, site: Site, path: str) -> None:
    look_at(browser, site, path, "", NARROW)


@pytest.mark.parametrize("name", ["home", "board", "indicator", "indicators", "report"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_moves_while_a_page_loads(browser: Any, site: Site, name: str, size: tuple[int, int]) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(site.address + site.pages[name].vi)
    assert page.evaluate(LAYOUT_SHIFT) < 0.01
    page.close()


def test_the_first_page_is_light(browser: Any, site: Site) -> None:
    """All that travels for somebody who comes for the first time, compressed."""
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(site.address, wait_until="networkidle")
    assert len(sizes) >= 6 and sum(sizes) <= FIRST_PAGE_BYTES, sizes
    context.close()


def test_every_element_is_reached_and_seen_by_keyboard(browser: Any, site: Site) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{site.address}/bang-ke-hoach/")
    active = "document.activeElement"
    look = f"({{tag: {active}.tagName, outline: getComputedStyle({active}).outlineStyle}})"
    reached = []
    while len(reached) < 90 and (not reached or reached[-1]["tag"] != "BODY"):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(look))
    assert reached[0]["tag"] == "A" and page.evaluate("document.querySelector('.skip') !== null")
    assert {"A", "SELECT", "INPUT", "BUTTON", "SUMMARY"} <= {one["tag"] for one in reached}
    assert {one["outline"] for one in reached if one["tag"] in ("A", "BUTTON", "SUMMARY", "SELECT")} == {"solid"}
    page.close()


def test_a_walk_by_keyboard_alone(browser: Any, site: Site) -> None:
    """Past the header, a search, the first answer, its arithmetic: no pointer is used."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(site.address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.goto(site.address)
    _tab_to(page, "tim")
    page.keyboard.type("xuat khau viet nam")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=**")
    _tab_to(page, "", inside=".found")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chi-tieu/export_turnover/**")
    assert page.locator("h1").inner_text() == "Kim ngạch xuất khẩu"
    page.close()


def _tab_to(page: Any, wanted: str, inside: str = "") -> None:
    """Press Tab until the element with the id, or the first one inside the selector, has the focus."""
    test = (
        f"document.activeElement.closest('{inside}') !== null"
        if inside
        else f"document.activeElement.id === '{wanted}'"
    )
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(test):
            return
    raise AssertionError(f"{wanted or inside} is not reached by Tab")


def test_paper_has_no_menus(browser: Any, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.address}/bang-ke-hoach/")
    page.emulate_media(media="print")
    for selector in (".nav", ".find", ".who", ".chooser"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator(".target").first.is_visible()
    page.close()
