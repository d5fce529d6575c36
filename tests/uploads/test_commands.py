"""The command line does what the pages do: a mapping is remembered, and the next file is imported by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kecho.observatory.models import Observation
from kecho.web.cli import application
from tests.intake.own import books

pytestmark = pytest.mark.django_db


def _run(*words: str) -> str:
    done = CliRunner().invoke(application([words[0], "findings"]), list(words))
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_map_remember_import(tmp_path: Path) -> None:
    may = books.save(tmp_path / "may.xlsx", books.PRODUCTS)
    mapping = tmp_path / "products.toml"
    assert "department_products" not in _run("map", str(may), "--locality", "VN-HN"), "a form is named, not coded"
    _run("map", str(may), "--locality", "VN-HN", "--save", str(mapping), "--name", "Sản phẩm")
    assert "Sản phẩm\tv1" in _run("mappings", "--remember", str(mapping))
    assert 'indicator = "industrial_product"' in _run("mappings", "--show", "Sản phẩm")
    june = [
        [cell.replace("tháng 5", "tháng 6") if isinstance(cell, str) else cell for cell in row]
        for row in books.PRODUCTS
    ]
    assert "12 số liệu" in _run("import", "--mapping", "Sản phẩm", str(books.save(tmp_path / "june.xlsx", june)))
    row = Observation.objects.get(series__indicator__code="industrial_product_stock", series__breakdown="beer")
    assert (row.cell, row.release.source) == ("H5", "department")


def test_findings_stop_an_import_without_a_reason(tmp_path: Path) -> None:
    path, mapping = books.save(tmp_path / "ccn.xlsx", books.cluster_report(r18=401)), tmp_path / "ccn.toml"
    _run("map", str(path), "--locality", "VN-HN", "--save", str(mapping))
    refused = CliRunner().invoke(application(["import", "findings"]), ["import", "--mapping", str(mapping), str(path)])
    assert refused.exit_code == 1
    assert "intake.form_exceeds" in refused.output
    _run("import", "--mapping", str(mapping), "--reason", "đã hỏi lại", str(path))
    assert Observation.objects.filter(calendar="admin14").count() == 35
