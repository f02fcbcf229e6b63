"""Written formats: which version each has, and the steps by which an older one is read as today's.

A version rises when what was written before would be read otherwise, or not at all. A key that is added and
may be left out raises nothing. A step from version n to n + 1 is written once, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from plfkit.hints import Hint

Step = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Turns a document of one version into one of the next, and leaves the old one as it was."""


@frozen
class WrittenFormat:
    """A format of documents.

    Attributes:
        steps: What turns version 1 into 2, version 2 into 3, and so on.
    """

    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> int:
        """The version that is written."""
        return 1 + len(self.steps)

    def is_known(self, written: object) -> bool:
        """Tell whether something is a version that can be read."""
        return type(written) is int and 1 <= written <= self.version

    def update_document(self, document: Mapping[str, Any], written: int) -> dict[str, Any]:
        """Return a document of a version that is known as today's version says it.

        Args:
            document: The document.
            written: The version that it was written in.
        """
        for step in self.steps[written - 1 :]:
            document = step(document)
        return dict(document)

    def advise_update(self, written: int) -> Hint | None:
        """Return what to say of a document that was read although it is of an older version."""
        if written == self.version:
            return None
        return Hint("format.older", written=written, version=self.version)


PROFILE_FORMAT = WrittenFormat()
"""``profile.toml``."""
TABLES_FORMAT = WrittenFormat()
"""What data say of themselves: in ``datapackage.json``, and on the sheet ``plfkit`` of a workbook."""
MAPPING_FORMAT = WrittenFormat()
"""The language of mappings."""
PUBLICATION_FORMAT = WrittenFormat()
"""The documents that publish figures."""
LEDGER_FORMAT = WrittenFormat()
"""The ledger of what was published."""
