"""Assessment of targets: pure values in, a status with its whole arithmetic out."""

from kecho.plan.assessment.bands import BandSet, Look, Status, band_set, load_bands, looks
from kecho.plan.assessment.dispatch import assess
from kecho.plan.assessment.facts import Fact, Facts
from kecho.plan.assessment.result import Assessment
from kecho.plan.assessment.target import Basis, Direction, Form, TargetSpec, natural_direction
from kecho.plan.assessment.wording import Line, percent_of_plan_text, target_text

__all__ = [
    "Assessment",
    "BandSet",
    "Basis",
    "Direction",
    "Fact",
    "Facts",
    "Form",
    "Line",
    "Look",
    "Status",
    "TargetSpec",
    "assess",
    "band_set",
    "load_bands",
    "looks",
    "natural_direction",
    "percent_of_plan_text",
    "target_text",
]
