"""What a name of a person or a firm looks like: the sample holds none."""

from __future__ import annotations

import re

PEOPLE_AND_FIRMS = re.compile(
    r"(?i:\b(?:công ty|tnhh|tập đoàn|cổ phần|ltd|corp|jsc)\b)|\b(?:(?:Ông|Bà(?! Rịa))|(?:Mr|Ms|Mrs)\.?)\s[A-ZĐ]"
)
