"""The main story of each reader in a real Chromium, with scripts and without: the public, an officer, a leader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.people.signing import PASSWORD, code_now
from tests.web.site import CHROMIUM, LEADER, NO_CHROMIUM, OFFICER, Site, served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all stories."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no-scripts"])
def told(request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A site of its own and a browser with scripts on or off: (site, new page)."""
    with served(tmp_path_factory.mktemp("home")) as site:
        contexts = []

        def page() -> Any:
            context = browser.new_context(java_script_enabled=request.param, accept_downloads=True, locale="vi-VN")
            contexts.append(context)
            return context.new_page()

        yield site, page
        for context in contexts:
            context.close()


def sign_in(page: Any, site: Site, who: str) -> None:
    """By the form, with the second factor where the role needs one."""
    page.goto(f"{site.address}/dang-nhap/")
    page.locator("input[name=login]").fill(site.users[who])
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form.panel button[type=submit]").first.click()
    if page.locator("input[name=code]").count():
        page.locator("input[name=code]").fill(code_now())
        page.locator("form.panel button[type=submit]").first.click()


def test_the_public(told: Any) -> None:
    """From the front page to the plan, its arithmetic, an indicator, a part of it, a file, a cell; then in English."""
    site, new_page = told
    page = new_page()
    page.goto(site.address)
    assert page.get_by_role("heading", name="Sắp công bố").is_visible()
    page.get_by_role("link", name="Kế hoạch Việt Nam 2024").click()
    page.locator("summary", has_text="Vì sao?").first.click()
    assert page.locator(".steps li").first.is_visible()
    page.locator(".target h3 a").first.click()
    page.get_by_label("Phân tổ").select_option("fdi")
    page.get_by_role("button", name="Xem", exact=True).click()
    assert "breakdown=fdi" in page.url
    page.get_by_role("link", name="Lũy kế").click()
    assert "breakdown=fdi" in page.url and "kind=ytd" in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV cho máy").click()
    assert download.value.suggested_filename == "export_turnover_fdi_VN_level_ytd.csv"
    with page.expect_download() as picture:
        page.get_by_role("link", name="Biểu đồ SVG").click()
    assert picture.value.suggested_filename == "export_turnover_fdi_VN_level_ytd.svg"
    page.locator("td a.figure").first.click()
    assert "Số này lấy từ đâu" in page.content()
    page.locator(".lang").click()
    assert "Where this figure comes from" in page.content()


def test_an_officer(told: Any) -> None:
    """Sign in, see one's draft among the tasks, search without marks, sign out."""
    site, new_page = told
    page = new_page()
    sign_in(page, site, OFFICER)
    assert page.get_by_role("heading", name="Việc của tôi").is_visible()
    assert page.locator(".tasks a", has_text="phiên bản 2").is_visible()
    page.locator("#tim").fill("xuat khau viet nam")
    page.locator(".find button").click()
    page.locator(".found a").first.click()
    assert page.locator("h1").inner_text() == "Kim ngạch xuất khẩu"
    page.goto(f"{site.address}/dang-xuat/")
    page.locator("main button[type=submit]").click()
    page.goto(site.address)
    assert page.locator(".who").get_by_role("link", name="Đăng nhập").is_visible()


def test_a_leader_signs(told: Any) -> None:
    """Sign in with the second factor, open what waits, read what changes, adopt it, see it gone from the list."""
    site, new_page = told
    page = new_page()
    sign_in(page, site, LEADER)
    page.locator(".tasks a", has_text="Ban hành").click()
    page.get_by_role("link", name="So với phiên bản trước").click()
    assert "910" in page.content()
    page.go_back()
    page.locator("summary", has_text="Ban hành").click()
    page.get_by_role("button", name="Ban hành").click()
    assert page.locator("main form button", has_text="Ban hành").count() == 0
    page.goto(site.address)
    assert page.locator(".tasks a", has_text="Ban hành").count() == 0


def test_suggestions_while_typing(told: Any) -> None:
    """Only where scripts run; without them the box is a plain form."""
    site, new_page = told
    page = new_page()
    page.goto(site.address)
    page.locator("#tim").press_sequentially("xuat khau")
    if page.locator("script").count() and page.evaluate("typeof htmx") == "object":
        page.locator(".suggested a").first.wait_for()
        assert "xuất khẩu" in page.locator(".suggested").inner_text()
