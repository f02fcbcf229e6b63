"""Reports: pages, pictures and documents of what has been released."""

from plfkit.report.page import write_report

__all__ = ["write_report"]
