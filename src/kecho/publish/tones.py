"""How a status looks: colour, icon and word always together, so that none is read by colour alone.

The palette was measured for contrast (at least 3:1 on white) and for readers who do not see red or green
(docs/explanation/colours.md); the icons are letters that Times New Roman and the vendored typeface both have.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """A status's colour and icon."""

    colour: str
    icon: str


TONES = {
    "achieved": Tone("#0B3C6F", "■"),
    "on_track": Tone("#0B3C6F", "●"),
    "slightly_behind": Tone("#3F6F9A", "○"),
    "behind": Tone("#B04F0C", "▼"),
    "far_behind": Tone("#8A1538", "▼"),
    "breached": Tone("#8A1538", "▲"),
    "not_assessed": Tone("#595959", "–"),
}

# Series colours, in order, of the Analysis Function's palette; label lines directly, navy and plum are close for some.
SERIES = ("#12436D", "#F46A25", "#28A197", "#801650")
MUTED = "#8C8C8C"
