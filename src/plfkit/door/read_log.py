"""What the log tells of reading."""

from __future__ import annotations

import logging

from plfkit.model.records.organisation import Organisation

_log = logging.getLogger("plfkit.read")


def log_reading(organisation: Organisation) -> Organisation:
    """Tell the log how much was read, and return it; what the rows hold is told to nobody."""
    sizes = ", ".join(f"{size} {name}" for name, size in organisation.list_table_sizes() if size)
    _log.info("read %s; %d pieces of advice", sizes or "nothing", len(organisation.advice))
    return organisation
