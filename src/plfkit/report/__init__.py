"""Reports: pages, pictures, documents and tables of what has been released."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from plfkit.rooms import load_module

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
_MODULES = {
    "DocumentKind": "schemas",
    "OwnSections": "own_sections",
    "Picture": "pictures",
    "PictureKind": "pictures",
    "PictureTable": "pictures",
    "build_document_schema": "schemas",
    "collect_own_sections": "own_sections",
    "plot": "pictures",
    "render_comparison": "compared",
    "render_report": "page",
    "render_trend": "followed",
    "to_document": "documents",
    "write_comparison": "compared",
    "write_document": "outputs",
    "write_figures": "outputs",
    "write_report": "page",
    "write_trend": "followed",
}
"""Where each name stands: it loads when it is asked for, since whoever lays out rows needs no goals."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return load_module(__name__, name)


def __dir__() -> list[str]:
    return list(__all__)
