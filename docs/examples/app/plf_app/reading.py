"""Uploaded files as an organisation. Nothing here touches a disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import plfkit

LIMITS = plfkit.Limits(bytes=20_000_000, rows=300_000, columns=300, cells=3_000_000)
_TABLES = (".csv", ".jsonl", ".json")
"""Those of a folder; `datapackage.json` says what the data are called, and whether they are an example."""
_MAPPING = ".toml"


class UploadError(Exception):
    """The files do not go together; the text is a key of the app's words."""


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent: its name without a folder, and its bytes."""

    name: str
    data: bytes

    def ends_in(self, *suffixes: str) -> bool:
        """Tell whether the name ends in one of some suffixes."""
        return self.name.lower().endswith(suffixes)

    def open(self) -> BytesIO:
        """Return the file as a stream that is called by its name."""
        stream = BytesIO(self.data)
        stream.name = self.name
        return stream


def read_uploads(uploads: Sequence[Upload], profile: plfkit.Profile) -> plfkit.Organisation:
    """Read a mapping with the exports it is of, one workbook, or the tables of a folder.

    Args:
        uploads: The files.
        profile: Whose vocabulary they speak.

    Raises:
        UploadError: They do not go together.
        plfkit.errors.InvalidDataError: Something is wrong in them; every fault is in it.
        plfkit.errors.LimitError: Something is too large.
    """
    if not uploads:
        raise UploadError("no_files")
    if max(Counter(one.name for one in uploads).values()) > 1:
        raise UploadError("same_name")
    mappings = [one for one in uploads if one.ends_in(_MAPPING)]
    others = [one for one in uploads if one not in mappings]
    if mappings:
        if len(mappings) > 1 or not others:
            raise UploadError("one_mapping")
        exports = [one.open() for one in others]
        return plfkit.import_files(mappings[0].open(), *exports, profile=profile, limits=LIMITS)
    if len(others) == 1 and not others[0].ends_in(*_TABLES):
        return plfkit.read(others[0].open(), profile=profile, limits=LIMITS)
    if not all(one.ends_in(*_TABLES) for one in others):
        raise UploadError("mixed")
    return plfkit.read({one.name: one.data for one in others}, profile=profile, limits=LIMITS)
