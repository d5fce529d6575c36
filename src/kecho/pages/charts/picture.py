"""A page's chart as a file of its own: SVG with its title, its source and its style inside, or PNG drawn from that.

The style is the page's own (``parts.css`` with the colours of ``tokens.css``), so that both look alike.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from xml.sax.saxutils import escape

from kecho.pages.charts.plot import WIDE

FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
HEAD, FOOT, MARGIN = 62, 34, 16  # pixels above, below and beside the chart
LINE_CHARS = 130  # of the small lines
PNG_SCALE = 2.0
_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
_RULE = re.compile(r"^(\.plot[^{@]*\{[^}]*\})", re.M)


def picture(chart: str, title: str, subtitle: str, source: str) -> str:
    """The wide drawing of ``plot.svg`` as a whole document; what is too long for its line is cut with an ellipsis."""
    width, height = WIDE
    inner = re.sub(r"<svg [^>]*>", f'<svg x="{MARGIN}" y="{HEAD}" width="{width}" height="{height}" '
                   f'viewBox="0 0 {width} {height}" class="plot">', chart, count=1)  # fmt: skip
    full_width, full_height = width + 2 * MARGIN, height + HEAD + FOOT
    foot = full_height - 14
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{full_width}" height="{full_height}" '
        f'viewBox="0 0 {full_width} {full_height}" role="img" font-family="{FONTS}">'
        f"<title>{escape(title)}</title><style>{style()}</style>"
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{MARGIN}" y="28" font-size="17" font-weight="700" fill="#17232b">{escape(_cut(title, 95))}</text>'
        f'<text x="{MARGIN}" y="49" font-size="13" fill="#465560">{escape(_cut(subtitle, LINE_CHARS))}</text>'
        f"{inner}"
        f'<text x="{MARGIN}" y="{foot}" font-size="12" fill="#465560">{escape(_cut(source, LINE_CHARS))}</text></svg>'
    )


def png(document: str) -> bytes:
    """The picture at twice its size, drawn on this machine."""
    import vl_convert  # half a second, paid by the first picture alone

    return bytes(vl_convert.svg_to_png(document, scale=PNG_SCALE))


@cache
def style() -> str:
    """The rules of the page's style sheet about charts, colours in place of their names."""
    folder = resources.files("kecho.pages").joinpath("static/pages")
    names = dict(_VARIABLE.findall(folder.joinpath("tokens.css").read_text("utf-8")))
    names["sans"] = FONTS
    rules = "".join(_RULE.findall(folder.joinpath("parts.css").read_text("utf-8")))
    rules = re.sub(r"[^{}]*\.(?:narrow|wide)\s*\{[^}]*\}", "", rules)
    return re.sub(r"var\(--([\w-]+)\)", lambda found: names[found[1]].split("/*")[0].strip(), rules)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
