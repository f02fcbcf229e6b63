"""Reports: pages, pictures and documents of what has been released."""

from plfkit.report.documents import to_document
from plfkit.report.own_sections import OwnSections, collect_own_sections
from plfkit.report.page import write_report

__all__ = ["OwnSections", "collect_own_sections", "to_document", "write_report"]
