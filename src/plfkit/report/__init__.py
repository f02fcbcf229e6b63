"""Reports: pages, pictures and documents of what has been released."""

from plfkit.report.compared import write_comparison
from plfkit.report.documents import to_document
from plfkit.report.followed import write_trend
from plfkit.report.own_sections import OwnSections, collect_own_sections
from plfkit.report.page import write_report
from plfkit.report.pictures import Picture, plot

__all__ = [
    "OwnSections",
    "Picture",
    "collect_own_sections",
    "plot",
    "to_document",
    "write_comparison",
    "write_report",
    "write_trend",
]
