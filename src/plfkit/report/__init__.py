"""Reports: pages, pictures, documents and tables of what has been released."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from plfkit.rooms import load_module

if TYPE_CHECKING:
    from plfkit.report.documents import to_document
    from plfkit.report.outputs import write_document, write_figures
    from plfkit.report.page import write_report
    from plfkit.report.schemas import build_document_schema

__all__ = [
    "build_document_schema",
    "to_document",
    "write_document",
    "write_figures",
    "write_report",
]
_MODULES = {
    "build_document_schema": "schemas",
    "to_document": "documents",
    "write_document": "outputs",
    "write_figures": "outputs",
    "write_report": "page",
}
"""Where each name stands: it loads when it is asked for, since whoever lays out rows needs no goals."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return load_module(__name__, name)
