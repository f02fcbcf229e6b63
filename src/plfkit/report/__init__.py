"""Reports: pages, pictures and documents of what has been released."""

from plfkit.report.documents import to_document
from plfkit.report.page import write_report

__all__ = ["to_document", "write_report"]
