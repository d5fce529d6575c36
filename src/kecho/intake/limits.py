"""How large a file may be. Each limit stands beside what was measured over 218 real monthly workbooks, 2000 to 2025.

The limits refuse only what no office file comes near; a file within them that still keeps a parser too busy meets the
time and memory limits of the process that reads it.
"""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

#: Largest real workbook: 0.84 MiB (December 2018, .xls).
WORKBOOK_BYTES = 50 * MEBIBYTE

#: A million tidy rows with long Vietnamese labels measure about 150 MiB.
CSV_BYTES = 400 * MEBIBYTE

#: As many rows as a spreadsheet program shows.
CSV_ROWS = 1_048_576

#: Most parts in a real .xlsx: 204 (December 2024).
ZIP_PARTS = 5_000

#: Largest real .xlsx unpacked: 4.8 MiB. A million empty rows of 16 formatted cells unpack to about 375 MiB.
UNPACKED_BYTES = 600 * MEBIBYTE

#: One part may unpack to this many times its packed size. Real parts: at most 20; a million formatted empty rows: 29;
#: DEFLATE cannot exceed 1032. Parts under RATIO_FREE_BYTES are not judged.
UNPACK_RATIO = 100
RATIO_FREE_BYTES = 4 * MEBIBYTE

#: Rows written in one real sheet, empty ones included: at most 1,270. A sheet past this is stripped of its empty rows.
TRIM_ROWS = 20_000

#: Cells in one real sheet, empty ones included: at most 28,248.
FILLED_CELLS = 2_000_000

#: Last row with a value times last column with one. A parser that keeps the full rectangle needs some 32 bytes a cell.
USED_AREA = 25_000_000

#: Cells covered by one merged range. Parsers make an object for each; the tallest real range has 4 rows.
MERGED_CELLS = 100_000

#: Seconds one file may take: the slowest real one needs about 1 s alone on one core. A large file earns more time.
SECONDS_PER_FILE = 60.0
SECONDS_PER_MEBIBYTE = 2.0
#: What a worker process may take to start; 0.3 s on an idle machine.
SECONDS_TO_START = 60.0

#: Address space of the process that reads one file. Workers that read all 218 workbooks grew to 45 MiB; a tidy CSV of a
#: million rows needs 770 MiB, the widest sheet let through (USED_AREA) about 900 MiB.
WORKER_BYTES = 2 * 1024 * MEBIBYTE
