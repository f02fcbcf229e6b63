"""Reports: pages, pictures, documents and tables of what has been released."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.report.compared import render_comparison, write_comparison
    from plfkit.report.documents import to_document
    from plfkit.report.followed import render_trend, write_trend
    from plfkit.report.outputs import write_document, write_figures
    from plfkit.report.own_sections import OwnSections, collect_own_sections
    from plfkit.report.page import render_report, write_report
    from plfkit.report.pictures import Picture, PictureKind, PictureTable, plot
    from plfkit.report.schemas import DocumentKind, build_document_schema

__all__ = [
    "DocumentKind",
    "OwnSections",
    "Picture",
    "PictureKind",
    "PictureTable",
    "build_document_schema",
    "collect_own_sections",
    "plot",
    "render_comparison",
    "render_report",
    "render_trend",
    "to_document",
    "write_comparison",
    "write_document",
    "write_figures",
    "write_report",
    "write_trend",
]
_PLACES = index_names(
    {
        "report.compared": "render_comparison write_comparison",
        "report.documents": "to_document",
        "report.followed": "render_trend write_trend",
        "report.outputs": "write_document write_figures",
        "report.own_sections": "OwnSections collect_own_sections",
        "report.page": "render_report write_report",
        "report.pictures": "Picture PictureKind PictureTable plot",
        "report.schemas": "DocumentKind build_document_schema",
    }
)
"""Where each name stands: it loads when it is asked for, since whoever lays out rows needs no goals."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load_name(__name__, name, _PLACES)


def __dir__() -> list[str]:
    return list(__all__)
