"""``kecho``: the command does whatever the pages do. Each room brings its commands in ``<room>/commands/``."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import typer

from kecho.kernel.errors import KechoError
from kecho.people import actors, viewing

# command -> where its function stands. Loaded only when called, so that `kecho --help` and `kecho import --dry-run`
# start without Django.
COMMANDS = {
    "import": "kecho.observatory.commands.import_files:import_files",
    "map": "kecho.observatory.commands.map_file:map_file",
    "mappings": "kecho.uploads.commands.mappings:mappings",
    "uploads": "kecho.uploads.commands.uploads:uploads",
    "worker": "kecho.uploads.commands.worker:worker",
    "plan": "kecho.plan.commands.plan:plan",
    "assess": "kecho.plan.commands.assess:assess",
    "outlook": "kecho.outlook.commands.outlook:outlook",
    "series": "kecho.observatory.commands.series:series",
    "formulas": "kecho.observatory.commands.series:formulas",
    "indicators": "kecho.observatory.commands.catalogue:indicators",
    "findings": "kecho.observatory.commands.findings:findings",
    "finding": "kecho.observatory.commands.findings:finding",
    "releases": "kecho.observatory.commands.releases:releases",
    "release": "kecho.observatory.commands.releases:release",
    "revisions": "kecho.observatory.commands.revisions:revisions",
    "changes": "kecho.observatory.commands.revisions:changes",
    "calendar": "kecho.observatory.commands.notice:calendar",
    "notice": "kecho.observatory.commands.notice:notice",
    "report": "kecho.publish.commands.report:report",
    "draft": "kecho.publish.commands.draft:draft",
    "export": "kecho.publish.commands.export:export",
    "competitiveness": "kecho.web.commands.competitiveness:competitiveness",
    "consistency": "kecho.web.commands.consistency:consistency",
    "demo": "kecho.web.commands.demo:demo",
    "admin": "kecho.people.commands.admin:admin",
    "token": "kecho.people.commands.token:token",
    "duty": "kecho.market_access.commands.duty:duty",
    "origin": "kecho.market_access.commands.origin:origin",
    "quotas": "kecho.market_access.commands.quotas:quotas",
    "utilisation": "kecho.market_access.commands.utilisation:utilisation",
    "tariff": "kecho.market_access.commands.tariff:tariff",
    "serve": "kecho.web.commands.serve:serve",
    "migrate": "kecho.web.commands.database:migrate",
}


def application(names: list[str] | None = None) -> typer.Typer:
    """A Typer application with the named commands (all of them by default)."""
    app = typer.Typer(
        name="kecho",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Kẻ Chợ: kế hoạch, số liệu và báo cáo. / Plan, figures and reports.",
    )
    app.callback()(_on_behalf)
    for name in names or COMMANDS:
        module, function = COMMANDS[name].split(":")
        found = getattr(import_module(module), function)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def _on_behalf(context: typer.Context) -> None:
    """A command reads what the server's operator may see, unpublished figures too; the site reads for its visitors."""
    if context.invoked_subcommand != "serve":
        context.with_resource(viewing.seen_by(actors.command_line()))


def main() -> None:
    """Entry point: errors are printed as the catalogue words them, exit status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kecho.web.settings")
    asked = [word for word in sys.argv[1:2] if word in COMMANDS]
    try:
        application(asked or None)()
    except KechoError as error:
        typer.echo(error.text("vi"), err=True)
        typer.echo(error.text("en"), err=True)
        raise SystemExit(1) from None
