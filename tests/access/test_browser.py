"""In a real Chromium: an administrator's day by keyboard and mouse, without scripts; nothing leaves the machine.

Every name but this machine's is answered by a listener of the test, and the listener hears nothing.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from kecho.people.actors import Role
from kecho.people.models import Account
from tests.people.signing import PASSWORD, account_of, code_now

CHROMIUM = os.environ.get("KECHO_CHROMIUM") or shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt-get install chromium, or set KECHO_CHROMIUM to one"),
]
PATHS = (
    "/tai-khoan/", "/tai-khoan/phien/", "/tai-khoan/ma-truy-cap/", "/tai-khoan/mat-khau/", "/quan-tri/nguoi-dung/",
    "/quan-tri/nguoi-dung/moi/", "/quan-tri/don-vi/", "/quan-tri/vai-tro/", "/quan-tri/nhat-ky/",
    "/giao-dien-lap-trinh/", "/en/account/", "/en/admin/people/", "/en/admin/audit-trail/", "/en/admin/roles/",
)  # fmt: skip

# Chromium calls home by itself, whatever page it shows; pages that ask these are caught by the list of requests.
THE_BROWSERS_OWN = (
    "accounts.google.com", "update.googleapis.com", "clients2.google.com", "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com", "safebrowsing.googleapis.com", "redirector.gvt1.com",
)  # fmt: skip


class Listener(threading.Thread):
    """Takes every call to a name that is not this machine's, and remembers that there was one."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.heard: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    def run(self) -> None:
        while True:
            try:
                wire, _ = self.socket.accept()
            except OSError:
                return
            with wire:
                wire.settimeout(1)
                try:
                    self.heard.append(wire.recv(500))
                except OSError:
                    self.heard.append(b"")


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    one.start()
    yield one
    one.socket.close()


@pytest.fixture
def browser(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread
    caches["default"].clear()
    with sync_playwright() as playwright:
        silenced = [f"MAP {name} ~NOTFOUND" for name in THE_BROWSERS_OWN]
        rules = ", ".join([*silenced, f"MAP * 127.0.0.1:{listener.port}", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"])
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", f"--host-resolver-rules={rules}"]
        )
        yield chromium
        chromium.close()


def sign_in(page: Any, base: str, name: str) -> None:
    page.goto(f"{base}/dang-nhap/?next=/tai-khoan/")
    page.get_by_label("Tên đăng nhập hoặc địa chỉ thư điện tử").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Mã xác thực").fill(code_now())
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="administrator").wait_for()


def test_an_administrators_day_without_scripts(live_server: Any, browser: Any, listener: Listener) -> None:
    account_of(Role.ADMINISTRATOR, name="quan.tri")
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768}).new_page()
    sign_in(page, live_server.url, "quan.tri")
    page.get_by_role("link", name="Quản trị người dùng").click()
    page.get_by_role("link", name="Thêm người dùng").click()
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Họ và tên").fill("Cán bộ mẫu")
    page.get_by_role("button", name="Tạo tài khoản").click()
    link = page.locator("code.link").inner_text()
    page.get_by_role("link", name="Đến trang của người này").click()
    page.locator("summary", has_text="Giao vai trò").click()
    page.get_by_label("Vai trò", exact=True).and_(page.locator("select")).select_option("officer")
    page.get_by_label("Phạm vi", exact=True).select_option("locality")
    page.get_by_label("Mã của phạm vi").fill("VN-HN")
    page.get_by_role("button", name="Giao vai trò").click()
    assert "Đã giao vai trò." in page.locator(".said").inner_text()
    page.goto(link)
    page.get_by_label("Mật khẩu mới", exact=True).fill("Ba-muoi-sau-pho-phuong")
    page.get_by_label("Nhập lại mật khẩu mới").fill("Ba-muoi-sau-pho-phuong")
    page.get_by_role("button", name="Đặt mật khẩu").click()
    assert Account.objects.get(username="lan").check_password("Ba-muoi-sau-pho-phuong")
    assert listener.heard == []


def test_pages_are_accessible_fit_and_ask_nobody(live_server: Any, browser: Any, listener: Listener) -> None:
    from axe_playwright_python.sync_playwright import Axe

    account_of(Role.ADMINISTRATOR, name="quan.tri")
    account_of(Role.STATISTICIAN)
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(f"{live_server.url}/dang-nhap/")
    found = {"/dang-nhap/": serious(Axe().run(page))}
    sign_in(page, live_server.url, "quan.tri")
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 768})
        for path in PATHS:
            assert page.goto(live_server.url + path).status == 200
            if width == 1366:
                found[path] = serious(Axe().run(page))
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (path, width)
    assert {path: what for path, what in found.items() if what} == {}
    assert said == [] and listener.heard == []
    assert asked == {live_server.url.split("/")[2]}


def serious(results: Any) -> list[str]:
    violations = results.response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:90]}" for one in violations if one["impact"] in ("serious", "critical")
    ]
