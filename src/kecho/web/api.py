"""``/api/v1/``: every room's calls in one API. A room adds one line."""

from __future__ import annotations

from kecho.access.api import router as people
from kecho.api import build
from kecho.market_access.api import router as market_access
from kecho.observatory.api import router as figures
from kecho.plan.api import router as plans
from kecho.publish.api import router as reports
from kecho.uploads.api import router as uploads

api = build.make()
for router in (figures, plans, reports, uploads, people, market_access):
    api.add_router("", router)
