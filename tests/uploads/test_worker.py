"""With ``KECHO_TASKS=database`` a file waits until the worker reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from kecho.uploads.models import Upload
from tests.intake.own import books


@pytest.mark.django_db(transaction=True)
def test_a_file_waits_for_the_worker(officer: Client, settings: Any, tmp_path: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    path = books.save(tmp_path / "sp.xlsx", books.PRODUCTS)
    officer.post("/nhap-tep/", {"files": [SimpleUploadedFile("sp.xlsx", path.read_bytes())], "locality": "VN-HN"})
    (one,) = Upload.objects.all()
    assert one.state == "waiting"
    assert "trang tự cập nhật" in officer.get("/nhap-tep/").content.decode()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    one.refresh_from_db()
    assert (one.state, one.period) == ("asked", "2026-05")
