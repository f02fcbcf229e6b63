"""Reports: pages, pictures and documents of what has been released."""

from plfkit.report.documents import to_document
from plfkit.report.page import write_report
from plfkit.report.pictures import Picture, plot

__all__ = ["Picture", "plot", "to_document", "write_report"]
