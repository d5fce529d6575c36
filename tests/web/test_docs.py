"""The manual names every page, every query name and every download."""

from __future__ import annotations

import re

from tools.reference_pages import FOLDER

from kecho.pages.downloads import FORMS
from kecho.web.views import downloads

MANUAL = (FOLDER / "pages.md").read_text("utf-8")


def test_every_query_name_is_in_the_manual() -> None:
    from inspect import getsource

    from kecho.observatory.views import findings, releases, vintages
    from kecho.pages import params
    from kecho.web.views import asked, indicators

    code = "".join(getsource(module) for module in (params, asked, indicators, releases, findings, vintages, downloads))
    names = set(re.findall(r'query\.get\("(\w+)"', code)) | set(re.findall(r'request\.GET, "(\w+)"', code))
    assert {"locality", "as_of", "kind"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in MANUAL] == []


def test_every_download_is_in_the_manual() -> None:
    assert [form for form in FORMS if f"`{form}`" not in MANUAL] == []
