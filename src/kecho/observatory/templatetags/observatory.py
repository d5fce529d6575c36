"""What templates show of releases and findings."""

from __future__ import annotations

from django import template

from kecho.observatory import words

register = template.Library()

for _name in (
    "deed", "finding_state", "how", "kind", "notice_kind", "release_state", "settling", "severity", "source_name",
    "standing",
):  # fmt: skip
    register.filter(_name, getattr(words, _name))
