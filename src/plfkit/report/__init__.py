"""Reports: pages, pictures and documents of what has been released."""

from typing import Any

from plfkit.report.documents import to_document
from plfkit.report.page import write_report
from plfkit.report.pictures import Picture, plot
from plfkit.rooms import load_module

__all__ = ["Picture", "plot", "to_document", "write_report"]


def __getattr__(name: str) -> Any:
    return load_module(__name__, name)
