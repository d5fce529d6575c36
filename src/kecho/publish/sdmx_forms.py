"""The forms of an SDMX message that are written; known without Django, for the command line."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """The form of the message."""

    CSV = "sdmx-csv"
    CSV_1 = "sdmx-csv-1"
    ML = "sdmx-ml"
    ML_3 = "sdmx-ml-3"


#: Media type and file extension.
MEDIA = {
    Form.CSV: ("application/vnd.sdmx.data+csv;version=2.0.0", "csv"),
    Form.CSV_1: ("application/vnd.sdmx.data+csv;version=1.0.0", "csv"),
    Form.ML: ("application/vnd.sdmx.genericdata+xml;version=2.1", "xml"),
    Form.ML_3: ("application/vnd.sdmx.data+xml;version=3.0.0", "xml"),
}
