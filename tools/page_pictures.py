"""Take pictures of the main pages into docs/reference/pictures/ and list them in docs/reference/page-pictures.md.

    python tools/page_pictures.py            # over the small world of the tests; needs Chromium

Small PNGs of few colours; all of them together stay below two megabytes.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.web.site import ADMINISTRATOR, CHROMIUM, LEADER, NO_CHROMIUM, OFFICER, served  # noqa: E402

FOLDER = ROOT / "docs/reference/pictures"
PAGE = ROOT / "docs/reference/page-pictures.md"
WIDE, NARROW = (1366, 768), (390, 844)
MOST_BYTES = 2_000_000
COLOURS = 64
HEAD = """# Pictures of the pages

Taken by `python tools/page_pictures.py` over the small world of the tests, whose figures are made up. The addresses
stand in [pages](pages.md).
"""
#: URL name, language, whose eyes, screen, what it shows.
SHOTS = (
    ("home", "vi", "", WIDE, "Home of the public"),
    ("home", "vi", LEADER, WIDE, "Home of a leader: what waits for a signature, what the newest figures moved"),
    ("home", "vi", OFFICER, NARROW, "Home of an officer on a phone"),
    ("board", "vi", "", WIDE, "Plan board"),
    ("board", "en", "", NARROW, "Plan board on a phone, in English"),
    ("indicators", "vi", "", WIDE, "List of indicators"),
    ("indicator", "vi", "", WIDE, "One indicator"),
    ("indicator", "en", "", NARROW, "One indicator on a phone, in English"),
    ("value", "vi", "", WIDE, "One figure: its cell and every time it was published"),
    ("plan", "vi", LEADER, WIDE, "A plan and its versions"),
    ("plan-target", "vi", "", WIDE, "The bulletin of a target"),
    ("report", "vi", "", WIDE, "The monthly report"),
    ("releases", "vi", "", WIDE, "Sources of figures"),
    ("findings", "vi", "", WIDE, "What the checks found"),
    ("calendar", "vi", "", WIDE, "Release calendar"),
    ("search", "vi", "", WIDE, "Search"),
    ("help", "vi", "", WIDE, "Help"),
    ("tour", "en", "", WIDE, "The ten-minute tour, in English"),
    ("account_login", "vi", "", WIDE, "Sign-in"),
    ("people-accounts", "vi", ADMINISTRATOR, WIDE, "The administrator's list of people"),
)


def take() -> list[tuple[str, str, str]]:
    """Write the pictures; file name, address and caption of each."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    listed = []
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        for name, lang, who, size, caption in SHOTS:
            if name not in site.pages:
                continue
            context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
            context.add_cookies(site.cookies(who))
            page, address = context.new_page(), getattr(site.pages[name], lang)
            page.goto(site.address + address)
            file = f"{name}-{lang}{'-' + who if who else ''}{'-phone' if size is NARROW else ''}.png"
            (FOLDER / file).write_bytes(_small(page.screenshot()))
            listed.append((file, address, caption))
            context.close()
        chromium.close()
    return listed


def _small(png: bytes) -> bytes:
    """Few colours are enough for flat pages."""
    from PIL import Image

    target = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS).save(target, "PNG", optimize=True)
    return target.getvalue()


def main() -> int:
    """0 when all pictures together are small enough."""
    if not CHROMIUM:
        print(NO_CHROMIUM, file=sys.stderr)
        return 1
    listed = take()
    lines = [HEAD]
    for file, address, caption in listed:
        lines += [f"## {caption}", "", f"`{address}`", "", f"![{caption}](pictures/{file})", ""]
    PAGE.write_text("\n".join(lines), "utf-8")
    size = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    print(f"{len(listed)} pictures, {size / 1000:.0f} kB")
    return 0 if size <= MOST_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
