"""What the fields of plan files are called where people fill them in."""

from __future__ import annotations

import tomllib
from importlib import resources

#: field -> language -> words; ``data`` beside the code, so that a test finds a field without a name.
FIELD_NAMES: dict[str, dict[str, str]] = tomllib.loads(
    resources.files("kecho.plan").joinpath("fields.toml").read_text("utf-8")
)

#: field -> code -> language -> words.
CHOICE_NAMES: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    resources.files("kecho.plan").joinpath("choices.toml").read_text("utf-8")
)
