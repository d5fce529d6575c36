"""``kecho token``: API tokens from the server's own command line."""

from __future__ import annotations

from typing import Annotated

import typer

from kecho.kernel.errors import KechoError
from kecho.people import actors
from kecho.people.commands.admin import Name, account_named
from kecho.people.commands.start import start

token = typer.Typer(no_args_is_help=True, help="Mã truy cập của giao diện lập trình / Tokens of the API.")


@token.command()
def make(
    username: Name,
    name: Annotated[str, typer.Argument(help="Dùng cho việc gì / What it is for")],
    days: Annotated[int, typer.Option(help="Số ngày hiệu lực / Days it is good", min=1, max=366)] = 90,
    *,
    write: Annotated[bool, typer.Option("--write", help="Được ghi / It may write")] = False,
) -> None:
    """Tạo mã truy cập, in ra một lần / Make a token, printed this once."""
    start()
    from kecho.people import tokens

    reach = "write" if write else "read"
    _made, text = tokens.make(actors.command_line(), account_named(username), name, reach=reach, days=days)
    typer.echo(text)


@token.command("list")
def list_tokens(username: Name) -> None:
    """Liệt kê mã truy cập / List tokens."""
    start()
    from django.utils import timezone

    now = timezone.now()
    for one in account_named(username).tokens.all():
        state = "" if one.is_good(now) else "  [không còn hiệu lực / no longer good]"
        typer.echo(f"{one.pk}\t{one.hint}…\t{one.reach}\t{one.expires_at:%Y-%m-%d}\t{one.name}{state}")


@token.command()
def revoke(username: Name, number: Annotated[int, typer.Argument(help="Số của mã / Number of the token")]) -> None:
    """Thu hồi mã truy cập / Revoke a token."""
    start()
    from kecho.people import tokens

    found = account_named(username).tokens.filter(pk=number).first()
    if found is None:
        raise KechoError("people.unknown_token", value=number)
    typer.echo(str(tokens.revoke(actors.command_line(), found)))
