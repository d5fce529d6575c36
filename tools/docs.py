"""Write the generated pages of docs/reference anew and check every link between the documents."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.reference_pages import FOLDER, PAGES, ROOT, expected

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def documents() -> list[Path]:
    """Every Markdown page that is part of the project."""
    folders = [ROOT / "docs", ROOT / "src"]
    return sorted([*ROOT.glob("*.md"), *(file for folder in folders for file in folder.rglob("*.md"))])


def broken_links() -> list[str]:
    """Links to files that do not exist, as ``page: target``."""
    return [
        f"{file.relative_to(ROOT)}: {target}"
        for file in documents()
        for target in _LINK.findall(file.read_text("utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (file.parent / target).exists()
    ]


def main() -> int:
    """0 when every link leads somewhere."""
    for name in PAGES:
        text = expected(name)
        if (FOLDER / name).read_text("utf-8") != text:
            (FOLDER / name).write_text(text, "utf-8")
            print(f"written: docs/reference/{name}")
    broken = broken_links()
    for line in broken:
        print(f"broken link in {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
