"""``kecho admin``: accounts and roles from the server's own command line; the first administrator comes from here."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.people import actors
from kecho.people.actors import Role, Scope, ScopeKind
from kecho.people.commands.start import start

if TYPE_CHECKING:
    from kecho.people.models import Account

admin = typer.Typer(no_args_is_help=True, help="Người dùng, vai trò, mật khẩu / People, roles, passwords.")

Reason = Annotated[str, typer.Option(help="Lý do, được ghi vào nhật ký / Reason, kept in the audit trail")]
Name = Annotated[str, typer.Argument(metavar="USERNAME", help="Tên đăng nhập / User name")]


@admin.command()
def create(
    username: Name,
    full_name: Annotated[str, typer.Option("--name", help="Họ và tên / Full name", prompt="Họ và tên / Full name")],
    email: Annotated[str, typer.Option(help="Thư điện tử / E-mail")] = "",
    role: Annotated[str, typer.Option(help="Vai trò / Role")] = Role.ADMINISTRATOR.value,
    scope: Annotated[str, typer.Option(help="Phạm vi / Scope: everywhere, locality:VN-HN, unit:CODE")] = "everywhere",
    *,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Đọc mật khẩu từ đầu vào / Read the password from standard input")
    ] = False,
) -> None:
    """Tạo tài khoản, mặc định là người quản trị / Create an account, by default an administrator.

    The password is asked for twice, or read from standard input; there is no default one.
    """
    start()
    from django.db import transaction

    from kecho.people import actions

    actor, held = actors.command_line(), (role_named(role), scope_named(scope))
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _ask()
    with transaction.atomic():
        account = actions.create_account(actor, username, full_name, email=email, password=password)
        actions.grant_role(actor, account, *held)
    typer.echo(f"{account}: {held[0]} @ {held[1]}")


@admin.command("list")
def list_accounts() -> None:
    """Liệt kê tài khoản và vai trò / List accounts and their roles."""
    start()
    from django.utils import timezone

    from kecho.people.models import Account

    today = timezone.localdate()
    for account in Account.objects.select_related("unit").prefetch_related("assignments"):
        roles = [f"{one.role}@{one.scope}" for one in account.assignments.all() if one.holds_on(today)]
        state = "" if account.is_active else "  [đã ngừng / disabled]"
        typer.echo(f"{account.username}\t{account.full_name}\t{', '.join(roles) or '-'}{state}")


@admin.command()
def grant(
    username: Name,
    role: Annotated[str, typer.Argument(help="Vai trò / Role")],
    scope: Annotated[str, typer.Argument(help="Phạm vi / Scope")] = "everywhere",
    since: Annotated[str, typer.Option("--from", help="Từ ngày / From, 2026-01-31")] = "",
    until: Annotated[str, typer.Option("--until", help="Đến trước ngày / Until, that day no longer")] = "",
) -> None:
    """Giao vai trò / Give a role."""
    start()
    from kecho.people import actions

    made = actions.grant_role(
        actors.command_line(),
        account_named(username),
        role_named(role),
        scope_named(scope),
        valid_from=_day(since),
        valid_to=_day(until),
    )
    typer.echo(str(made))


@admin.command()
def revoke(
    username: Name,
    role: Annotated[str, typer.Argument(help="Vai trò / Role")],
    scope: Annotated[str, typer.Argument(help="Phạm vi / Scope")] = "everywhere",
) -> None:
    """Kết thúc vai trò từ hôm nay / End a role today."""
    start()
    from django.utils import timezone

    from kecho.people import actions

    account, wanted = account_named(username), (role_named(role), scope_named(scope))
    today = timezone.localdate()
    for assignment in account.assignments.all():
        if (assignment.role, assignment.scope) == wanted and assignment.holds_on(today):
            typer.echo(str(actions.end_role(actors.command_line(), assignment)))


@admin.command()
def disable(username: Name, reason: Reason = "") -> None:
    """Ngừng tài khoản / Disable an account."""
    start()
    from kecho.people import actions

    typer.echo(str(actions.disable_account(actors.command_line(), account_named(username), reason)))


@admin.command()
def enable(username: Name, reason: Reason = "") -> None:
    """Mở lại tài khoản / Enable an account again."""
    start()
    from kecho.people import actions

    typer.echo(str(actions.enable_account(actors.command_line(), account_named(username), reason)))


@admin.command("reset-password")
def reset_password(username: Name, reason: Reason = "") -> None:
    """Cấp lại mật khẩu: in đường dẫn dùng một lần / Reset the password: prints a link that works once."""
    start()
    from django.urls import reverse

    from kecho.people import actions

    parts = actions.reset_password(actors.command_line(), account_named(username), reason)
    base = os.environ.get("KECHO_ADDRESS", "http://localhost:8000").rstrip("/")
    typer.echo(f"{base}{reverse('password-link', args=parts)}")


@admin.command("reset-second-factor")
def reset_second_factor(username: Name, reason: Reason = "") -> None:
    """Đặt lại xác thực bước hai / Forget telephone and recovery codes."""
    start()
    from kecho.people import actions

    account = account_named(username)
    actions.reset_second_factor(actors.command_line(), account, reason)
    typer.echo(str(account))


@admin.command()
def unlock(username: Name, reason: Reason = "") -> None:
    """Mở khóa đăng nhập / Forget failures in a row."""
    start()
    from kecho.people import actions

    account = account_named(username)
    actions.unlock_account(actors.command_line(), account, reason)
    typer.echo(str(account))


def account_named(name: str) -> Account:
    """The account. Raises KechoError ``people.unknown_account``."""
    from kecho.people.models import Account

    found = Account.objects.filter(username=name.strip().lower()).first()
    if found is None:
        raise KechoError("people.unknown_account", value=name)
    return found


def role_named(text: str) -> Role:
    """``officer`` and so on. Raises KechoError ``people.bad_role``."""
    from kecho.people.models.accounts import GIVEN_ROLES

    if text not in {role.value for role in GIVEN_ROLES}:
        raise KechoError("people.bad_role", value=text, choices=", ".join(GIVEN_ROLES))
    return Role(text)


def scope_named(text: str) -> Scope:
    """``everywhere``, ``locality:VN-HN``, ``unit:planning``. Raises KechoError ``people.bad_scope``."""
    kind, _, code = text.strip().partition(":")
    if kind not in {one.value for one in ScopeKind} or (kind == ScopeKind.EVERYWHERE) == bool(code):
        raise KechoError("people.bad_scope", value=text)
    return Scope(ScopeKind(kind), code)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KechoError("pages.bad_date", value=text) from None


def _ask() -> str:
    return str(typer.prompt("Mật khẩu / Password", hide_input=True, confirmation_prompt=True))
