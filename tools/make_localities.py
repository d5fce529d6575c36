"""Write the locality tables of the kernel from the tables of administrative units and the facts typed below.

    python tools/make_localities.py FOLDER        FOLDER holds units_before_2025_07.csv, units_after_2025_07.csv and
                                                  ward_mapping_before_after_2025_07.csv

The three tables are facts (code, name, what became of it) from the package vietnamadminunits 1.0.4 (MIT); the ISO codes
are those of ISO 3166-2:VN, compared with pycountry 26.2.16. Dates and documents before 2025 are typed here.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from kecho.kernel.text import strip_marks

GOAL = Path(__file__).resolve().parent.parent / "src" / "kecho" / "kernel" / "data"

REFORM, HUE, EXPANSION, SPLIT = "2025-07-01", "2025-01-01", "2008-08-01", "2004-01-01"
TU_LIEM, HA_DONG, LONG_BIEN = "2014-04-01", "2009-05-08", "2004-01-01"
WARDS_2025 = "2025-01-01"
D_CODES, D_REFORM, D_HUE = "124/2004/QĐ-TTg", "202/2025/QH15", "175/2024/QH15"
D_EXPANSION, D_SPLIT, D_WARDS = "15/2008/QH12", "22/2003/QH11", "1656/NQ-UBTVQH15"
D_WARDS_BEFORE = "1286/NQ-UBTVQH15"

# official code of 2004 -> ISO 3166-2 code
_ISO = (
    "01:HN 02:03 04:04 06:53 08:07 10:02 11:71 12:01 14:05 15:06 17:14 19:69 20:09 22:13 24:54 25:68 26:70 27:56 "
    "30:61 31:HP 33:66 34:20 35:63 36:67 37:18 38:21 40:22 42:23 44:24 45:25 46:26 48:DN 49:27 51:29 52:31 54:32 "
    "56:34 58:36 60:40 62:28 64:30 66:33 67:72 68:35 70:58 72:37 74:57 75:39 77:43 79:SG 80:41 82:46 83:50 84:51 "
    "86:49 87:45 89:44 91:47 92:CT 93:73 94:52 95:55 96:59"
)
ISO = dict(pair.split(":") for pair in _ISO.split())
SPLIT_2004 = {"VN-33", "VN-01", "VN-02"}  # Đắk Lắk lost Đắk Nông; Lai Châu lost Điện Biên and took Than Uyên of Lào Cai
BORN_2004 = {"VN-72", "VN-71", "VN-CT", "VN-73"}
CHANGED_2008 = {"VN-HN", "VN-70", "VN-14"}
TRANSFERS = [  # on, old, new, part, source, verified
    *[(SPLIT, "VN-33", new, "yes", D_SPLIT, "yes") for new in ("VN-33", "VN-72")],
    *[(SPLIT, "VN-01", new, "yes", D_SPLIT, "yes") for new in ("VN-01", "VN-71")],
    *[(SPLIT, "VN-02", new, "yes", D_SPLIT, "yes") for new in ("VN-02", "VN-01")],
    *[(SPLIT, "VN-48", new, "yes", D_SPLIT, "yes") for new in ("VN-CT", "VN-73")],
    (EXPANSION, "VN-HN", "VN-HN", "no", D_EXPANSION, "yes"),
    (EXPANSION, "VN-15", "VN-HN", "no", D_EXPANSION, "yes"),
    *[(EXPANSION, "VN-70", new, "yes", D_EXPANSION, "yes") for new in ("VN-70", "VN-HN")],
    *[(EXPANSION, "VN-14", new, "yes", D_EXPANSION, "yes") for new in ("VN-14", "VN-HN")],
    (HUE, "VN-26", "VN-26", "no", D_HUE, "no"),
    *[(TU_LIEM, "VN-HN-019", new, "yes", "132/NQ-CP (2013)", "no") for new in ("VN-HN-019", "VN-HN-021")],
    (HA_DONG, "VN-HN-268", "VN-HN-268", "no", "19/NQ-CP (2009)", "no"),
    (HA_DONG, "VN-HN-269", "VN-HN-269", "no", "19/NQ-CP (2009)", "no"),
]
# districts of Hà Nội that did not exist, or not in Hà Nội, in 2000: code -> (since, document, verified)
DISTRICT_SINCE = {
    "004": (LONG_BIEN, "132/2003/NĐ-CP", "no"),
    "008": (LONG_BIEN, "132/2003/NĐ-CP", "no"),
    "019": (TU_LIEM, "132/NQ-CP (2013)", "no"),
    "021": (TU_LIEM, "132/NQ-CP (2013)", "no"),
    "268": (HA_DONG, "19/NQ-CP (2009)", "no"),
    "269": (HA_DONG, "19/NQ-CP (2009)", "no"),
}
FROM_HA_TAY_OR_VINH_PHUC = {"250", *map(str, range(271, 283))}
EARLIER_DISTRICTS = [
    ("019", "Huyện Từ Liêm", "", TU_LIEM, D_CODES),
    ("268", "Thành phố Hà Đông", EXPANSION, HA_DONG, D_EXPANSION),
    ("269", "Thành phố Sơn Tây", EXPANSION, HA_DONG, D_EXPANSION),
]
KINDS = ("Thành phố", "Thị xã", "Thị trấn", "Tỉnh", "Quận", "Huyện", "Phường", "Xã")


def parted(full: str) -> tuple[str, str]:
    """("Thành phố", "Hà Nội") of "Thành phố Hà Nội"."""
    kind = next(kind for kind in KINDS if full.startswith(f"{kind} "))
    return kind, full.removeprefix(f"{kind} ")


def row(  # noqa: PLR0917  (the columns, in their order)
    code: str, official: str, level: str, full: str, since: str, until: str, parent: str, source: str, checked: str
) -> list[str]:
    """One line of localities.csv."""
    kind, name = parted(full) if full != "Việt Nam" else ("", full)
    english = {"VN-SG": "Ho Chi Minh City"}.get(code, strip_marks(name))
    shown = {"VN-SG": "TP. Hồ Chí Minh"}.get(code, name)
    return [code, official, level, kind, shown, english, since, until, parent, source, checked]


def provinces(before: list[dict[str, str]], after: list[dict[str, str]], merged: set[str]) -> list[list[str]]:
    """Every version of every province since 2000."""
    old = {r["provinceCode"]: r["province"] for r in before}
    new = {r["provinceCode"]: r["province"] for r in after}
    iso_of_new = {new_code: iso_for(name, old) for new_code, name in new.items()}
    rows = [row("VN", "", "country", "Việt Nam", "", "", "", "", "yes")]
    for official, name in sorted(old.items()):
        code = f"VN-{ISO[official]}"
        cuts = [SPLIT] * (code in SPLIT_2004) + [EXPANSION] * (code in CHANGED_2008) + [HUE] * (code == "VN-26")
        start = SPLIT if code in BORN_2004 else ""
        end = REFORM if code in merged else ""
        sources = {"": D_CODES, SPLIT: D_SPLIT, EXPANSION: D_EXPANSION, HUE: D_HUE}
        for since, until in zip([start, *cuts], [*cuts, end], strict=True):
            full = "Tỉnh Thừa Thiên Huế" if code == "VN-26" and since != HUE else name
            rows.append(row(code, official, "province", full, since, until, "VN", sources[since], "yes"))
    rows.append(row("VN-15", "28", "province", "Tỉnh Hà Tây", "", EXPANSION, "VN", D_CODES, "yes"))
    rows.append(row("VN-48", "", "province", "Tỉnh Cần Thơ", "", SPLIT, "VN", D_SPLIT, "yes"))
    for official, name in sorted(new.items()):
        code = iso_of_new[official]
        if code in merged:
            rows.append(row(code, official, "province", name, REFORM, "", "VN", D_REFORM, "yes"))
    return rows


def iso_for(name: str, old: dict[str, str]) -> str:
    """A province of 2025 keeps the ISO code of the province whose name goes on."""
    official = next(code for code, full in old.items() if parted(full)[1] == parted(name)[1])
    return f"VN-{ISO[official]}"


def province_changes(mapping: list[dict[str, str]], old: dict[str, str], new: dict[str, str]) -> list[tuple[str, ...]]:
    """The merge of July 2025, province by province; provinces that nothing joined are left out."""
    pairs = {(r["old_province_code"], r["new_province_code"]) for r in mapping if r["old_province_code"]}
    joined = {n for n in new if sum(pair[1] == n for pair in pairs) > 1}
    return [
        (REFORM, f"VN-{ISO[o]}", iso_for(new[n], old), "no", D_REFORM, "yes") for o, n in sorted(pairs) if n in joined
    ]


def hanoi_districts(before: list[dict[str, str]]) -> list[list[str]]:
    """The 30 districts that ended on 30 June 2025, and what three of them were before."""
    found = {r["districtCode"]: r["district"] for r in before if r["provinceCode"] == "01"}
    rows = []
    for official, full, since, until, source in EARLIER_DISTRICTS:
        rows.append(row(f"VN-HN-{official}", official, "district", full, since, until, "VN-HN", source, "no"))
    for official, full in sorted(found.items()):
        joined = official in FROM_HA_TAY_OR_VINH_PHUC
        default = (EXPANSION, D_EXPANSION, "yes") if joined else ("", D_CODES, "yes")
        since, source, checked = DISTRICT_SINCE.get(official, default)
        rows.append(row(f"VN-HN-{official}", official, "district", full, since, REFORM, "VN-HN", source, checked))
    return rows


def hanoi_communes(before: list[dict[str, str]], after: list[dict[str, str]]) -> list[list[str]]:
    """The 526 communes and wards of the first half of 2025 and the 126 since."""
    rows = []
    for r in sorted((r for r in before if r["provinceCode"] == "01"), key=lambda r: r["wardCode"]):
        code, parent = f"VN-HN-{r['wardCode']}", f"VN-HN-{r['districtCode']}"
        rows.append(row(code, r["wardCode"], "commune", r["ward"], WARDS_2025, REFORM, parent, D_WARDS_BEFORE, "no"))
    for r in sorted((r for r in after if r["provinceCode"] == "01"), key=lambda r: r["wardCode"]):
        code = f"VN-HN-{r['wardCode']}"
        rows.append(row(code, r["wardCode"], "commune", r["ward"], REFORM, "", "VN-HN", D_WARDS, "yes"))
    return rows


def commune_changes(mapping: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Which new communes of Hà Nội took over an old one, whole or in part."""
    pairs = {
        (f"VN-HN-{r['old_ward_code']}", f"VN-HN-{r['new_ward_code']}", "yes" if r["divided"] == "1" else "no")
        for r in mapping
        if r["old_province_code"] == "01"
    }
    return [(REFORM, old, new, part, D_WARDS, "yes") for old, new, part in sorted(pairs)]


def read(file: Path) -> list[dict[str, str]]:
    """Rows of one table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, header: str, rows: list[list[str]] | list[tuple[str, ...]]) -> None:
    """One table of the kernel."""
    with (GOAL / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main() -> None:
    """Read the source tables, write the kernel's."""
    folder = Path(sys.argv[1])
    before, after = read(folder / "units_before_2025_07.csv"), read(folder / "units_after_2025_07.csv")
    mapping = read(folder / "ward_mapping_before_after_2025_07.csv")
    old = {r["provinceCode"]: r["province"] for r in before}
    new = {r["provinceCode"]: r["province"] for r in after}
    merges = province_changes(mapping, old, new)
    units = provinces(before, after, {code for change in merges for code in change[1:3]})
    units += hanoi_districts(before) + hanoi_communes(before, after)
    header = "code official_code level kind name_vi name_en valid_from valid_to parent source verified"
    write("localities.csv", header, units)
    changes = [*TRANSFERS, *merges, *commune_changes(mapping)]
    write("locality_changes.csv", "on old new part source verified", changes)


if __name__ == "__main__":
    main()
