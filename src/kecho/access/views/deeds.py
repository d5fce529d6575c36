"""What an administrator may do to an account after confirming it: one row a deed, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kecho.kernel.errors import KechoError
from kecho.people import actions
from kecho.people.actors import Actor
from kecho.people.models import Account


@dataclass(frozen=True, slots=True)
class Deed:
    """Name in the address, words of button and question, what it brings about, when it is offered."""

    name: str
    label: str | Promise
    consequence: str | Promise
    done: str | Promise
    do: Callable[[Actor, Account, str], Any]
    fits: Callable[[Account], bool]


def _is_active(account: Account) -> bool:
    return account.is_active


DEEDS = (
    Deed(
        "reset-password",
        _("Cấp lại mật khẩu"),
        _("Mật khẩu cũ không còn giá trị, mọi phiên kết thúc; hiện một đường dẫn để người đó tự đặt mật khẩu mới."),
        _("Đã cấp lại mật khẩu."),
        actions.reset_password,
        _is_active,
    ),
    Deed(
        "reset-second-factor",
        _("Đặt lại xác thực bước hai"),
        _("Điện thoại và mã dự phòng cũ không còn giá trị; lần đăng nhập sau phải thiết lập lại."),
        _("Đã đặt lại xác thực bước hai."),
        actions.reset_second_factor,
        _is_active,
    ),
    Deed(
        "unlock",
        _("Mở khóa đăng nhập"),
        _("Các lần nhập sai trước đó được bỏ qua, người đó đăng nhập lại được ngay."),
        _("Đã mở khóa đăng nhập."),
        actions.unlock_account,
        _is_active,
    ),
    Deed(
        "end-sessions",
        _("Kết thúc mọi phiên"),
        _("Người đó bị đăng xuất ở mọi nơi và phải đăng nhập lại."),
        _("Đã kết thúc mọi phiên."),
        actions.end_sessions,
        _is_active,
    ),
    Deed(
        "disable",
        _("Ngừng tài khoản"),
        _("Người đó không vào được nữa, kể cả phiên đang mở và mã truy cập. Việc đã làm vẫn còn trong nhật ký."),
        _("Tài khoản đã ngừng."),
        actions.disable_account,
        _is_active,
    ),
    Deed(
        "enable",
        _("Mở lại tài khoản"),
        _("Người đó đăng nhập lại được bằng mật khẩu đã có."),
        _("Tài khoản đã mở lại."),
        actions.enable_account,
        lambda account: not account.is_active,
    ),
)


def deed_named(name: str) -> Deed:
    """The deed of an address. Raises KechoError ``people.unknown_deed``."""
    for one in DEEDS:
        if one.name == name:
            return one
    raise KechoError("people.unknown_deed", value=name[:40])


def link_address(parts: tuple[str, str]) -> str:
    """The path of a link to set a password."""
    return reverse("password-link", args=parts)
