"""``kecho demo``: from nothing to a plan that is assessed and a report that can be read, step by step.

Each step runs what the ordinary commands run and names the command, so that the reader can go on alone. Whatever is
there already is left as it is: the demonstration can be run again.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from kecho.kernel.errors import KechoError
from kecho.web.commands import database, serve

MONTH = "2025-02"
PLANS = (("VN", 2025), ("VN-HN", 2024))
REPORTS = (("VN", "vi", "docx"), ("VN", "vi", "pdf"), ("VN", "en", "docx"), ("VN", "en", "pdf"))
STEPS = 6


def demo(
    is_serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Mở trang web / Serve at the end")] = True,
    host: Annotated[str, typer.Option(help="Địa chỉ nghe / Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Cổng / Port", min=1, max=65535)] = 8000,
) -> None:
    """Nạp số liệu mẫu, nhập một tháng, đánh giá, lập báo cáo / Load the sample, import, assess, report."""
    started = time.monotonic()
    database.start()
    from django.conf import settings

    folder = Path(settings.HOME) / "demo"
    _make_database()
    _load_sample()
    _import_month(folder)
    _assess()
    _look_ahead()
    _write_reports(folder)
    typer.echo(f"\nBáo cáo ở / Reports in: {folder}")
    typer.echo(f"Xong sau {time.monotonic() - started:.0f} giây. / Done in {time.monotonic() - started:.0f} seconds.")
    if is_serving:
        _serve(host, port)
    else:
        typer.echo("Mở trang web: kecho serve   (hoặc make serve) / Open the site: kecho serve   (or make serve)")


def _step(number: int, vi: str, en: str) -> None:
    typer.secho(f"\n[{number}/{STEPS}] {vi} / {en}", bold=True)


def _say(vi: str, en: str) -> None:
    typer.echo(f"      {vi}\n      {en}")


def _command(line: str) -> None:
    typer.secho(f"      $ {line}", dim=True)


def _make_database() -> None:
    _step(1, "Cơ sở dữ liệu", "Database")
    from django.db import connection

    steps, name = database.make(), connection.settings_dict["NAME"]
    _command("kecho migrate")
    if steps:
        _say(f"Đã tạo các bảng trong {name}.", f"Tables made in {name}.")
    else:
        _say(f"Đã có sẵn: {name}.", f"There already: {name}.")


def _load_sample() -> None:
    _step(2, "Số liệu và kế hoạch mẫu", "Sample figures and plans")
    from kecho.people.actors import command_line
    from kecho.sample import load

    columns = TextColumn("      {task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("2012-2025", total=None)
        loaded = load.load(
            command_line(),
            progress=lambda done, of, name: bar.update(task, completed=done, total=of, description=name),
        )
    if not any((loaded.vietnam, loaded.hanoi, loaded.plans)):
        _say("Đã có sẵn, không nạp lại.", "There already; nothing was loaded twice.")
        return
    _say(
        f"Việt Nam: {loaded.vietnam} tháng số liệu thật của Cục Thống kê, 2012-2025.",
        f"Viet Nam: {loaded.vietnam} months of real figures of the statistics office, 2012-2025.",
    )
    _say(
        f"Hà Nội: {loaded.hanoi} lần công bố (số đã in trên báo; các tháng ở giữa là số minh họa, có ghi rõ).",
        f"Ha Noi: {loaded.hanoi} releases (figures printed in the press; the months between are fictional and marked).",
    )
    _say(f"{loaded.plans} kế hoạch năm.", f"{loaded.plans} yearly plans.")
    _say("Vài dòng thuế thật của ba biểu thuế, để tra thử.", "A few true lines of three tariff schedules, to try with.")
    _command("kecho duty 69111000 --to EU --value 10000")


def _import_month(folder: Path) -> None:
    _step(3, f"Nhập sổ bảng tính tháng {MONTH}", f"Import the workbook of {MONTH}")
    from kecho.kernel.periods import Period
    from kecho.observatory import queries
    from kecho.observatory.commands.import_files import import_files
    from kecho.observatory.releases import GSO
    from kecho.sample import load

    path = folder / f"{MONTH}.xlsx"
    if not path.exists():
        if queries.releases(source=GSO, period=Period.parse(MONTH)):
            _say("Tháng này đã nhập.", "This month is in already.")
            return
        load.write_last_month(folder)
    _command(f"kecho import {path}")
    import_files([path])
    _say("Nhập lại đúng tệp này sẽ không thay đổi gì.", "Importing this file again changes nothing.")


def _assess() -> None:
    _step(4, "Đánh giá kế hoạch", "Assess the plans")
    from kecho.plan import queries

    for locality, year in PLANS:
        _command(f"kecho assess --locality {locality} --year {year}")
        try:
            counts = queries.board(locality, year).counts
        except KechoError as error:
            _say(error.text("vi"), error.text("en"))
            continue
        for lang in ("vi", "en"):
            found = ", ".join(f"{status.word(lang)} {count}" for status, count in counts.items())
            typer.echo(f"      {locality} {year}: {found}")


def _look_ahead() -> None:
    _step(5, "Triển vọng các mục tiêu", "Outlook of the targets")
    from kecho.outlook.commands.outlook import compute

    for locality, year in PLANS:
        _command(f"kecho outlook --locality {locality} --year {year}")
        try:
            for name, told in compute(locality, year, None, "vi"):
                typer.echo(f"      {name}: {told}")
        except KechoError as error:
            _say(error.text("vi"), error.text("en"))


def _write_reports(folder: Path) -> None:
    _step(6, f"Báo cáo tháng {MONTH}", f"The report on {MONTH}")
    from kecho.kernel.periods import Period
    from kecho.publish import rendering
    from kecho.publish.report import compose

    month = Period.parse(MONTH)
    for locality, lang, form in REPORTS:
        path = folder / rendering.file_name(locality, month, lang, form)
        _command(f"kecho report {MONTH} --locality {locality} --lang {lang} --format {form} --out {path}")
        rendering.render(compose(locality, month, lang), path, form)
        typer.echo(f"      {path}")


def _serve(host: str, port: int) -> None:
    try:
        serve.check_port(host, port)
    except KechoError as error:
        if error.code != "web.port_taken" or not error.params["free"]:
            raise
        port = int(error.params["free"])
    serve.run(host, port)
